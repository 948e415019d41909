# SPDX-License-Identifier: GPL-3.0-or-later
"""The open visit, shared by its steps: what is stored, what waits to be stored, what went wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QObject, Signal

from pact_desktop.desktop.notices import Toast
from pact_desktop.desktop.screen import VisitFrame, Work
from pact_desktop.desktop.visit_words import SCREEN_OF_STEP, visit_frame
from pact_desktop.desktop.widgets import BannerText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.indicators import IndicatorSet
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.screening import (
    Companion,
    Screening,
    ScreeningId,
    ScreeningStatus,
    VisitStep,
)
from pact_desktop.i18n.formats import format_time
from pact_desktop.services import patients, screenings

Change = Callable[[], Screening]
"""A service call on the store's thread that gives the next state of the visit."""
Refused = Callable[[Refusal], object]


@dataclass(eq=False, slots=True)
class _Waiting:
    """A change that the store has not confirmed, and who wants to hear of it."""

    change: Change
    refused: Refused | None
    stored: Callable[[], object] | None
    sent: bool = False


class VisitContext(QObject):
    """One patient's visit as all its steps see it.

    Changes are sent at once and done in order; what the store could not keep waits here and is
    sent again on request, so nothing that was answered is lost while the program runs.

    Signals:
        changed: another state is loaded or confirmed by the store, and nothing waits.
        stopped: the store refused an answer; answering stops until `recovered`.
    """

    changed = Signal()
    stopped = Signal()
    recovered = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._patient: Patient | None = None
        self._screening: Screening | None = None
        self._waiting: list[_Waiting] = []
        self._blocked = False
        self._retrying = False
        self._saved_at = ""
        self._full_wording: bool | None = None
        work.navigator.pause_requested.connect(lambda _arguments: self.pause())

    @classmethod
    def of(cls, work: Work) -> Self:
        """The context all steps share; it lives as long as the navigator of this sign-in."""
        found = work.navigator.findChild(cls)
        return found if found is not None else cls(work, work.navigator)

    @property
    def is_open(self) -> bool:
        return self._screening is not None and self._patient is not None

    @property
    def screening(self) -> Screening:
        if self._screening is None:
            raise LookupError("no visit is open")
        return self._screening

    @property
    def patient(self) -> Patient:
        if self._patient is None:
            raise LookupError("no visit is open")
        return self._patient

    @property
    def indicator_set(self) -> IndicatorSet:
        return self._work.session.content.set_of(self.screening)

    @property
    def blocked(self) -> bool:
        """True while the store does not take answers."""
        return self._blocked

    @property
    def saved_text(self) -> str:
        """`Saved 10:42`, only after the store has answered; empty before."""
        return tr("Saved {time}").format(time=self._saved_at) if self._saved_at else ""

    @property
    def words_locale(self) -> str:
        """The locale in which texts of a set are asked for; sets fall back to English."""
        return catalog().locale

    @property
    def full_wording(self) -> bool:
        """Full wording is for a room without a companion, or by choice for this visit."""
        if self._full_wording is not None:
            return self._full_wording
        return self.screening.full_wording or self.screening.companion is Companion.NONE

    def choose_wording(self, *, full: bool) -> None:
        """Keep the choice for the rest of the visit."""
        self._full_wording = full
        session, screening_id = self._work.session, self.screening.screening_id
        self.change(lambda: screenings.change_details(session, screening_id, full_wording=full))

    def pause(self) -> None:
        """The visit waits under Today; the private moment is over."""
        if self._screening is None:
            return
        navigator, session = self._work.navigator, self._work.session
        screening_id = self._screening.screening_id
        if navigator.current is not None:
            # What is being typed is kept before the private moment ends.
            navigator.current.leave()
        self.change(lambda: screenings.pause_screening(session, screening_id))
        self._screening = None
        navigator.go("today")
        self._work.notices.say(
            Toast(
                tr("Visit paused. Find it under Today."),
                tr("Undo"),
                lambda: navigator.go("observations", screening_id=screening_id),
            )
        )

    def forget_wording(self) -> None:
        """Somebody else came into the room: the next list opens in short wording again."""
        self._full_wording = None

    def open(self, screening_id: ScreeningId, step: VisitStep) -> None:
        """Show this visit at this step; a paused visit goes on."""
        if self._screening is None or self._screening.screening_id != screening_id:
            self._load(screening_id, step)
            return
        self.changed.emit()
        self._enter(step)

    def remind(self) -> None:
        """Say again that the store does not answer, for a step that has just come to the front."""
        if self._blocked:
            self._show_problem()

    def frame(self, current: VisitStep) -> VisitFrame:
        return visit_frame(
            self.patient,
            self.screening,
            self.indicator_set,
            current=current,
            today=self._work.session.today,
        )

    def go(self, step: VisitStep) -> None:
        self._work.navigator.go(SCREEN_OF_STEP[step], screening_id=self.screening.screening_id)

    def change_patient(self, patient: Patient, refused: Refused | None = None) -> None:
        """Correct the patient's facts; the visit takes the path that the age now asks for."""
        session, screening_id = self._work.session, self.screening.screening_id
        kept: list[Patient] = []

        def store() -> Screening:
            kept.append(patients.change_patient(session, patient))
            return screenings.change_details(session, screening_id)

        def take_over() -> None:
            self._patient = kept[-1]

        self.change(store, refused, take_over)

    def end_privacy(self) -> None:
        """Covered, locked, minimised or paused: the private moment is over."""
        if self._screening is None or not self._screening.private_now:
            return
        session, screening_id = self._work.session, self._screening.screening_id
        self.change(lambda: screenings.close_private_part(session, screening_id))

    def change(
        self,
        change: Change,
        refused: Refused | None = None,
        stored: Callable[[], object] | None = None,
    ) -> None:
        """Store a change; after a problem it waits until the store is tried again.

        `refused` is told when a rule says no; without it the rule's sentence is shown.
        """
        waiting = _Waiting(change, refused, stored)
        self._waiting.append(waiting)
        if not self._blocked:
            self._send(waiting)

    def try_again(self) -> None:
        """Send again, in their order, all changes that were not kept."""
        if self._blocked and not any(waiting.sent for waiting in self._waiting):
            self._blocked, self._retrying = False, True
            for waiting in list(self._waiting):
                self._send(waiting)

    def _send(self, waiting: _Waiting) -> None:
        waiting.sent = True
        self._work.background.run(
            self,
            waiting.change,
            done=lambda screening: self._confirmed(waiting, screening),
            failed=lambda error: self._not_stored(waiting, error),
        )

    def _confirmed(self, waiting: _Waiting, screening: Screening) -> None:
        self._waiting.remove(waiting)
        shown = self._screening
        if shown is not None and shown.screening_id == screening.screening_id:
            self._screening = screening
            self._saved_at = format_time(self._work.session.now)
        if self._retrying and not self._waiting:
            self._retrying = False
            self._work.notices.clear_banner()
            self.recovered.emit()
        if waiting.stored is not None:
            waiting.stored()
        self._tell()

    def _not_stored(self, waiting: _Waiting, error: BaseException) -> None:
        if isinstance(error, Refusal):
            # A rule said no: the stored state is right, so it is shown again.
            self._waiting.remove(waiting)
            (waiting.refused or self._work.notices.fail)(error)
            self._tell()
            return
        waiting.sent = False
        self._blocked = True
        self._show_problem()
        self.stopped.emit()

    def _tell(self) -> None:
        """Only the last of several quick answers is drawn, so that none jumps back."""
        if not self._waiting and self._screening is not None:
            self.changed.emit()

    def _show_problem(self) -> None:
        self._work.notices.warn(
            BannerText(
                title=tr("The last answer could not be kept"),
                text=tr("Answering is stopped. What you typed is still here."),
                tone="alert",
                action_text=tr("Try again"),
                action=self.try_again,
            )
        )

    def _load(self, screening_id: ScreeningId, step: VisitStep) -> None:
        session = self._work.session

        def read() -> tuple[Screening, Patient]:
            screening = screenings.load_screening(session, screening_id)
            if screening.status is ScreeningStatus.PAUSED:
                screening = screenings.resume_screening(session, screening_id)
            return screening, patients.patient_of(session, screening.case_number)

        def show(found: tuple[Screening, Patient]) -> None:
            self._screening, self._patient = found
            self._full_wording = None
            self._saved_at = ""
            self.changed.emit()
            self._enter(step)

        self._work.background.run(self, read, done=show)

    def _enter(self, step: VisitStep) -> None:
        """Remember the step, so that a paused or locked visit comes back to it."""
        if self.screening.closed or self.screening.step is step or self._locked(step):
            return
        session, screening_id = self._work.session, self.screening.screening_id
        self.change(lambda: screenings.go_to_step(session, screening_id, step))

    def _locked(self, step: VisitStep) -> bool:
        return step is VisitStep.QUESTIONS and not self.screening.private_now
