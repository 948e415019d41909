# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a patient: they appear and go as the answers make them needed."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.widgets import (
    Card,
    Combo,
    DateEdit,
    Field,
    LineEdit,
    NoteLine,
    Segments,
    TickBox,
)
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.patient import (
    AdministrativeGender,
    BirthDateKind,
    MayBeChild,
    SafeContactMode,
)
from pact_desktop.domain.screening import Companion
from pact_desktop.domain.text import TypedField
from pact_desktop.i18n.locales import LANGUAGES, NOT_KNOWN, language_name
from pact_desktop.terms import term

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, as it was typed."""

    name_not_known: bool
    family_name: str
    given_name: str
    fathers_name: str
    alias: str
    birth_kind: BirthDateKind
    birth_date: str
    years: str
    may_be_child: MayBeChild
    gender: AdministrativeGender
    language: str
    interpreter: bool
    phone: str
    contact: SafeContactMode
    visit_reason: str
    companion: Companion


class RegisterFields(QWidget):
    """All fields; `edited` after each change by the user."""

    edited = Signal()

    name_card: Card
    name_head: QBoxLayout
    name_row: QBoxLayout
    age_head: QBoxLayout
    age_row: QBoxLayout
    language_row: QBoxLayout
    visit_row: QBoxLayout
    visit_card: Card
    name_not_known: TickBox
    family_field: Field
    family_name: LineEdit
    given_field: Field
    given_name: LineEdit
    father_field: Field
    fathers_name: LineEdit
    alias_field: Field
    alias: LineEdit
    birth_kind: Segments
    date_field: Field
    birth_date: DateEdit
    years_field: Field
    years: LineEdit
    child_field: Field
    may_be_child: Combo
    gender_field: Field
    gender: Combo
    child_note: NoteLine
    language_field: Field
    language: Combo
    interpreter: Combo
    phone_field: Field
    phone: LineEdit
    contact: Combo
    reason_field: Field
    visit_reason: LineEdit
    companion_field: Field
    companion: Combo

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "register_fields")
        self.set_options()
        for line in self._lines():
            line.textEdited.connect(self.edited)
        self._limit()
        self.birth_date.edited.connect(self.edited)
        for combo in (self.may_be_child, self.gender, self.language, self.interpreter,
                      self.contact, self.companion):  # fmt: skip
            combo.chosen.connect(self.edited)
        self.birth_kind.chosen.connect(self._changed)
        self.name_not_known.toggled.connect(self._changed)
        self.clear()

    def _limit(self) -> None:
        """Says at each field how much fits."""
        for line, field in (
            (self.family_name, "family-name"),
            (self.given_name, "given-name"),
            (self.fathers_name, "fathers-name"),
            (self.alias, "alias"),
            (self.phone, "phone"),
            (self.visit_reason, TypedField.VISIT_REASON),
        ):
            above = line.parentWidget()
            if isinstance(above, Field):
                above.limit_to(field)

    def _lines(self) -> tuple[LineEdit, ...]:
        return (
            self.family_name,
            self.given_name,
            self.fathers_name,
            self.alias,
            self.years,
            self.phone,
            self.visit_reason,
        )

    def set_options(self) -> None:
        """The words of all choices, in the language of the screen; what is chosen stays."""
        words, locale = catalog(), catalog().locale
        kept = self.birth_kind.value()
        self.birth_kind.set_options(
            [
                (BirthDateKind.EXACT, tr("Date known")),
                (BirthDateKind.ESTIMATED, tr("Age estimated")),
                (BirthDateKind.UNKNOWN, tr("Not known")),
            ]
        )
        self.birth_kind.set_value(kept)
        languages = [(tag, language_name(tag, locale)) for tag in LANGUAGES]
        for combo, options in (
            (self.may_be_child, [(value, term(words, value)) for value in MayBeChild]),
            (self.gender, [(value, term(words, value)) for value in AdministrativeGender]),
            (self.language, [(NOT_KNOWN, tr("Not known")), *languages]),
            (self.interpreter, [(False, tr("Not needed")), (True, tr("Wanted"))]),
            (self.contact, [(value, term(words, value)) for value in SafeContactMode]),
            (self.companion, [(value, term(words, value)) for value in Companion]),
        ):
            value = combo.value()
            combo.set_options(options)
            combo.set_value(value)

    def set_narrow(self, *, narrow: bool) -> None:
        """One below the other where two beside each other would be cut."""
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if narrow else direction.LeftToRight
        for row in (self.name_head, self.name_row, self.age_head, self.age_row,
                    self.language_row, self.visit_row):  # fmt: skip
            row.setDirection(wanted)

    def put_first(self, widget: QWidget) -> None:
        column = self.layout()
        if isinstance(column, QBoxLayout):
            column.insertWidget(0, widget)

    def typed(self) -> Typed:
        return Typed(
            name_not_known=self.name_not_known.isChecked(),
            family_name=self.family_name.value(),
            given_name=self.given_name.value(),
            fathers_name=self.fathers_name.value(),
            alias=self.alias.value(),
            birth_kind=_one_of(BirthDateKind, self.birth_kind.value(), BirthDateKind.UNKNOWN),
            birth_date=self.birth_date.text(),
            years=self.years.text().strip(),
            may_be_child=_one_of(MayBeChild, self.may_be_child.value(), MayBeChild.NOT_SURE),
            gender=_one_of(AdministrativeGender, self.gender.value(), AdministrativeGender.UNKNOWN),
            language=str(self.language.value() or NOT_KNOWN),
            interpreter=self.interpreter.value() is True,
            phone=self.phone.value(),
            contact=_one_of(SafeContactMode, self.contact.value(), SafeContactMode.NOT_ASKED),
            visit_reason=self.visit_reason.value(),
            companion=_one_of(Companion, self.companion.value(), Companion.UNKNOWN),
        )

    def fill(self, typed: Typed) -> None:
        self.name_not_known.setChecked(typed.name_not_known)
        self.family_name.setText(typed.family_name)
        self.given_name.setText(typed.given_name)
        self.fathers_name.setText(typed.fathers_name)
        self.alias.setText(typed.alias)
        self.birth_kind.set_value(typed.birth_kind)
        self.birth_date.line.setText(typed.birth_date)
        self.years.setText(typed.years)
        self.may_be_child.set_value(typed.may_be_child)
        self.gender.set_value(typed.gender)
        self.language.set_value(typed.language)
        self.interpreter.set_value(typed.interpreter)
        self.phone.setText(typed.phone)
        self.contact.set_value(typed.contact)
        self.visit_reason.setText(typed.visit_reason)
        self.companion.set_value(typed.companion)
        self._fit()

    def clear(self) -> None:
        self.fill(EMPTY)

    def show_child_rule(self, words: str) -> None:
        self.child_note.set_text(words)
        self.child_note.setVisible(bool(words))

    def _changed(self, _value: object = None) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        kind = self.birth_kind.value()
        self.date_field.setVisible(kind is BirthDateKind.EXACT)
        self.years_field.setVisible(kind is BirthDateKind.ESTIMATED)
        self.child_field.setVisible(kind is not BirthDateKind.EXACT)
        named = not self.name_not_known.isChecked()
        for field in (self.family_field, self.given_field, self.father_field):
            field.setVisible(named)
        self.alias_field.setVisible(not named)


EMPTY = Typed(
    name_not_known=False,
    family_name="",
    given_name="",
    fathers_name="",
    alias="",
    birth_kind=BirthDateKind.EXACT,
    birth_date="",
    years="",
    may_be_child=MayBeChild.NOT_SURE,
    gender=AdministrativeGender.UNKNOWN,
    language=NOT_KNOWN,
    interpreter=False,
    phone="",
    contact=SafeContactMode.NOT_ASKED,
    visit_reason="",
    companion=Companion.UNKNOWN,
)


def _one_of(kind: type[Choice], value: object, otherwise: Choice) -> Choice:
    return value if isinstance(value, kind) else otherwise
