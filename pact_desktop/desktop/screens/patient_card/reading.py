# SPDX-License-Identifier: GPL-3.0-or-later
"""The card as it is printed, and beside it what it says in the language of the staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets import Card, EmptyState, PdfView, PlainLabel, ScrollPage
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr


@dataclass(frozen=True, slots=True)
class Line:
    """Words alone, or a value under its label."""

    text: str
    label: str = ""


class PreviewCard(Card):
    """Middle column: the page, or in words why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        space_out(self.body, (1, 13, 1, 1), 0)
        self._head = PlainLabel(role="subtitle")
        head = QVBoxLayout()
        space_out(head, (16, 0, 16, 10))
        head.addWidget(self._head)
        self.pages = PdfView(whole=True)
        self.empty = EmptyState(icon="clipboard-text")
        self.body.addLayout(head)
        self.body.addWidget(_divider())
        for part in (self.pages, self.empty):
            # The page scrolls by itself, so it takes the height that is there.
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self.body.addWidget(part, 1)
        self.show_nothing("", "")

    def retranslate(self) -> None:
        self._head.setText(tr("Preview, as printed"))
        self.pages.setAccessibleName(tr("Preview of the page"))

    def show_page(self, pdf: bytes) -> None:
        self.pages.show_pdf(pdf)
        self.pages.show()
        self.empty.hide()

    def show_nothing(self, heading: str, text: str) -> None:
        self.pages.clear()
        self.pages.hide()
        self.empty.set_words(heading, text)
        self.empty.setVisible(bool(heading))


class SaysCard(Card):
    """Right column: the same lines in the same order, for the staff."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        space_out(self.body, (16, 14, 1, 1), 4)
        self._head = PlainLabel(role="subtitle")
        self._lead = PlainLabel(role="small", tone="text2")
        self._lead.setWordWrap(True)
        self._scroll = ScrollPage()
        self._sheet = QWidget()
        self._lines = QVBoxLayout(self._sheet)
        space_out(self._lines, (0, 6, 15, 12), 4)
        self._scroll.setWidget(self._sheet)
        for widget in (self._head, self._lead):
            self.body.addWidget(widget)
        self.body.addWidget(self._scroll, 1)

    def retranslate(self) -> None:
        self._head.setText(tr("What it says"))
        self._lead.setText(tr("In your language, line by line"))

    def set_least_height(self, height: int) -> None:
        self._scroll.setMinimumHeight(height)

    def show_lines(self, lines: Sequence[Line]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, line in enumerate(lines):
            if number and not line.label:
                self._lines.addWidget(_divider())
            else:
                self._lines.addSpacing(theme.scaled(4))
            for words, role, tone in ((line.label, "caption", "text2"), (line.text, "body", "")):
                if words:
                    label = PlainLabel(words, role=role, tone=tone)
                    label.setWordWrap(True)
                    self._lines.addWidget(label)
        self._lines.addStretch(1)

    def words(self) -> list[str]:
        """What stands there, in order."""
        return [label.text() for label in self._sheet.findChildren(PlainLabel)
                if not label.isHidden()]  # fmt: skip


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
