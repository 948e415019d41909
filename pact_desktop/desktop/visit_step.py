# SPDX-License-Identifier: GPL-3.0-or-later
"""What the presenter of every step does alike: arriving, showing what is stored, leaving."""

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.visit_words import step_name
from pact_desktop.desktop.widgets import ScrollPage
from pact_desktop.desktop.words import tr
from pact_desktop.domain.screening import ScreeningId, VisitStep

_STEPS = tuple(VisitStep)


class StepPresenter:
    """One step of the visit. Only the step in front is redrawn when something is stored."""

    step: ClassVar[VisitStep]

    def __init__(self, view: Screen, work: Work) -> None:
        self._screen = view
        self._work = work
        self._visit = VisitContext.of(work)
        self._in_front = False
        self._arrived = False
        self._waited = False
        view.entered.connect(self._enter)
        view.left.connect(self._leave)
        view.back_pressed.connect(self.go_back)
        view.primary_pressed.connect(self.go_on)
        view.privacy_ended.connect(self._end_privacy)
        self._visit.changed.connect(self._stored)
        self._visit.stopped.connect(self._say_stopped)
        self._visit.recovered.connect(lambda: self._allow(answering=True))

    def arrive(self) -> None:
        """The step came to the front with its visit loaded."""

    def show(self) -> None:
        """Draw what is stored; called again after every confirmed change."""

    def allow_answering(self, *, allowed: bool) -> None:
        """Stop or resume answering; what was typed stays where it is."""

    def leave(self) -> None:
        """The step goes to the back: hand over what is still being typed."""

    def waits_here(self) -> bool:
        """Whether something was typed on this screen that is not part of the visit yet."""
        return self.step in self._visit.steps_waiting

    def go_back(self) -> None:
        position = _STEPS.index(self.step)
        if position:
            self._visit.go(_STEPS[position - 1])

    def go_on(self) -> None:
        position = _STEPS.index(self.step)
        if position + 1 < len(_STEPS):
            self._visit.go(_STEPS[position + 1])

    def _enter(self, arguments: dict[str, object]) -> None:
        self._in_front = True
        self._arrived = False
        # The window may have changed its width while another step was in front.
        self._screen.width_changed.emit(self._screen.logical_width())
        found = arguments.get("screening_id")
        if isinstance(found, str):
            self._visit.open(ScreeningId(found), self.step)
        # Later, because the frame clears the banner of the screen before.
        QTimer.singleShot(0, self._visit.remind)

    def _end_privacy(self) -> None:
        """What is being typed is kept first: afterwards the store would not take it."""
        if self._in_front:
            self.leave()
        self._visit.end_privacy()

    def _leave(self) -> None:
        if self._in_front:
            self.leave()
        self._in_front = False

    def _stored(self) -> None:
        if not self._in_front or not self._visit.is_open:
            return
        self._screen.set_visit(self._visit.frame(self.step))
        self._screen.set_saved(self._visit.saved_text)
        position = _STEPS.index(self.step)
        self._screen.set_back(step_name(_STEPS[position - 1]) if position else "")
        if not self._arrived:
            self._arrived = True
            self.arrive()
            self.show()
            QTimer.singleShot(0, self._screen, self._focus_first)
        else:
            self.show()
        self._say_what_waits()
        self._allow(answering=not self._visit.blocked)

    def _say_what_waits(self) -> None:
        """Beside "Saved" nobody would see that something typed here is kept only as a draft."""
        waits = self.waits_here() and not self._visit.screening.closed
        if waits:
            self._screen.set_saved("")
            self._screen.set_note(tr("Kept as a draft, not yet part of the visit"))
        elif self._waited:
            self._screen.set_note("")
            self.show()
        self._waited = waits

    def _focus_first(self) -> None:
        """What is loaded arrives after the frame has looked for a first place."""
        target = self._screen.first_focus()
        if target is not None and self._in_front:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self._screen, lambda: _bring_into_view(target))

    def _say_stopped(self) -> None:
        """Nothing says "Saved" beside what is not."""
        if self._in_front:
            self._screen.set_saved("")
        self._allow(answering=False)

    def _allow(self, *, answering: bool) -> None:
        if self._in_front:
            self.allow_answering(allowed=answering)


def _bring_into_view(target: QWidget) -> None:
    """Once more, when what was just loaded has found its place; a step opens at its top."""
    above = target.parentWidget()
    while above is not None and not isinstance(above, ScrollPage):
        above = above.parentWidget()
    if isinstance(above, ScrollPage):
        above.verticalScrollBar().setValue(0)
        above.ensureWidgetVisible(target, theme.space("l"), theme.space("l"))
