# SPDX-License-Identifier: GPL-3.0-or-later
"""From a backup and the recovery sheet to records that open: page by page, problems in words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Chrome, Screen
from pact_desktop.desktop.screens.restore.pages import COURSE, Page, RestorePages
from pact_desktop.desktop.widgets import ErrorSummary, Field, ScrollPage
from pact_desktop.desktop.words import tr
from pact_desktop.domain.accounts import Role

_COLUMN_WIDTH = 720
Problem = tuple[str, Field | None]
"""What is wrong, and the field it is about; without one it is about the page."""


class RestoreView(Screen):
    """Pages, back and on.

    Signals:
        onward, backward: the two buttons of the footer.
    """

    name, private = "restore", False
    chrome = Chrome.NONE
    onward = Signal()
    backward = Signal()

    column: QWidget
    errors: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "restore")
        self.form = RestorePages()
        self.sheet.setWidget(self.form)
        self.column.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
        self.errors.hide()
        self.primary_pressed.connect(self.onward)
        self.back_pressed.connect(self.backward)
        self.retranslate()

    @property
    def page(self) -> Page:
        return Page(self.form.pages.currentIndex())

    @override
    def first_focus(self) -> QWidget | None:
        form, words = self.form, self.form.words
        return {
            Page.FILE: form.code if form.chosen.isVisibleTo(form) else form.choose,
            Page.FOUND: form.newest,
            Page.PEOPLE: form.manager.name,
            Page.MANAGER_WORDS: words[Role.MANAGER].typed,
            Page.CLINICIAN_WORDS: words[Role.NURSE].typed,
        }.get(self.page)

    @override
    def retranslate(self) -> None:
        self.form.retranslate()
        self._show_footer()

    def show_page(self, page: Page) -> None:
        self.form.pages.setCurrentIndex(page)
        self.show_problems([])
        self._show_footer()
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus()
        elif (before := QApplication.focusWidget()) is not None:
            # The page that had it is gone, and Qt would give it to the frame around the pages.
            before.clearFocus()

    def show_file(self, file_name: str) -> None:
        self.form.chosen.set_text(file_name)
        self.form.chosen.setVisible(bool(file_name))
        if file_name:
            self.form.code.setFocus()

    def show_waiting(self, words: str) -> None:
        self.form.waiting.begin(words)
        self.show_page(Page.WAITING)

    def show_finishing(self, *, finishing: bool) -> None:
        """The last step: nothing can be pressed until it is done or refused."""
        self.set_primary(tr("Restoring …") if finishing else tr("Continue"), enabled=not finishing)
        self.set_back("" if finishing else tr("Back"))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its field, and all of them on top with a link to what to do."""
        for known in self.form.findChildren(Field):
            known.set_problem("")
        for words, field in problems:
            if field is not None:
                field.set_problem(words)
        target = self.form.newest if self.page is Page.FOUND else self.form.choose
        self.errors.show_problems(
            [(words, field.editor if field else target) for words, field in problems]
        )

    def _show_footer(self) -> None:
        page = self.page
        self.set_back({Page.DONE: "", Page.WAITING: tr("Stop")}.get(page, tr("Back")))
        self.set_note(
            tr("Step {number} of {count}").format(
                number=COURSE.index(page) + 1, count=len(COURSE) - 1
            )
            if page in COURSE[:-1]
            else ""
        )
        if page is Page.WAITING:
            self.set_primary("")
        else:
            self.set_primary(tr("Go to sign-in") if page is Page.DONE else tr("Continue"))
