# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding somebody: the manager enters who it is, then the person alone chooses a passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets import Combo, Field, LineEdit
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.passphrase_choice import PassphrasePanel
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Role
from pact_desktop.terms import term

ROLES = (Role.NURSE, Role.DOCTOR, Role.MANAGER, Role.IT_ADMINISTRATOR)


class AddDialog(FormDialog):
    """Two pages; going back from the second keeps the first, closing forgets both.

    Signals:
        words_wanted: the person needs words, or other ones.
    """

    words_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.display_name, self.sign_in_name, self.role = LineEdit(), LineEdit(), Combo()
        self.display_name_field = Field("", self.display_name)
        self.sign_in_name_field = Field("", self.sign_in_name)
        self.role_field = Field("", self.role)
        self.panel = PassphrasePanel()
        self.words = self.panel.choice
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_person())
        self._pages.addWidget(self.panel)
        self.body.addWidget(self._pages)
        self.role.chosen.connect(lambda _role: self._explain_role())
        self.panel.other_words_wanted.connect(self.words_wanted)

    # What is shown --------------------------------------------------------------------------

    def ask(self) -> None:
        """Begins with an empty first page."""
        self.display_name.clear()
        self.sign_in_name.clear()
        self.words.forget()
        self._word_fields()
        self.role.set_value("")
        self._explain_role()
        self.show_person()
        self.show_over()
        self.display_name.setFocus()

    def show_person(self) -> None:
        self._turn_to(0)
        self.word(
            tr("Add account"),
            tr("The person needs to be here: they choose a passphrase that you do not see."),
            safe=tr("Go back"),
            main=tr("Continue"),
        )

    def show_words(self, words: str) -> None:
        """`words` are offered once; they are nowhere else."""
        self._turn_to(1)
        self.word(
            tr("Let this person sit down alone now"),
            tr("Only this person may read it. It is never shown again."),
            safe=tr("Back"),
            main=tr("Add account"),
        )
        self.words.owner.setText(self.display_name.value())
        self.words.offer.setText(words)
        self.words.typed.setFocus()

    def show_waiting(self, *, waiting: bool) -> None:
        self.main.setText(tr("Adding …") if waiting else tr("Add account"))
        for button in (self.main, self.safe):
            button.setEnabled(not waiting)

    def show_problem(self, field: Field, words: str) -> None:
        """Leads to the page of the field."""
        if field in self._person_fields():
            self.show_person()
        field.set_problem(words)
        field.editor.setFocus()

    def clear_problems(self) -> None:
        for field in (*self._person_fields(), self.words.own_field, self.words.typed_field):
            field.set_problem("")

    @property
    def choosing_words(self) -> bool:
        return self._pages.currentIndex() == 1

    def chosen_role(self) -> Role | None:
        role = self.role.value()
        return role if isinstance(role, Role) else None

    @override
    def reject(self) -> None:
        """Esc goes one page back first; what was entered there stays."""
        if not self.safe.isEnabled():
            return
        if self.choosing_words:
            self.show_person()
            self.display_name.setFocus()
            return
        self.close_and_forget()

    def close_and_forget(self) -> None:
        self.words.forget()
        super().reject()

    # Building -------------------------------------------------------------------------------

    def _build_person(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        space_out(column, gap=12)
        for field in self._person_fields():
            column.addWidget(field)
        column.addStretch(1)
        return page

    def _person_fields(self) -> tuple[Field, ...]:
        return self.display_name_field, self.sign_in_name_field, self.role_field

    def _word_fields(self) -> None:
        self.panel.retranslate()
        self.clear_problems()
        self.display_name_field.set_label(tr("Name"))
        self.sign_in_name_field.set_label(tr("Sign-in name"))
        self.sign_in_name_field.set_hint(tr("Short, as it is typed at the start of a shift"))
        self.role_field.set_label(tr("Role"))
        self.role.set_options(
            [("", tr("Choose")), *((role, term(catalog(), role)) for role in ROLES)]
        )

    def _explain_role(self) -> None:
        self.role_field.set_problem("")
        explained = {
            Role.NURSE: tr("Visits and referrals. A colleague confirms before names open."),
            Role.DOCTOR: tr("Visits and referrals. A colleague confirms before names open."),
            Role.MANAGER: tr("Accounts, services and counts. Opens no names of patients."),
            Role.IT_ADMINISTRATOR: tr("Looks after the program. Opens no records."),
        }
        role = self.chosen_role()
        self.role_field.set_hint(explained[role] if role else "")

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
