# SPDX-License-Identifier: GPL-3.0-or-later
"""Testing a backup: read to the end, then opened with the recovery sheet and thrown away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets import Field, LineEdit, NoteLine
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.waiting import WaitingLine
from pact_desktop.desktop.words import tr

_WAITING, _CODE, _END = range(3)


class TestDialog(FormDialog):
    """Three pages: it is read, the code is asked for, and what came of it.

    Signals:
        code_given: the code of the sheet as typed.
        stop_wanted: whoever waits has had enough.
    """

    __test__ = False
    """No test of ours, whatever its name."""
    code_given = Signal(str)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.waiting = WaitingLine()
        self.made, self.end = NoteLine(icon="clock"), NoteLine(icon="list")
        self.code = LineEdit()
        self.code_field = Field("", self.code)
        self.found, self.more = NoteLine(bold=True), NoteLine(icon="list")
        self._pages = QStackedWidget()
        for page in (
            self.waiting,
            _page(self.made, self.end, self.code_field),
            _page(self.found, self.more),
        ):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self.confirmed.connect(lambda: self.code_given.emit(self.code.value()))
        self.code.returnPressed.connect(self.confirmed)

    # What is shown --------------------------------------------------------------------------

    def show_reading(self) -> None:
        self._wait(tr("The backup is being read"), tr("Reading …"))
        self.show_over()

    def show_opening(self) -> None:
        self._wait(tr("The backup is being opened"), tr("Opening …"))

    def show_progress(self, percent: int) -> None:
        self.waiting.show_percent(percent)

    def ask_for_code(self, made: str, end: str) -> None:
        """The file is complete; only the sheet shows that it also opens."""
        self.made.set_text(made)
        self.end.set_text(end)
        self.show_code_problem("")

    def show_code_problem(self, words: str) -> None:
        """The code can be typed again; the stick stays where it is."""
        self._pages.setCurrentIndex(_CODE)
        self.word(
            tr("Nothing is missing in this backup"),
            tr("With the recovery sheet you also see that it opens. Nothing of it stays here."),
            safe=tr("Close"),
            main=tr("Open as a test"),
        )
        self.code_field.set_label(tr("Code of the recovery sheet"))
        self.code_field.set_hint(tr("28 characters in groups of 4; capital or small is the same"))
        self.code_field.set_problem(words)
        self.code.setFocus()

    def show_end(self, title: str, found: str, more: str, *, tone: str) -> None:
        self.forget()
        self._pages.setCurrentIndex(_END)
        self.word(title, "", safe=tr("Close"), main="")
        self.found.set_note(found, "check-circle" if tone == "ok" else "warning-circle", tone)
        self.more.set_text(more)
        self.more.setVisible(bool(more))
        self.safe.setFocus()

    @property
    def is_waiting(self) -> bool:
        return self._pages.currentIndex() == _WAITING

    def forget(self) -> None:
        self.code.clear()
        self.code_field.set_problem("")

    @override
    def reject(self) -> None:
        if self.is_waiting:
            self.stop_wanted.emit()
            return
        self.close_now()

    def close_now(self) -> None:
        self.forget()
        super().reject()

    def _wait(self, title: str, words: str) -> None:
        self._pages.setCurrentIndex(_WAITING)
        self.word(title, tr("Leave the stick where it is."), safe=tr("Stop"), main="")
        self.code_field.set_problem("")
        self.waiting.begin(words)
        self.safe.setFocus()


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    space_out(column, gap=12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page
