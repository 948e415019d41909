# SPDX-License-Identifier: GPL-3.0-or-later
"""Three things before any question: alone, a neutral interpreter, and what stays private."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.in_private.not_possible import NotPossibleDialog
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Combo,
    Field,
    LineEdit,
    PlainLabel,
    ScrollPage,
    Segments,
    SidePane,
    TickBox,
)
from pact_desktop.desktop.widgets.hint_list import HintList
from pact_desktop.desktop.widgets.large_text import LargeText
from pact_desktop.desktop.widgets.side_by_side import SideBySide
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.step_disc import StepDisc
from pact_desktop.desktop.words import ptr, tr
from pact_desktop.domain.screening import Alone, InterpreterMode
from pact_desktop.domain.text import TypedField

NARROW = 980
NO_LEAD = 760


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What is filled in on this screen; None means not chosen yet."""

    alone: Alone | None = None
    interpreter: InterpreterMode | None = None
    interpreter_code: str = ""
    language: str = ""
    limits_said: bool = False


class InPrivateView(Screen):
    """The gate before the questions: the only primary button that is ever disabled.

    Signals:
        changed: something was chosen or typed.
        stopped: the dialog "Not possible today" was confirmed.
        typed: a text that waits until one of the two is confirmed.
    """

    name, private = "in_private", True
    changed = Signal()
    stopped = Signal()
    typed = Signal()

    title: PlainLabel
    lead: PlainLabel
    work_area: ScrollPage
    side: SidePane
    about_button: ActionButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "in_private")
        self.fold = SideFold(self, self.side, self.about_button)
        self._patient_text, self._patient_locale = "", ""
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self.typed)
        self._discs = tuple(StepDisc(number) for number in (1, 2, 3))
        self._build_first()
        self._build_limits()
        self._build_page()
        self._build_side()
        self.dialog = NotPossibleDialog(self)
        self.dialog.confirmed.connect(self.stopped)
        self.dialog.health_field.limit_to(TypedField.NOT_POSSIBLE_RETURN_REASON)
        self.dialog.health_reason.textEdited.connect(self.dialog.typing.key)
        self.dialog.typed.connect(self.typed)
        self.large = LargeText(self)
        self.width_changed.connect(self._reflow)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._alone_head.setText(tr("Is the patient alone with you now?"))
        self._alone_hint.setText(tr("Nobody listens, also not by phone"))
        self._interpreter_head.setText(ptr("heading", "Interpreter"))
        self._interpreter_hint.setText(tr("Not the companion, a relative or a child"))
        self.alone.set_label(self._alone_head.text())
        self.alone.set_options(
            [
                (Alone.YES, ptr("alone now", "Yes")),
                (Alone.WITH_INTERPRETER, tr("With interpreter")),
                (Alone.NO, ptr("alone now", "No")),
            ],
            strong=(Alone.YES, Alone.WITH_INTERPRETER),
        )
        self.interpreter.set_label(self._interpreter_head.text())
        self.interpreter.set_options(
            [
                (InterpreterMode.NOT_NEEDED, ptr("interpreter now", "Not needed")),
                (InterpreterMode.BY_PHONE, ptr("interpreter now", "By phone")),
                (InterpreterMode.IN_ROOM, ptr("interpreter now", "In room")),
            ],
            strong=tuple(InterpreterMode),
        )
        self.code_field.set_label(tr("Code, not the name"))
        self._limits_head.setText(tr("Say what stays private, and what cannot"))
        self.language.setAccessibleName(tr("Patient’s language"))
        self.larger.setText(tr("Larger"))
        self.texts.show_heads(tr("Your language"), tr("Patient’s language"))
        self.said.setText(tr("Said and understood"))
        self._own_words.setText(tr("Read it, or say it in your own words"))
        self._stop_head.setText(tr("Not possible today?"))
        self.not_possible.setText(tr("Not possible today …"))
        self.dialog.retranslate()

    @override
    def first_focus(self) -> QWidget | None:
        """The first of the three that is open."""
        if self.alone.value() in {None, Alone.NO}:
            return self.alone.buttons()[0]
        if self.interpreter.value() is None:
            return self.interpreter.buttons()[0]
        return self.said

    # What is shown --------------------------------------------------------------------------

    def confirmed(self) -> Confirmed:
        alone, interpreter = self.alone.value(), self.interpreter.value()
        language = self.language.value()
        return Confirmed(
            alone=alone if isinstance(alone, Alone) else None,
            interpreter=interpreter if isinstance(interpreter, InterpreterMode) else None,
            interpreter_code=self.code.value(),
            language=language if isinstance(language, str) else "",
            limits_said=self.said.isChecked(),
        )

    def show_confirmed(self, given: Confirmed, *, arriving: bool = False) -> None:
        self.alone.set_value(given.alone)
        self.interpreter.set_value(given.interpreter)
        if arriving or not self.code.hasFocus():
            self.code.setText(given.interpreter_code)
        self.language.set_value(given.language)
        self.said.setChecked(given.limits_said)
        self.show_code(wanted=given.interpreter not in {None, InterpreterMode.NOT_NEEDED})

    def show_code(self, *, wanted: bool) -> None:
        self.code_field.setVisible(wanted)

    def show_done(self, done: Sequence[bool]) -> None:
        """Ticks in the discs, and the words beside the button that is still disabled."""
        for disc, is_done in zip(self._discs, done, strict=True):
            disc.set_done(done=is_done)
        missing = [str(number) for number, is_done in enumerate(done, 1) if not is_done]
        self.set_note(
            tr("Still to do: {parts}").format(parts=", ".join(missing)) if missing else ""
        )
        self.set_primary(tr("Continue to questions"), enabled=not missing)

    def show_way_out(self, *, wanted: bool) -> None:
        """With somebody in the room the way out comes forward."""
        self.not_possible.set_kind("primary" if wanted else "secondary")

    def show_languages(self, languages: Sequence[tuple[str, str]]) -> None:
        chosen = self.language.value()
        self.language.set_options(languages)
        self.language.set_value(chosen)

    def show_limits(self, staff: str, patient: str, locale: str) -> None:
        self._patient_text, self._patient_locale = patient, locale
        self.texts.show_texts(
            staff,
            patient,
            locale,
            missing=tr("No text in this language yet. Use an interpreter."),
        )
        self.larger.setEnabled(bool(patient))

    def show_ways(self, hints: Sequence[str], stop: Sequence[str]) -> None:
        self.ways.show_hints(tr("To get a private moment"), [("check", words) for words in hints])
        self._stop_hint.setText("\n".join(stop))

    def set_answering(self, *, allowed: bool) -> None:
        for widget in (self.alone, self.interpreter, self.said, self.language):
            widget.setEnabled(allowed)
        self.code.setReadOnly(not allowed)

    def hand_over(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.typed.emit()
        self.dialog.hand_over()

    # Building -------------------------------------------------------------------------------

    def _build_first(self) -> None:
        self._alone_head, self._alone_hint = _heading(), _hint()
        self._interpreter_head, self._interpreter_hint = _heading(), _hint()
        self.alone, self.interpreter = Segments(), Segments()
        self.code = LineEdit()
        self.code_field = Field("", self.code)
        self.alone.chosen.connect(self.changed)
        self.interpreter.chosen.connect(self.changed)
        self.code_field.limit_to(TypedField.PRIVATE_INTERPRETER_CODE)
        self.code.textEdited.connect(self.changed)
        self.code.textEdited.connect(self._typing.key)

    def _build_limits(self) -> None:
        self._limits_head = _heading()
        self.language = Combo()
        self.language.chosen.connect(self.changed)
        self.larger = ActionButton(icon_name="magnifying-glass")
        self.larger.clicked.connect(self._show_large)
        self.texts = SideBySide()
        self.said = TickBox()
        self.said.set_bold(bold=True)
        self.said.clicked.connect(self.changed)
        self._own_words = PlainLabel(role="small", tone="text2")

    def _build_page(self) -> None:
        card = Card()
        body = card.body
        body.setContentsMargins(0, 0, 0, 0)
        self._top = QHBoxLayout()
        space_out(self._top)
        self._top.addWidget(
            _part(self._discs[0], self._alone_head, self._alone_hint, self.alone), 1
        )
        self._divider = QFrame()
        self._divider.setProperty("kind", "divider_upright")
        self._top.addWidget(self._divider)
        second = _part(
            self._discs[1], self._interpreter_head, self._interpreter_hint, self.interpreter,
            aside=self.code_field,
        )  # fmt: skip
        self._top.addWidget(second, 1)
        body.addLayout(self._top)
        line = QFrame()
        line.setProperty("kind", "divider")
        body.addWidget(line)
        body.addLayout(self._limits_layout(), 1)
        page = QWidget()
        layout = QVBoxLayout(page)
        space_out(layout, (0, 0, 0, 14))
        layout.addWidget(card, 1)
        self.work_area.setWidget(page)

    def _limits_layout(self) -> QVBoxLayout:
        limits = QVBoxLayout()
        space_out(limits, (16, 12, 16, 12), 10)
        self._limits_row = QHBoxLayout()
        space_out(self._limits_row, gap=12)
        self._limits_row.addWidget(self._discs[2])
        self._limits_row.addWidget(self._limits_head, 1)
        self._limits_row.addWidget(self.language)
        self._limits_row.addWidget(self.larger)
        limits.addLayout(self._limits_row)
        limits.addWidget(self.texts, 1)
        last = QHBoxLayout()
        space_out(last, gap=12)
        last.addWidget(self.said)
        last.addStretch(1)
        last.addWidget(self._own_words)
        limits.addLayout(last)
        return limits

    def _build_side(self) -> None:
        self.ways = HintList()
        self._stop_card = Card()
        self._stop_head = PlainLabel(role="subtitle")
        self._stop_hint = PlainLabel(role="small", tone="text")
        self._stop_hint.setWordWrap(True)
        self.not_possible = ActionButton(icon_name="calendar-blank")
        self.not_possible.clicked.connect(self._ask_reason)
        row = QHBoxLayout()
        space_out(row)
        row.addWidget(self.not_possible)
        row.addStretch(1)
        self._stop_card.body.addWidget(self._stop_head)
        self._stop_card.body.addWidget(self._stop_hint)
        self._stop_card.body.addLayout(row)
        self.side.body.addWidget(self.ways)
        self.side.body.addWidget(self._stop_card)
        self.side.body.addStretch(1)

    def _ask_reason(self) -> None:
        self.dialog.show_over()

    def _show_large(self) -> None:
        self.large.show_words(self._patient_text, self._patient_locale, back=tr("Back"))

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._divider.setProperty("kind", "divider" if narrow else "divider_upright")
        self.texts.set_narrow(narrow=narrow)
        self.lead.setVisible(width >= NO_LEAD)


def _heading() -> PlainLabel:
    label = PlainLabel(role="subtitle")
    label.setWordWrap(True)
    return label


def _hint() -> PlainLabel:
    label = PlainLabel(role="small", tone="text2")
    label.setWordWrap(True)
    return label


def _part(
    disc: StepDisc,
    head: PlainLabel,
    hint: PlainLabel,
    segments: Segments,
    *,
    aside: QWidget | None = None,
) -> QWidget:
    """A numbered disc beside a heading, its hint, and what is to be chosen."""
    part = QWidget()
    grid = QGridLayout(part)
    space_out(grid, (14, 12, 14, 12), 10, 6)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(disc, 0, 0, 2, 1, top)
    grid.addWidget(head, 0, 1)
    grid.addWidget(hint, 1, 1)
    if aside is not None:
        grid.addWidget(aside, 0, 2, 2, 1, top)
        aside.setMaximumWidth(theme.scaled(150))
    grid.addWidget(segments, 2, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(3, 1)
    return part
