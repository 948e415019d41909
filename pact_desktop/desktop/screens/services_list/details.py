# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about the chosen service, and what can be done with its entry."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets import ActionButton, Card, Chip, ChipText, NoteLine, PlainLabel
from pact_desktop.desktop.words import tr

Fact = tuple[str, str]
"""Icon and words."""


@dataclass(frozen=True, slots=True)
class Details:
    """One service in words."""

    name: str
    chip: ChipText
    facts: tuple[Fact, ...]
    checked: str
    """Who called and when, or that nobody did."""
    working: bool = True


class DetailsCard(Card):
    """Facts as lines, three things to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._name = PlainLabel(role="subtitle")
        self._chip = Chip()
        self._facts: list[NoteLine] = []
        self._checked = PlainLabel(role="small", tone="text2")
        self.confirm = ActionButton(kind="secondary", icon_name="phone-call")
        self.correct = ActionButton(kind="secondary", icon_name="pencil-simple")
        self.close_entry = ActionButton(kind="quiet")
        for label in (self._name, self._checked):
            label.setWordWrap(True)
        for widget in (self._name, self._chip, self._checked):
            self.body.addWidget(widget)
        for button in (self.confirm, self.correct, self.close_entry):
            self.body.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        self.confirm.setText(tr("Confirm after a call …"))
        self.correct.setText(tr("Correct …"))
        self.close_entry.setText(tr("No longer working …"))

    def show_details(self, details: Details) -> None:
        self._name.setText(details.name)
        self._chip.show_chip(details.chip)
        self._checked.setText(details.checked)
        self.close_entry.setVisible(details.working)
        self._show_facts(details.facts)

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        for line in self._facts[len(facts) :]:
            line.hide()
        while len(self._facts) < len(facts):
            line = NoteLine()
            self.body.insertWidget(self.body.indexOf(self._checked), line)
            self._facts.append(line)
        for line, (icon, words) in zip(self._facts, facts, strict=False):
            line.set_note(words, icon, "text2")
            line.show()
