# SPDX-License-Identifier: GPL-3.0-or-later
"""What the form says beyond the record: support wanted, risks, and short facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import Combo, Field, LineEdit, PlainLabel, TextArea, TickBox
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import Reader
from pact_desktop.domain.referral import (
    Caregiving,
    FormKind,
    ImmediateRisk,
    ReferralDetails,
    SupportKind,
    YesNoUnknown,
)
from pact_desktop.domain.referral_fields import FIELD, form_fields
from pact_desktop.domain.text import fits
from pact_desktop.terms import exploitation_term, term
from pact_desktop.terms.codes import EXPLOITATION


@dataclass(frozen=True, slots=True)
class _Typed:
    """A typed text of the form: its name in the details, its row of the table, its height."""

    name: str
    field_id: str
    lines: int = 1


_TEXTS: Final = (
    _Typed("contact_name", "C2"),
    _Typed("at_facility_until", "D10"),
    _Typed("location", "D10"),
    _Typed("access_needs", "D8"),
    _Typed("citizenship", "D5"),
    _Typed("papers", "D6"),
    _Typed("caregiver", "E2"),
    _Typed("caregiver_not_informed_reason", "E2"),
    _Typed("own_words", "F2", 2),
    _Typed("staff_observation", "F2", 2),
    _Typed("not_known", "F3", 2),
    _Typed("done_here", "G2", 2),
    _Typed("health_summary", "G3", 3),
    _Typed("safety_arrangements", "G4", 2),
    _Typed("withhold_from", "I"),
    _Typed("withhold_reason", "I"),
)
_ONLY_FULL: Final = frozenset({"location"})
"""Stands on a row that both forms have, and is printed on the full one alone."""


class FormDetails(QWidget):
    """Only what the chosen form and its reader will have is asked for.

    Signals:
        changed: a tick or a choice at once, a text after a pause in typing.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ReferralDetails()
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self.changed)
        column = QVBoxLayout(self)
        space_out(column, gap=6)
        self._support_head = PlainLabel(role="overline", tone="text3")
        self._risk_head = PlainLabel(role="overline", tone="text3")
        self._kind_head = PlainLabel(role="overline", tone="text3")
        self.support: dict[StrEnum, TickBox] = {}
        self.risks: dict[StrEnum, TickBox] = {}
        self._kinds: dict[str, TickBox] = {}
        for head, boxes, values in (
            (self._support_head, self.support, tuple(SupportKind)),
            (self._risk_head, self.risks, tuple(ImmediateRisk)),
        ):
            column.addWidget(head)
            column.addLayout(self._grid(boxes, values))
            column.addWidget(_divider())
        self._build_choices(column)
        self._kind_area = QWidget()
        in_kinds = QVBoxLayout(self._kind_area)
        space_out(in_kinds, gap=4)
        in_kinds.addWidget(self._kind_head)
        in_kinds.addLayout(self._kind_grid())
        column.addWidget(self._kind_area)
        self.texts: dict[str, LineEdit | TextArea] = {}
        self._fields: dict[str, Field] = {}
        for typed in _TEXTS:
            self._build_text(column, typed)

    def retranslate(self) -> None:
        self._support_head.setText(tr("Support the patient wants"))
        self._risk_head.setText(tr("What the receiver must know at once"))
        self._kind_head.setText(tr("What kind of situation it may be"))
        for boxes in (self.support, self.risks):
            for value, box in boxes.items():
                box.setText(term(catalog(), value).replace("&", "&&"))
        for code, box in self._kinds.items():
            box.setText(exploitation_term(catalog(), code).replace("&", "&&"))
        # What nobody answered stands as not known, never as the first of the list.
        for combo, values, kept in (
            (self.companions, YesNoUnknown, self._kept.companions),
            (self.dependants, YesNoUnknown, self._kept.dependants),
            (self.caregiving, Caregiving, self._kept.caregiving),
        ):
            chosen = combo.value() or kept
            combo.set_options([(value, term(catalog(), value)) for value in values])
            combo.set_value(chosen)
        self._companions.set_label(tr("Did somebody come along?"))
        self._dependants.set_label(tr("Does anybody depend on the patient?"))
        self._caregiving.set_label(tr("Who looks after the patient?"))
        for name, words in _labels().items():
            self._fields[name].set_label(words)

    def show_details(self, details: ReferralDetails, waiting: Mapping[str, str]) -> None:
        """`waiting` are texts that were too long to become part of the form."""
        self._kept = details
        for value, box in self.support.items():
            box.setChecked(value in details.support)
        for value, box in self.risks.items():
            box.setChecked(value in details.risks)
        for code, box in self._kinds.items():
            box.setChecked(code in details.exploitation)
        self.companions.set_value(details.companions)
        self.dependants.set_value(details.dependants)
        self.caregiving.set_value(details.caregiving)
        if self._typing.isActive():
            return
        for name, editor in self.texts.items():
            # What is too long to be kept stays to be shortened.
            if not editor.hasFocus() and (name in waiting or self._fits(name)):
                _put(editor, waiting.get(name) or getattr(details, name))

    def show_fields(self, form: FormKind, reader: Reader, *, is_child: bool) -> None:
        """Hides what this reader has no row for on this form."""
        rows = {row.field_id for row in form_fields(form, reader, is_child=is_child)}
        for typed in _TEXTS:
            shown = typed.field_id in rows
            if typed.name in _ONLY_FULL:
                shown = shown and form is FormKind.FULL
            self._fields[typed.name].setVisible(shown)
        self._companions.setVisible("D11" in rows)
        self._dependants.setVisible("D12" in rows)
        self._caregiving.setVisible("E1" in rows)
        self._kind_area.setVisible("F4" in rows)

    def details(self) -> ReferralDetails:
        texts: dict[str, Any] = {
            name: editor.value() for name, editor in self.texts.items() if self._fits(name)
        }
        companions, dependants = self.companions.value(), self.dependants.value()
        caregiving = self.caregiving.value()
        return replace(
            self._kept,
            support=frozenset(v for v in SupportKind if self.support[v].isChecked()),
            risks=frozenset(v for v in ImmediateRisk if self.risks[v].isChecked()),
            exploitation=frozenset(c for c, box in self._kinds.items() if box.isChecked()),
            companions=companions if isinstance(companions, YesNoUnknown)
            else YesNoUnknown.NOT_KNOWN,
            dependants=dependants if isinstance(dependants, YesNoUnknown)
            else YesNoUnknown.NOT_KNOWN,
            caregiving=caregiving if isinstance(caregiving, Caregiving)
            else Caregiving.NOT_KNOWN,
            **texts,
        )  # fmt: skip

    def too_long(self) -> dict[str, str]:
        """Texts that cannot be part of the form as they stand."""
        return {n: e.value() for n, e in self.texts.items() if not self._fits(n)}

    def _fits(self, name: str) -> bool:
        return fits(self.texts[name].value(), limit_name(name))

    @property
    def typing(self) -> bool:
        return self._typing.isActive()

    def hand_over(self) -> None:
        """Announces what is still being typed."""
        if self._typing.isActive():
            self._typing.stop()
            self.changed.emit()

    # Building -------------------------------------------------------------------------------

    def _grid(self, boxes: dict[StrEnum, TickBox], values: Sequence[StrEnum]) -> QGridLayout:
        grid = QGridLayout()
        space_out(grid, gap=8, down=2)
        for position, value in enumerate(values):
            box = boxes[value] = TickBox()
            box.clicked.connect(self.changed)
            grid.addWidget(box, position // 2, position % 2)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        return grid

    def _kind_grid(self) -> QGridLayout:
        grid = QGridLayout()
        space_out(grid, gap=8, down=2)
        for position, code in enumerate(EXPLOITATION):
            box = self._kinds[code] = TickBox()
            box.clicked.connect(self.changed)
            grid.addWidget(box, position // 2, position % 2)
        return grid

    def _build_choices(self, column: QVBoxLayout) -> None:
        self.companions, self.dependants, self.caregiving = Combo(), Combo(), Combo()
        self._companions = Field("", self.companions)
        self._dependants = Field("", self.dependants)
        self._caregiving = Field("", self.caregiving)
        for field in (self._companions, self._dependants, self._caregiving):
            column.addWidget(field)
        for combo in (self.companions, self.dependants, self.caregiving):
            combo.chosen.connect(self.changed)

    def _build_text(self, column: QVBoxLayout, typed: _Typed) -> None:
        editor = LineEdit() if typed.lines == 1 else TextArea(lines=typed.lines)
        self.texts[typed.name] = editor
        if isinstance(editor, LineEdit):
            editor.textEdited.connect(self._typing.key)
        else:
            editor.edited.connect(self._typing.key)
        optional = FIELD[typed.field_id].need != "mandatory"
        field = self._fields[typed.name] = Field("", editor, optional=optional)
        field.limit_to(limit_name(typed.name))
        column.addWidget(field)


def limit_name(name: str) -> str:
    """What a text of the form is called in the table of limits."""
    return f"form-{name.replace('_', '-')}"


def _put(editor: LineEdit | TextArea, text: str) -> None:
    if isinstance(editor, TextArea):
        editor.set_value(text)
    else:
        editor.setText(text)


def _labels() -> dict[str, str]:
    return {
        "contact_name": tr("Name or duty line at the service"),
        "at_facility_until": tr("The patient is here until"),
        "location": tr("Where the patient is afterwards"),
        "access_needs": tr("What the patient needs to take part"),
        "citizenship": tr("Citizenship, as far as it matters"),
        "papers": tr("Papers, as far as they matter"),
        "caregiver": tr("Parent or guardian, and how to reach them"),
        "caregiver_not_informed_reason": tr("If they were not informed: why"),
        "own_words": tr("The patient’s own words, as said"),
        "staff_observation": tr("What staff observed"),
        "not_known": tr("What is not known, or was not asked"),
        "done_here": tr("What was done here"),
        "health_summary": tr("Health summary, on a page in a sealed envelope"),
        "safety_arrangements": tr("What was agreed to keep the patient safe"),
        "withhold_from": tr("Must not be told"),
        "withhold_reason": tr("Why they must not be told"),
    }


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
