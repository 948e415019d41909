# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant of the first start: one page for each task, problems in words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Chrome, Screen
from pact_desktop.desktop.screens.set_up.pages import Page, SetUpPages
from pact_desktop.desktop.widgets import (
    Combo,
    ErrorSummary,
    Field,
    LineEdit,
    ScrollPage,
    TickBox,
)
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Role
from pact_desktop.terms import term

_COLUMN_WIDTH = 720
Problem = tuple[str, QWidget]
"""What to do, and the field or button where it is done."""


class SetUpView(Screen):
    """Pages, back and on.

    Signals:
        onward, backward: the two buttons of the footer.
        language_chosen: tag of a locale.
        participant_chosen: code of a participant.
        other_words_wanted: the role of the person.
        print_wanted, save_wanted: the recovery sheet.
        answered: some answer was changed.
        restore_wanted: there was a facility, and there is a backup of it.
    """

    name, private = "set_up", False
    chrome = Chrome.NONE
    onward = Signal()
    backward = Signal()
    language_chosen = Signal(str)
    participant_chosen = Signal(str)
    other_words_wanted = Signal(object)
    print_wanted = Signal()
    save_wanted = Signal()
    answered = Signal()
    restore_wanted = Signal()

    column: QWidget
    errors: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "set_up")
        self.form = SetUpPages()
        self.sheet.setWidget(self.form)
        self.problems: list[Problem] = []
        self.types_code = False
        self.column.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
        self.errors.hide()
        self.primary_pressed.connect(self.onward)
        self.back_pressed.connect(self.backward)
        self.secondary_pressed.connect(self.restore_wanted)
        form = self.form
        form.language.chosen.connect(lambda tag: self.language_chosen.emit(str(tag)))
        form.participant.chosen.connect(lambda code: self.participant_chosen.emit(str(code)))
        form.print_sheet.clicked.connect(self.print_wanted)
        form.save_sheet.clicked.connect(self.save_wanted)
        form.written_down.clicked.connect(lambda: self.show_typing(typing=True))
        form.show_code.clicked.connect(lambda: self.show_typing(typing=False))
        self._tell_of_answers()
        self.show_recovery("")
        for role, page in form.words.items():
            page.again.clicked.connect(lambda _=False, r=role: self.other_words_wanted.emit(r))
        self.retranslate()

    def _tell_of_answers(self) -> None:
        form = self.form
        for line in form.findChildren(LineEdit):
            line.textChanged.connect(lambda _text: self.answered.emit())
        for combo in form.findChildren(Combo):
            combo.chosen.connect(lambda _value: self.answered.emit())
        for tick in form.findChildren(TickBox):
            tick.toggled.connect(lambda _on: self.answered.emit())

    @property
    def page(self) -> Page:
        return Page(self.form.pages.currentIndex())

    @override
    def first_focus(self) -> QWidget:
        form = self.form
        words = form.words
        return {
            Page.PLACE: form.language,
            Page.FACILITY: form.facility_name,
            Page.KEEPING: form.periods.first,
            Page.PEOPLE: form.manager_name,
            Page.MANAGER_WORDS: words[Role.MANAGER].typed,
            Page.CLINICIAN_WORDS: words[Role.NURSE].typed,
            Page.RECOVERY: form.recovery_typed if self.types_code else form.print_sheet,
            Page.DONE: form.language,
        }[self.page]

    @override
    def retranslate(self) -> None:
        role = self.form.clinician_role.value() or Role.NURSE
        self.form.clinician_role.set_options(
            [(r, term(catalog(), r)) for r in (Role.NURSE, Role.DOCTOR)]
        )
        self.form.clinician_role.set_value(role)
        self.form.done_note.set_text(tr("The facility is set up and the records are encrypted."))
        self.form.next_note.set_text(
            tr("The manager now confirms the list of services and the contact people.")
        )
        self.form.periods.retranslate()
        for choice in self.form.words.values():
            choice.retranslate()
        self._show_footer()

    def show_page(self, page: Page) -> None:
        self.form.pages.setCurrentIndex(page)
        self.show_problems([])
        self._show_footer()
        self.first_focus().setFocus()

    def show_waiting(self, *, waiting: bool) -> None:
        words = tr("Setting up …") if waiting else tr("Continue")
        self.set_primary(words, enabled=not waiting)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its field, and all of them on top with a link to the field."""
        self.problems = list(problems)
        self._mark_fields(problems)
        self.errors.show_problems(_links(problems))

    def show_left(self, problems: Sequence[Problem]) -> None:
        """What is left of the problems that were shown; the list on top keeps its height."""
        self._mark_fields(problems)
        self.errors.show_left(_links(problems))

    def _mark_fields(self, problems: Sequence[Problem]) -> None:
        said = {place: words for words, place in problems}
        for field in self.form.findChildren(Field):
            if field.problem() != said.get(field, ""):
                field.set_problem(said.get(field, ""))

    def show_places(
        self,
        languages: Sequence[tuple[object, str]],
        participants: Sequence[tuple[object, str]],
        chosen_language: str,
    ) -> None:
        form = self.form
        kept = form.participant.value()
        form.language.set_options(languages)
        form.language.set_value(chosen_language)
        form.participant.set_options([("", tr("Choose")), *participants])
        form.participant.set_value(kept or "")

    def show_papers(self, papers: Sequence[tuple[object, str]], note: str) -> None:
        self.form.paper.set_options(papers)
        self.form.status_note.setText(note)
        self.form.status_note.setVisible(bool(note))

    def show_words(self, role: Role, owner: str, words: str) -> None:
        page = self.form.words[role]
        page.owner.setText(owner)
        if words:
            page.offer.setText(words)

    def show_recovery(self, code: str) -> None:
        self.form.recovery_code.setText(code)
        self._say_saved("")
        self.show_typing(typing=False)

    def show_typing(self, *, typing: bool) -> None:
        """Either the code and how to keep it, or the line to type it back: never both."""
        form = self.form
        self.types_code = typing
        form.recovery_typed.clear()
        self.show_problems([])
        wanted, other = (
            (form.recovery_typed_field, form.show_code),
            (
                form.recovery_code,
                form.print_sheet,
                form.save_sheet,
                form.written_down,
            ),
        )
        # What goes gives up the focus only after it has somewhere to go.
        for widget in wanted if typing else other:
            widget.show()
        if self.page is Page.RECOVERY:
            self.first_focus().setFocus()
        for widget in other if typing else wanted:
            widget.hide()

    def show_sheet_saved(self, file_name: str) -> None:
        self._say_saved(tr("Saved as {file}. Move it off this computer.").format(file=file_name))

    def _say_saved(self, words: str) -> None:
        self.form.sheet_saved.setText(words)
        self.form.sheet_saved.setVisible(bool(words))

    def _show_footer(self) -> None:
        page = self.page
        self.set_back("" if page in {Page.PLACE, Page.DONE} else tr("Back"))
        self.set_secondary(tr("Restore from a backup …") if page is Page.PLACE else "")
        self.set_note(
            ""
            if page is Page.DONE
            else tr("Step {number} of {count}").format(number=page + 1, count=len(Page) - 1)
        )
        self.set_primary(tr("Go to sign-in") if page is Page.DONE else tr("Continue"))


def _links(problems: Sequence[Problem]) -> list[tuple[str, QWidget]]:
    return [
        (words, place.editor if isinstance(place, Field) else place) for words, place in problems
    ]
