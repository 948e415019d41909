# SPDX-License-Identifier: GPL-3.0-or-later
"""One printer, a number of copies, and the question who stands beside the printer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.save_dialog import ask_where_to_save
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Banner,
    BannerText,
    Card,
    Combo,
    ErrorSummary,
    Field,
    NoteLine,
    PdfView,
    PlainLabel,
    ScrollPage,
    TickBox,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr, trn

NARROW = 1000
MOST_COPIES = 5


class PrintView(Screen):
    """The native dialog shows names to whoever looks and cannot be covered, so this is a page.

    Signals:
        print_wanted, save_wanted: the two ways out.
        path_chosen: a file for the PDF, as text.
    """

    name, private, place = "print_page", True, "today"
    print_wanted = Signal()
    save_wanted = Signal()
    path_chosen = Signal(str)

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "print_page")
        self._has_printer = True
        page = QWidget()
        self._columns = QHBoxLayout(page)
        space_out(self._columns, gap=16)
        self._columns.addWidget(self._build_choices(), 38)
        self._columns.addWidget(self._build_preview(), 62)
        self.work_area.setWidget(page)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_wanted)
        self.width_changed.connect(self._reflow)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._choices.set_heading(tr("Printer"))
        self._printer_field.set_label(tr("Print on"))
        self._copies_field.set_label(tr("Copies"))
        self.copies.set_options([(number, str(number)) for number in range(1, MOST_COPIES + 1)])
        self._who.setText(tr("Who is standing at the printer?"))
        self.nobody.setText(tr("Nobody else can take or read the page"))
        self._queue.set_text(tr("The queue of the printer shows only the name below."))
        self._collect.set_text(tr("Take the page at once. Do not leave it in the tray."))
        self.save.setText(tr("Save as PDF …"))
        self._save_hint.setText(
            tr("A saved file is not protected. Keep it only where nobody else can open it.")
        )
        self._preview.set_heading(tr("Preview"))
        self.pages.setAccessibleName(tr("Preview of the page"))
        self.show_printer_note()

    @override
    def first_focus(self) -> QWidget:
        return self.printer if self.printer.isVisible() else self.save

    # What is shown --------------------------------------------------------------------------

    def show_paper(self, pdf: bytes, job: str) -> None:
        self.pages.show_pdf(pdf)
        self._job.setText(job)
        self.nobody.setChecked(False)
        self.copies.set_value(1)
        self.show_problem("")

    def forget_paper(self) -> None:
        self.pages.clear()
        self._job.setText("")

    def show_printers(self, names: Sequence[str]) -> None:
        self.printer.set_options([(name, name) for name in names])
        for widget in (self._printer_field, self._copies_field, self._who, self.nobody,
                       self._queue, self._collect, self._job):  # fmt: skip
            widget.setVisible(bool(names))
        self._has_printer = bool(names)
        self.show_printer_note()
        self.show_printing(printing=False)

    def show_printer_note(self) -> None:
        self._none.show_banner(
            BannerText(
                tr("This computer has no printer"),
                tr("Save the page as a PDF, or write it by hand."),
                tone="info",
            )
        )
        self._none.setVisible(not self._has_printer)

    def show_printing(self, *, printing: bool) -> None:
        """Meanwhile the page is not sent a second time; everything else goes on."""
        words = tr("Printing …") if printing else tr("Print")
        self.set_primary(words if self._has_printer else "", "Ctrl P", enabled=not printing)

    def show_problem(self, words: str) -> None:
        """A problem with the page stands on top and leads to what to do."""
        target = self.nobody if self.nobody.isVisible() else self.save
        self.problems.show_problems([(words, target)] if words else [])

    def said_nobody(self) -> bool:
        return self.nobody.isChecked()

    def chosen_printer(self) -> str:
        return str(self.printer.value() or "")

    def chosen_copies(self) -> int:
        copies = self.copies.value()
        return copies if isinstance(copies, int) else 1

    def ask_path(self, suggested: str) -> None:
        ask_where_to_save(self, suggested, lambda path: self.path_chosen.emit(str(path)))

    # Building -------------------------------------------------------------------------------

    def _build_choices(self) -> Card:
        self._choices = Card(" ")
        self.printer, self.copies = Combo(), Combo()
        self.printer.setSizeAdjustPolicy(
            Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._printer_field, self._copies_field = Field("", self.printer), Field("", self.copies)
        self._none = Banner()
        self._who = PlainLabel(role="strong")
        self.nobody = TickBox()
        self.nobody.clicked.connect(lambda: self.show_problem(""))
        self._collect = NoteLine(icon="info")
        self._queue = NoteLine(icon="printer")
        self._job = PlainLabel(role="strong")
        self.save = ActionButton(icon_name="export")
        self.save.clicked.connect(self.save_wanted)
        self._save_hint = PlainLabel(role="small", tone="text2")
        self._save_hint.setWordWrap(True)
        for widget in (self._none, self._printer_field, self._copies_field, self._who,
                       self.nobody, self._collect, self._queue, self._job, _divider(),
                       self._save_hint):  # fmt: skip
            self._choices.body.addWidget(widget)
        self._choices.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self._choices.body.addStretch(1)
        return self._choices

    def _build_preview(self) -> Card:
        self._preview = Card(" ")
        space_out(self._preview.body, (1, 12, 1, 1), 10)
        self.pages = PdfView()
        self.pages.setMinimumHeight(theme.scaled(320))
        self._preview.body.addWidget(self.pages, 1)
        return self._preview

    def show_pages_count(self) -> None:
        count = self.pages.page_count()
        self._preview.set_heading(
            trn("Preview, {count} page", "Preview, {count} pages", count).format(count=count)
        )

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.lead.setVisible(width >= theme.reflow("one_column_below"))


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
