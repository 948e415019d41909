# SPDX-License-Identifier: GPL-3.0-or-later
"""Language of the card, what stands on it, and whether the patient can carry it safely."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pact_desktop.desktop.widgets import (
    Card,
    Combo,
    Field,
    NoteLine,
    PlainLabel,
    Segments,
    TickBox,
)
from pact_desktop.desktop.words import tr


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen now; `safe` is None until somebody has asked the patient."""

    locale: str = ""
    appointment: bool = True
    phone: bool = True
    support_line: bool = False
    safe: bool | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a line cannot stand on the card; empty where it can."""

    appointment: str = ""
    phone: str = ""
    support_line: str = ""


class ChoicesCard(Card):
    """Left column.

    Signals:
        changed: anything but the answer to "safe to carry?".
        safety_answered: that answer.
    """

    changed = Signal()
    safety_answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.language = Combo()
        self.language.setSizeAdjustPolicy(
            Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._language_field = Field("", self.language)
        self.review = NoteLine(icon="warning", tone="caution")
        self._content = PlainLabel(role="label")
        self.appointment, self.phone, self.support_line = TickBox(), TickBox(), TickBox()
        self.safe = Segments()
        self._safe_name = PlainLabel(role="label")
        self._safe_name.setWordWrap(True)
        self.safe_problem = NoteLine(icon="warning-circle", tone="alert", bold=True)
        self.safe_hint = PlainLabel(role="small", tone="text2")
        self.safe_hint.setWordWrap(True)
        for widget in (self._language_field, self.review, _divider(), self._content,
                       self.appointment, self.phone, self.support_line, _divider(),
                       self._safe_name, self.safe_problem, self.safe, self.safe_hint):  # fmt: skip
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.language.chosen.connect(self.changed)
        for tick in (self.appointment, self.phone, self.support_line):
            tick.clicked.connect(self.changed)
        self.safe.chosen.connect(self.safety_answered)
        self.show_choices(Choices())
        self.show_safe_problem("")

    def retranslate(self) -> None:
        self.set_heading(tr("Card for the patient"))
        self._language_field.set_label(tr("Language"))
        self._content.setText(tr("Show on the card"))
        self.appointment.setText(tr("Next appointment"))
        self.phone.setText(tr("Phone of this facility"))
        self.support_line.setText(tr("Support line, as a plain number"))
        self._safe_name.setText(tr("Safe for the patient to carry?"))
        self.safe.set_label(tr("Safe for the patient to carry?"))
        self.safe.set_options([(True, tr("Safe")), (False, tr("Not safe"))])

    # What is shown --------------------------------------------------------------------------

    def show_languages(self, languages: Sequence[tuple[object, str]]) -> None:
        self.language.set_options(languages)

    def show_choices(self, choices: Choices) -> None:
        self.language.set_value(choices.locale)
        self._wished = {
            self.appointment: choices.appointment,
            self.phone: choices.phone,
            self.support_line: choices.support_line,
        }
        for tick, wished in self._wished.items():
            tick.setChecked(wished)
        self.safe.set_value(choices.safe)

    def show_missing(self, missing: Missing) -> None:
        """A line that cannot be on the card says why; the wish for it is kept."""
        for tick, why in (
            (self.appointment, missing.appointment),
            (self.phone, missing.phone),
            (self.support_line, missing.support_line),
        ):
            tick.set_hint(why)
            tick.setEnabled(not why)
            tick.setChecked(self._wished[tick] and not why)

    def show_review(self, words: str, *, read: bool) -> None:
        self.review.set_note(
            words, "check-circle" if read else "warning", "ok" if read else "caution"
        )
        self.review.setVisible(bool(words))

    def show_safety(self, hint: str, *, asked: bool) -> None:
        """Where no copy may leave at all, nobody is asked."""
        self.safe.setVisible(asked)
        self._safe_name.setVisible(asked)
        self.safe_hint.setText(hint)

    def show_safe_problem(self, words: str) -> None:
        self.safe_problem.set_text(words)
        self.safe_problem.setVisible(bool(words))

    def choices(self) -> Choices:
        safe = self.safe.value()
        return Choices(
            str(self.language.value() or ""),
            self._wish(self.appointment),
            self._wish(self.phone),
            self._wish(self.support_line),
            safe if isinstance(safe, bool) else None,
        )

    def _wish(self, tick: TickBox) -> bool:
        return tick.isChecked() if tick.isEnabled() else self._wished[tick]


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
