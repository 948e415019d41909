# SPDX-License-Identifier: GPL-3.0-or-later
"""Making a backup: where to, how far it is, and where it lies."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.save_dialog import ask_for_folder
from pact_desktop.desktop.sticks import Stick
from pact_desktop.desktop.widgets import ActionButton, ChoiceRows, NoteLine
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.waiting import WaitingLine
from pact_desktop.desktop.words import tr

ELSEWHERE = "elsewhere"
_CHOICE, _WAITING, _DONE = range(3)


class MakeDialog(FormDialog):
    """Three pages. Esc goes back from the first, stops the second and closes the third.

    Signals:
        sticks_wanted: look again which ones are there.
        folder_chosen: where the backup should go.
        stop_wanted: whoever waits has had enough.
    """

    sticks_wanted = Signal()
    folder_chosen = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.places = ChoiceRows()
        self.problem = NoteLine(tone="alert", icon="warning-circle", bold=True)
        self.again = ActionButton(kind="quiet", icon_name="clock-counter-clockwise")
        self.waiting = WaitingLine()
        self.notes: tuple[NoteLine, ...] = (
            NoteLine(icon="check-circle", tone="ok", bold=True),
            NoteLine(icon="list"),
            NoteLine(icon="house"),
        )
        self._pages = QStackedWidget()
        for page in (self._choice(), self.waiting, self._done()):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self.again.clicked.connect(self.sticks_wanted)
        self.confirmed.connect(self._onward)

    # What is shown --------------------------------------------------------------------------

    def ask(self, sticks: Sequence[Stick]) -> None:
        """Begins with where it should go; a stick alone is chosen already."""
        self.show_problem("")
        self.offer(sticks)
        self.show_over()
        self.places.setFocus()

    def offer(self, sticks: Sequence[Stick]) -> None:
        self._turn_to(_CHOICE)
        self.word(
            tr("Where should the backup go?"),
            tr("Best on a stick that is kept in another building."),
            safe=tr("Go back"),
            main=tr("Make backup"),
        )
        self.places.set_label(tr("Place for the backup"))
        self.again.setText(tr("Look for sticks again"))
        options: list[tuple[object, str]] = [(stick.folder, _words(stick)) for stick in sticks]
        self.places.set_options([*options, (ELSEWHERE, tr("Another folder …"))])
        self.places.set_value(sticks[0].folder if sticks else ELSEWHERE)

    def show_waiting(self) -> None:
        self._turn_to(_WAITING)
        self.word(
            tr("The backup is being made"),
            tr("The records are copied and read back. Leave the stick where it is."),
            safe=tr("Stop"),
            main="",
        )
        self.waiting.begin(tr("Copying …"))

    def show_progress(self, percent: int) -> None:
        self.waiting.show_percent(percent)

    def show_made(self, file_name: str, end: str, *, on_same_disk: bool) -> None:
        self._turn_to(_DONE)
        self.word(
            tr("The backup is made"),
            tr("It was read back and is complete. Take the stick out and put it away."),
            safe=tr("Close"),
            main="",
        )
        first, second, third = self.notes
        first.set_text(file_name)
        second.set_text(tr("The activity log in it ends with {code}.").format(code=end))
        if on_same_disk:
            third.set_note(
                tr(
                    "This folder is on the same disk as the records. If the disk breaks, both "
                    "are lost: copy the file to a stick."
                ),
                "warning",
                "caution",
            )
        else:
            third.set_note(
                tr("Keep it in another building, and never beside the recovery sheet."), "house"
            )
        self.safe.setFocus()

    def show_problem(self, words: str) -> None:
        """Back to the choice: another stick may do."""
        self.problem.set_text(words)
        self.problem.setVisible(bool(words))

    @property
    def is_waiting(self) -> bool:
        return self._pages.currentIndex() == _WAITING

    @override
    def reject(self) -> None:
        if self.is_waiting:
            self.stop_wanted.emit()
            return
        super().reject()

    def close_now(self) -> None:
        """The screen is left: whatever runs is stopped by its owner."""
        super().reject()

    # Building -------------------------------------------------------------------------------

    def _choice(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        space_out(column, gap=10)
        column.addWidget(self.problem)
        column.addWidget(self.places)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        self.problem.hide()
        return page

    def _done(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        space_out(column, gap=10)
        for note in self.notes:
            column.addWidget(note)
        column.addStretch(1)
        return page

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)

    def _onward(self) -> None:
        chosen = self.places.value()
        if isinstance(chosen, Path):
            self.folder_chosen.emit(chosen)
        elif chosen == ELSEWHERE:
            ask_for_folder(self, self.folder_chosen.emit)


def _words(stick: Stick) -> str:
    # Translators: a memory stick with its own name and how much room is left on it.
    return tr("{name}, {free} GB free").format(name=stick.name, free=f"{stick.free_gigabytes:.1f}")
