# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of the facility and the settings of this computer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.widgets import Combo, Field, LineEdit, PlainLabel, TextArea, TickBox
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import trn
from pact_desktop.domain.facility import Facility, FocalPerson
from pact_desktop.i18n.locales import LOCALES, SCREEN_LOCALES

Option = tuple[object, str]
COVER_SECONDS: Final = (15, 30, 45, 60, 90, 120)
LOCK_MINUTES: Final = tuple(range(1, 11))


@dataclass(frozen=True, slots=True)
class DeviceWishes:
    """Settings of this computer that the manager decides."""

    idle_cover_seconds: int
    lock_minutes: int
    sign_in_list: bool
    initials_only: bool


class FacilityFields(QWidget):
    """Two columns; `edited` after each change by the user.

    Signals:
        edited: something was typed or chosen.
        participant_chosen: code of the participant; it decides the languages of paper.
    """

    edited = Signal()
    participant_chosen = Signal(str)

    name_field: Field
    name: LineEdit
    participant_field: Field
    participant: Combo
    address_field: Field
    address: LineEdit
    phone_field: Field
    phone: LineEdit
    phone_hours_field: Field
    phone_hours: LineEdit
    status_note: PlainLabel
    focal_name_field: Field
    focal_name: LineEdit
    focal_phone_field: Field
    focal_phone: LineEdit
    focal_hours_field: Field
    focal_hours: LineEdit
    deputy_name_field: Field
    deputy_name: LineEdit
    deputy_phone_field: Field
    deputy_phone: LineEdit
    deputy_hours_field: Field
    deputy_hours: LineEdit
    security_words_field: Field
    security_words: LineEdit
    security_phone_field: Field
    security_phone: LineEdit
    opening_hours_field: Field
    opening_hours: TextArea
    cover_notice_field: Field
    cover_notice: TextArea
    cover_seconds: Combo
    lock_minutes: Combo
    sign_in_list: TickBox
    initials_only: TickBox
    staff_locale: Combo
    paper_locale: Combo
    state: QWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "facility_fields")
        self.states = QVBoxLayout(self.state)
        space_out(self.states, gap=14)
        self.status_note.setWordWrap(True)
        self.show_status_note("")
        for line in self.findChildren(LineEdit):
            line.textEdited.connect(self.edited)
        for area in (self.opening_hours, self.cover_notice):
            area.textChanged.connect(self.edited)
        for combo in (self.cover_seconds, self.lock_minutes, self.staff_locale, self.paper_locale):
            combo.chosen.connect(self.edited)
        for box in (self.sign_in_list, self.initials_only):
            box.clicked.connect(self.edited)
        self.participant.chosen.connect(self._choose_participant)
        self.set_options()

    def set_options(self) -> None:
        """Words of the choices that depend on nothing; what is chosen stays."""
        self.staff_locale.set_options([(tag, LOCALES[tag].own_name) for tag in SCREEN_LOCALES])
        self._offer_times(self.cover_seconds.value(), self.lock_minutes.value())

    def set_participants(self, options: Sequence[Option]) -> None:
        self.participant.set_options(options)

    def set_papers(self, tags: Sequence[str]) -> None:
        """Languages of paper; one that is not offered any more gives way to the first."""
        self.paper_locale.set_options([(tag, LOCALES[tag].own_name) for tag in tags])

    def show_status_note(self, words: str) -> None:
        self.status_note.setText(words)
        self.status_note.setVisible(bool(words))

    # What was typed ---------------------------------------------------------------------------

    def typed(self, stored: Facility) -> Facility:
        """The stored facility with everything that stands in the fields."""
        return replace(
            stored,
            name=self.name.value(),
            participant=str(self.participant.value() or stored.participant),
            address=self.address.value(),
            phone=self.phone.value(),
            phone_hours=self.phone_hours.value(),
            paper_locale=str(self.paper_locale.value() or stored.paper_locale),
            staff_locale=str(self.staff_locale.value() or stored.staff_locale),
            focal_person=FocalPerson(
                self.focal_name.value(), self.focal_phone.value(), self.focal_hours.value()
            ),
            deputy=FocalPerson(
                self.deputy_name.value(), self.deputy_phone.value(), self.deputy_hours.value()
            ),
            security_phone=self.security_phone.value(),
            security_words=self.security_words.value(),
            cover_notice=self.cover_notice.value(),
            opening_hours=self.opening_hours.value(),
        )

    def fill(self, facility: Facility) -> None:
        self.name.setText(facility.name)
        self.participant.set_value(facility.participant)
        self.address.setText(facility.address)
        self.phone.setText(facility.phone)
        self.phone_hours.setText(facility.phone_hours)
        self.paper_locale.set_value(facility.paper_locale)
        self.staff_locale.set_value(facility.staff_locale)
        for person, edits in (
            (facility.focal_person, (self.focal_name, self.focal_phone, self.focal_hours)),
            (facility.deputy, (self.deputy_name, self.deputy_phone, self.deputy_hours)),
        ):
            for edit, text in zip(edits, (person.name, person.phone, person.hours), strict=True):
                edit.setText(text)
        self.security_phone.setText(facility.security_phone)
        self.security_words.setText(facility.security_words)
        self.cover_notice.set_value(facility.cover_notice)
        self.opening_hours.set_value(facility.opening_hours)

    def wishes(self) -> DeviceWishes:
        seconds, minutes = self.cover_seconds.value(), self.lock_minutes.value()
        return DeviceWishes(
            seconds if isinstance(seconds, int) else COVER_SECONDS[0],
            minutes if isinstance(minutes, int) else LOCK_MINUTES[0],
            self.sign_in_list.isChecked(),
            self.initials_only.isChecked(),
        )

    def fill_wishes(self, wishes: DeviceWishes) -> None:
        self._offer_times(wishes.idle_cover_seconds, wishes.lock_minutes)
        self.cover_seconds.set_value(wishes.idle_cover_seconds)
        self.lock_minutes.set_value(wishes.lock_minutes)
        self.sign_in_list.setChecked(wishes.sign_in_list)
        self.initials_only.setChecked(wishes.initials_only)

    def set_narrow(self, *, narrow: bool) -> None:
        columns = self.layout()
        direction = QBoxLayout.Direction
        if isinstance(columns, QBoxLayout):
            columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _choose_participant(self, code: object) -> None:
        self.participant_chosen.emit(str(code))
        self.edited.emit()

    def _offer_times(self, seconds: object, minutes: object) -> None:
        """A time that somebody wrote into the file of settings is offered too."""
        self.cover_seconds.set_options(
            [
                (value, trn("{count} second", "{count} seconds", value).format(count=value))
                for value in _with(COVER_SECONDS, seconds)
            ]
        )
        self.lock_minutes.set_options(
            [
                (value, trn("{count} minute", "{count} minutes", value).format(count=value))
                for value in _with(LOCK_MINUTES, minutes)
            ]
        )


def _with(offered: Sequence[int], now: object) -> list[int]:
    return sorted({*offered, *([now] if isinstance(now, int) else [])})
