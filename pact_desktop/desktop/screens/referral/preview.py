# SPDX-License-Identifier: GPL-3.0-or-later
"""The page as its receiver will read it, and in words what it still lacks."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Combo,
    EmptyState,
    Field,
    LineEdit,
    NoteLine,
    PdfView,
    PlainLabel,
    Segments,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, ptr, tr
from pact_desktop.domain.referral import FormKind
from pact_desktop.domain.text import fits
from pact_desktop.i18n.formats import format_date


class PreviewCard(Card):
    """Part 3 of the referral.

    Signals:
        changed: language of the paper, smallest or full form, or the reason for the full one.
        save_wanted, consent_page_wanted: buttons below the page.
    """

    changed = Signal()
    save_wanted = Signal()
    consent_page_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        space_out(self.body, (1, 1, 1, 10), 0)
        self._heading_words = PlainLabel(role="subtitle")
        self.paper, self.form = Combo(), Segments()
        self.paper.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.paper.setMinimumContentsLength(7)
        self.form.setProperty("tight", True)  # noqa: FBT003 a property of the kit
        self.paper.chosen.connect(self.changed)
        self.form.chosen.connect(self.changed)
        self.reason = LineEdit()
        self.reason.editingFinished.connect(self.changed)
        self.reason_field = Field("", self.reason)
        self.reason_field.limit_to("full-form-reason")
        self._reason_area = _padded(self.reason_field)
        self.pages = PdfView()
        self.empty = EmptyState(icon="clipboard-text")
        self._let_go: date | None = None
        self._lacks = QVBoxLayout()
        space_out(self._lacks, (14, 8, 14, 0), 4)
        self.save, self.consent_page = ActionButton(kind="quiet"), ActionButton(kind="quiet")
        self.save.set_icon("export")
        self.consent_page.set_icon("printer")
        self.save.clicked.connect(self.save_wanted)
        self.consent_page.clicked.connect(self.consent_page_wanted)
        self.body.addLayout(self._head())
        self.body.addWidget(self._reason_area)
        self.body.addWidget(_divider())
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(_divider())
        self.body.addLayout(self._lacks)
        self.body.addLayout(self._buttons())

    def retranslate(self) -> None:
        self._heading_words.setText(tr("3  Preview"))
        self.paper.setAccessibleName(tr("Language of the paper"))
        self.pages.setAccessibleName(tr("Preview of the page"))
        self.form.set_label(tr("Which form"))
        self.form.set_options(
            [
                (FormKind.MINIMUM, ptr("form", "Minimum")),
                (FormKind.FULL, ptr("form", "Full")),
            ]
        )
        self.reason_field.set_label(tr("Why the full form is needed"))
        self._word_empty()
        self.save.setText(tr("Save as PDF …"))
        self.consent_page.setText(tr("Consent page …"))

    def show_form(self, form: FormKind, reason: str, paper: str) -> None:
        self.form.set_value(form)
        self.paper.set_value(paper)
        self._reason_area.setVisible(form is FormKind.FULL)
        if not self.reason.hasFocus() and fits(self.reason.value(), "full-form-reason"):
            self.reason.setText(reason)

    def show_page(self, pdf: bytes, *, let_go: date | None = None) -> None:
        """`let_go`: since when the page that left is not kept any more."""
        self._let_go = let_go
        self._word_empty()
        self.pages.setVisible(bool(pdf))
        self.empty.setVisible(not pdf)
        if pdf:
            self.pages.show_pdf(pdf)
        else:
            self.pages.clear()

    def show_lacks(self, lacks: Sequence[str], *, ready: str, hint: str = "") -> None:
        """What is missing, each in a sentence; when nothing is, a hint or else `ready`."""
        while (item := self._lacks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        lines = [(words, "info", "caution") for words in lacks]
        if not lacks and hint:
            lines = [(hint, "info", "caution")]
        elif not lacks and ready:
            lines = [(ready, "check-circle", "ok")]
        for words, icon, tone in lines:
            self._lacks.addWidget(NoteLine(words, icon=icon, tone=tone))

    def chosen_form(self) -> FormKind:
        form = self.form.value()
        return form if isinstance(form, FormKind) else FormKind.MINIMUM

    def _word_empty(self) -> None:
        if self._let_go is None:
            self.empty.set_words(
                tr("No page yet"),
                tr("Choose a service. The page appears here as it will be printed."),
            )
            return
        day = format_date(self._let_go, catalog().locale)
        self.empty.set_words(
            tr("This page is not kept any more"),
            tr(
                "Its time to be kept ended, and staff let it go on {date}. That it was sent, to "
                "whom, and what came of it stays."
            ).format(date=day),
        )

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        space_out(row, (14, 9, 12, 9), 8)
        row.addWidget(self._heading_words)
        row.addStretch(1)
        row.addWidget(self.paper, 1)
        row.addWidget(self.form)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        space_out(row, (4, 4, 4, 0), 4)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        row.addWidget(self.consent_page)
        return row


def _padded(widget: QWidget) -> QWidget:
    area = QWidget()
    column = QVBoxLayout(area)
    space_out(column, (14, 0, 14, 10))
    column.addWidget(widget)
    return area


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
