# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of the first start, one task each."""

from enum import IntEnum
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.widgets import (
    ActionButton,
    Combo,
    Field,
    LineEdit,
    NoteLine,
    OfferedWords,
    PageStack,
    PassphraseEdit,
    PlainLabel,
    Segments,
    TickBox,
)
from pact_desktop.desktop.widgets.passphrase_choice import PassphraseChoice
from pact_desktop.desktop.widgets.period_rows import PeriodRows
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.domain.accounts import Role


class Page(IntEnum):
    """Order of the pages."""

    PLACE = 0
    FACILITY = 1
    KEEPING = 2
    PEOPLE = 3
    MANAGER_WORDS = 4
    CLINICIAN_WORDS = 5
    RECOVERY = 6
    DONE = 7


class SetUpPages(QWidget):
    """All fields of the assistant; the view moves between them."""

    pages: PageStack
    language: Combo
    participant_field: Field
    participant: Combo
    paper: Combo
    status_note: PlainLabel
    facility_name_field: Field
    facility_name: LineEdit
    facility_address: LineEdit
    facility_phone: LineEdit
    facility_hours: LineEdit
    keeping_place: QWidget
    manager_name_field: Field
    manager_name: LineEdit
    manager_sign_in_field: Field
    manager_sign_in: LineEdit
    clinician_name_field: Field
    clinician_name: LineEdit
    clinician_sign_in_field: Field
    clinician_sign_in: LineEdit
    clinician_role: Segments
    manager_owner: PlainLabel
    manager_offer: OfferedWords
    manager_again: ActionButton
    manager_own: TickBox
    manager_own_field: Field
    manager_own_edit: PassphraseEdit
    manager_typed_field: Field
    manager_typed: PassphraseEdit
    clinician_owner: PlainLabel
    clinician_offer: OfferedWords
    clinician_again: ActionButton
    clinician_own: TickBox
    clinician_own_field: Field
    clinician_own_edit: PassphraseEdit
    clinician_typed_field: Field
    clinician_typed: PassphraseEdit
    recovery_code: PlainLabel
    print_sheet: ActionButton
    save_sheet: ActionButton
    written_down: ActionButton
    show_code: ActionButton
    sheet_saved: PlainLabel
    recovery_typed_field: Field
    recovery_typed: LineEdit
    done_note: NoteLine
    next_note: NoteLine

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "set_up_pages")
        self.periods: Final = PeriodRows()
        inside = QVBoxLayout(self.keeping_place)
        space_out(inside)
        inside.addWidget(self.periods)
        self.words: Final = {
            Role.MANAGER: PassphraseChoice(
                owner=self.manager_owner,
                offer=self.manager_offer,
                again=self.manager_again,
                own=self.manager_own,
                own_field=self.manager_own_field,
                own_edit=self.manager_own_edit,
                typed_field=self.manager_typed_field,
                typed=self.manager_typed,
            ),
            Role.NURSE: PassphraseChoice(
                owner=self.clinician_owner,
                offer=self.clinician_offer,
                again=self.clinician_again,
                own=self.clinician_own,
                own_field=self.clinician_own_field,
                own_edit=self.clinician_own_edit,
                typed_field=self.clinician_typed_field,
                typed=self.clinician_typed,
            ),
        }

    @override
    def heightForWidth(self, width: int) -> int:
        """What scrolls the pages asks here; the layout would answer for the highest of them."""
        return self.pages.heightForWidth(width)
