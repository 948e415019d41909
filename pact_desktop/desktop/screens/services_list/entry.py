# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of one service: to confirm it after a call, to correct it, or to add one."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screens.services_list.lead_card import LeadCard
from pact_desktop.desktop.screens.services_list.picks import Picks
from pact_desktop.desktop.widgets import (
    Card,
    Combo,
    DateEdit,
    Field,
    LineEdit,
    PlainLabel,
    TextArea,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import ServiceKind
from pact_desktop.domain.referral import SupportKind
from pact_desktop.i18n.locales import LANGUAGES, language_name
from pact_desktop.terms import serves_term, term

NARROW = 980
_SERVES = ("", "women", "men", "children", "everyone")


class Mode(StrEnum):
    """What the fields are open for."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """What stands in the fields, as it was typed."""

    kind: ServiceKind | None = None
    name: str = ""
    phones: tuple[str, ...] = ()
    hours: str = ""
    address: str = ""
    serves: str = ""
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    remark: str = ""
    spoken_to: str = ""
    called_on: str = ""


class ServicesEntry(QWidget):
    """Two columns: what is typed, and where the entry comes from."""

    call_card: Card
    spoken_to_field: Field
    spoken_to: LineEdit
    called_on_field: Field
    called_on: DateEdit
    call_note: PlainLabel
    kind_field: Field
    kind: Combo
    serves: Combo
    name_field: Field
    name: LineEdit
    phones_field: Field
    phones: TextArea
    hours_field: Field
    hours: TextArea
    address_field: Field
    address: LineEdit
    offers_field: Field
    languages_field: Field
    remark_field: Field
    remark: LineEdit
    beside: QWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "services_entry")
        self.offers, self.languages = Picks(), Picks()
        self.offers_field.set_editor(self.offers)
        self.languages_field.set_editor(self.languages)
        self.call_note.setWordWrap(True)
        self.lead = LeadCard()
        column = QVBoxLayout(self.beside)
        space_out(column)
        column.addWidget(self.lead)
        self.set_options()

    def set_options(self) -> None:
        """The words of all choices, in the language of the screen; what is chosen stays."""
        words, locale = catalog(), catalog().locale
        self.kind.set_options(
            [(None, tr("Choose")), *((kind, term(words, kind)) for kind in ServiceKind)]
        )
        self.serves.set_options(
            [(code, serves_term(words, code) or tr("Not known")) for code in _SERVES]
        )
        self.offers.set_options(
            [(kind.value, term(words, kind)) for kind in SupportKind], tr("Add what it offers")
        )
        self.languages.set_options(
            [(tag, language_name(tag, locale)) for tag in LANGUAGES], tr("Add a language")
        )
        self.lead.retranslate()

    def open_for(self, mode: Mode, *, own: bool) -> None:
        """The kind of a service is chosen once, when it is added."""
        self.call_card.setVisible(mode is Mode.CONFIRM)
        self.kind_field.setVisible(own or mode is Mode.ADD)
        self.kind.setEnabled(mode is Mode.ADD)
        self.lead.setVisible(mode is not Mode.ADD)

    def show_call_note(self, words: str) -> None:
        self.call_note.setText(words)
        self.call_note.setVisible(bool(words))

    def first_field(self) -> QWidget:
        if self.call_card.isVisibleTo(self):
            return self.spoken_to
        return self.kind if self.kind.isEnabledTo(self) else self.name

    def typed(self) -> TypedEntry:
        kind = self.kind.value()
        return TypedEntry(
            kind=kind if isinstance(kind, ServiceKind) else None,
            name=self.name.value(),
            phones=_lines(self.phones.value()),
            hours="; ".join(_lines(self.hours.value())),
            address=self.address.value(),
            serves=str(self.serves.value() or ""),
            offers=self.offers.value(),
            languages=self.languages.value(),
            remark=self.remark.value(),
            spoken_to=self.spoken_to.value(),
            called_on=self.called_on.text(),
        )

    def fill(self, typed: TypedEntry) -> None:
        self.kind.set_value(typed.kind)
        self.name.setText(typed.name)
        self.phones.set_value("\n".join(typed.phones))
        self.hours.set_value(typed.hours)
        self.address.setText(typed.address)
        self.serves.set_value(typed.serves)
        self.offers.set_value(typed.offers)
        self.languages.set_value(typed.languages)
        self.remark.setText(typed.remark)
        self.spoken_to.setText(typed.spoken_to)
        self.called_on.line.setText(typed.called_on)

    def set_narrow(self, *, narrow: bool) -> None:
        columns = self.layout()
        direction = QBoxLayout.Direction
        if isinstance(columns, QBoxLayout):
            columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
