# SPDX-License-Identifier: GPL-3.0-or-later
"""Help for the row the user is in: full text, examples, and when "Not seen" is the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.spacing import space_out


@dataclass(frozen=True, slots=True)
class AboutText:
    """What the set says about one row; any part but the title may be empty."""

    title: str
    about: str = ""
    examples: tuple[str, ...] = ()
    not_seen: str = ""


@dataclass(frozen=True, slots=True)
class AboutLabels:
    """The headings, in the language of the screen."""

    overline: str
    examples: str
    not_seen: str


class AboutRow(QFrame):
    """A card of help; it never holds anything that must be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        layout = QVBoxLayout(self)
        space_out(layout, (16, 14, 16, 16), 4)
        self._overline = PlainLabel(role="overline", tone="text3")
        self._title = _wrapped("subtitle")
        self._about = _wrapped("small", tone="text")
        self._examples_head = _wrapped("label")
        self._examples = QWidget(self)
        space_out(QVBoxLayout(self._examples), gap=4)
        self._not_seen_head = _wrapped("label")
        self._not_seen = _wrapped("small", tone="text")
        for widget in (
            self._overline, self._title, self._about, self._examples_head, self._examples,
            self._not_seen_head, self._not_seen,
        ):  # fmt: skip
            layout.addWidget(widget)
        layout.setSpacing(8)

    def show_text(self, text: AboutText, labels: AboutLabels) -> None:
        self._overline.setText(labels.overline)
        self._title.setText(text.title)
        _show(self._about, text.about)
        _show(self._examples_head, labels.examples if text.examples else "")
        self._show_examples(text.examples)
        _show(self._not_seen_head, labels.not_seen if text.not_seen else "")
        _show(self._not_seen, text.not_seen)

    def _show_examples(self, examples: Sequence[str]) -> None:
        layout = self._examples.layout()
        if layout is None:
            return
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for example in examples:
            layout.addWidget(_bullet(example))
        self._examples.setVisible(bool(examples))


def _bullet(words: str) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    space_out(layout, gap=8)
    layout.addWidget(PlainLabel("•", role="small"), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(_wrapped("small", words, tone="text"), 1)
    return line


def _wrapped(role: str, words: str = "", *, tone: str = "") -> PlainLabel:
    label = PlainLabel(words, role=role, tone=tone)
    label.setWordWrap(True)
    return label


def _show(label: PlainLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
