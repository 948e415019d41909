# SPDX-License-Identifier: GPL-3.0-or-later
"""Five actions in a fixed order, for a patient under 18 or of doubtful age."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.screens.next_steps.rows import ActionRow, card_head, divider
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Combo,
    IconMark,
    PlainLabel,
    Segments,
    TickBox,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.step_disc import StepDisc
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.screening import ChildSteps, Involved
from pact_desktop.terms import term

STEPS = 5


@dataclass(frozen=True, slots=True)
class ChildWords:
    """What the rows say about what was done."""

    call: str
    told: str = ""
    view: str = ""


class ChildCard(Card):
    """No proof is needed, and nothing waits for a parent.

    Signals:
        call_wanted, tell_wanted, write_wanted: the dialogs of steps 1, 3 and 4.
        changed: step 2 or 5 was answered.
    """

    call_wanted = Signal()
    tell_wanted = Signal()
    write_wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        space_out(self.body, (1, 1, 1, 8), 0)
        self._heading_words = PlainLabel(role="subtitle")
        self._remark = PlainLabel(role="small", tone="text2")
        self.body.addLayout(card_head(self._heading_words, self._remark))
        self.body.addWidget(divider())
        self.call = ActionButton(kind="small", icon_name="phone-call")
        self.involved = Segments()
        self.tell = ActionButton(kind="small", icon_name="eye")
        self.write = ActionButton(kind="small", icon_name="quotes")
        self.stays = Combo()
        self._people: tuple[tuple[str, str], ...] = ()
        self._stays_with = ""
        self.call.clicked.connect(self.call_wanted)
        self.tell.clicked.connect(self.tell_wanted)
        self.write.clicked.connect(self.write_wanted)
        self.involved.setProperty("tight", True)  # noqa: FBT003 a property of the kit
        self.involved.chosen.connect(self.changed)
        self.stays.chosen.connect(self.changed)
        self._discs = [StepDisc(number) for number in range(1, STEPS + 1)]
        answers = (self.call, self.involved, self.tell, self.write, self.stays)
        self._rows = [
            ActionRow(disc, answer) for disc, answer in zip(self._discs, answers, strict=True)
        ]
        for row in self._rows:
            self.body.addWidget(row)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        self._heading_words.setText(tr("Today, in this order"))
        self._remark.setText(tr("No proof is needed"))
        self.involved.set_label(tr("Could the person who came along be involved?"))
        self.involved.set_options(
            [(value, term(catalog(), value)) for value in Involved], strong=tuple(Involved)
        )
        self.tell.setText(tr("Open"))
        self.tell.setAccessibleName(tr("Open the words to read aloud"))
        self.write.setText(tr("Write …"))
        self.write.setAccessibleName(tr("Write what the patient wants"))
        self.stays.setAccessibleName(tr("Who stays with the patient until they come?"))

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        self._people = tuple(people)
        self._offer_people(self._stays_with)

    def _offer_people(self, chosen: str) -> None:
        """Somebody who has left meanwhile is still shown where she was entered."""
        self._stays_with = chosen
        gone = [(chosen, chosen)] if chosen and chosen not in dict(self._people) else []
        self.stays.set_options([("", tr("Choose")), *self._people, *gone])
        self.stays.set_value(chosen)

    def show_steps(self, steps: ChildSteps, words: ChildWords) -> None:
        for number, disc in enumerate(self._discs, 1):
            disc.set_done(done=number not in steps.open_steps)
        texts = (
            (tr("Call the centre for social work"), words.call),
            (
                tr("Could the person who came along be involved?"),
                tr("With yes or not known, no copy and no slip is made for the companion"),
            ),
            (
                tr("Tell the patient what happens, in simple words"),
                words.told or tr("Words to read aloud"),
            ),
            (tr("What does the patient want?"), words.view or tr("Write it as it was said")),
            (
                tr("Who stays with the patient until they come?"),
                tr("A member of staff, not the person who came along"),
            ),
        )
        for row, (heading, detail) in zip(self._rows, texts, strict=True):
            row.show_words(heading, detail)
        self.involved.set_value(steps.companion_involved)
        self._offer_people(steps.stays_with)
        done = steps.notified_at is not None
        self.call.setText(tr("Change …") if done else tr("Called …"))
        self.call.setAccessibleName(tr("Enter the call to the centre for social work"))

    def involved_value(self) -> Involved | None:
        value = self.involved.value()
        return value if isinstance(value, Involved) else None

    def set_narrow(self, *, narrow: bool) -> None:
        for row in self._rows:
            row.set_narrow(narrow=narrow)


class AlsoCard(Card):
    """Three facts that change what others have to do.

    Signals:
        changed: a tick.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.siblings, self.second_staff, self.guardian = TickBox(), TickBox(), TickBox()
        for box in (self.siblings, self.second_staff, self.guardian):
            box.clicked.connect(self.changed)
            self.body.addWidget(box)

    def retranslate(self) -> None:
        self.set_heading(tr("Also"))
        self.siblings.setText(tr("Brothers or sisters at risk"))
        self.second_staff.setText(tr("A second member of staff is present"))
        self.guardian.setText(tr("Guardian asked for"))

    def show_steps(self, steps: ChildSteps) -> None:
        self.siblings.setChecked(steps.siblings_at_risk)
        self.second_staff.setChecked(steps.second_staff_present)
        self.guardian.setChecked(steps.guardian_asked_for)


class DoNotCard(Card):
    """A short list from the guidance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._lines = QVBoxLayout()
        space_out(self._lines, gap=8)
        self.body.addLayout(self._lines)

    def show_lines(self, heading: str, lines: Sequence[str]) -> None:
        self.set_heading(heading)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._lines.addWidget(_cross_line(line))
        self.setVisible(bool(lines))


def _cross_line(words: str) -> QWidget:
    area = QWidget()
    row = QHBoxLayout(area)
    space_out(row, gap=10)
    label = PlainLabel(words, role="small", tone="text")
    label.setWordWrap(True)
    mark = IconMark("x", tone="text2", px=14)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label, 1)
    return area
