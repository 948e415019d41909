# SPDX-License-Identifier: GPL-3.0-or-later
"""The open visit, shared by its steps: what is stored, what waits to be stored, what went wrong."""

from collections.abc import Callable, Mapping
from typing import Self, cast

from PySide6.QtCore import QObject, Signal

from pact_desktop.desktop.notices import Toast
from pact_desktop.desktop.outbox import Outbox
from pact_desktop.desktop.screen import VisitFrame, Work
from pact_desktop.desktop.visit_words import SCREEN_OF_STEP, steps_waiting, visit_frame
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.drafts import shown_words, stored_words
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
from pact_desktop.domain.text import TypedAt, fits
from pact_desktop.i18n.formats import format_time
from pact_desktop.services import patients, screenings

Change = Callable[[], Screening]
"""A service call on the store's thread that gives the next state of the visit."""
Refused = Callable[[BaseException], object]
Typed = Mapping[TypedAt, str]
"""Typed words of a change: when it is refused they wait with the visit instead."""


class VisitContext(QObject):
    """One patient's visit as all its steps see it.

    Changes go through the outbox: at once, in order, and kept there until the store has them.
    Typed words that nothing can carry yet wait with the visit itself (`keep_typed`).

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
        self._outbox = Outbox.of(work)
        self._outbox.stopped.connect(self.stopped)
        self._outbox.recovered.connect(self.recovered)
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
    def indicator_sets(self) -> tuple[IndicatorSet, ...]:
        """The set in force, then others that answers were asked from before the path changed."""
        return self._work.session.content.sets_of(self.screening)

    @property
    def blocked(self) -> bool:
        """True while the store does not take answers."""
        return self._outbox.blocked

    @property
    def saved_text(self) -> str:
        """`Saved 10:42`, only after the store has answered and while nothing waits for it."""
        if self._outbox.blocked or not self._saved_at:
            return ""
        return tr("Saved {time}").format(time=self._saved_at)

    @property
    def steps_waiting(self) -> list[VisitStep]:
        """Where something was typed that is not part of the visit yet."""
        return steps_waiting(self.indicator_set, self.screening)

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
        if self._outbox.blocked:
            # Nothing can be put away now; what is waited for is said again.
            self._outbox.remind()
            return
        paused = Toast(
            tr("Visit paused. Find it under Today."),
            tr("Undo"),
            lambda: navigator.go("observations", screening_id=screening_id),
        )
        self.change(
            lambda: screenings.pause_screening(session, screening_id),
            stored=lambda: self._work.notices.say(paused),
        )
        self._screening = None
        navigator.go("today")

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
        self._outbox.remind()

    def frame(self, current: VisitStep) -> VisitFrame:
        return visit_frame(
            self.patient,
            self.screening,
            self.indicator_sets,
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
        *,
        typed: Typed | None = None,
    ) -> None:
        """Store a change; after a problem it waits until the store is tried again.

        `refused` is told when a rule says no; without it the rule's sentence is shown.
        """
        of = None if self._screening is None else self._screening.screening_id

        def kept(screening: Screening) -> None:
            self._confirmed(screening)
            if stored is not None:
                stored()
            self._tell()

        def not_kept(error: BaseException) -> None:
            # A rule said no: the stored state is right, so it is shown again.
            if of is not None:
                for at, words in (typed or {}).items():
                    self._keep_draft(of, at, words)
            if refused is not None:
                refused(error)
            elif isinstance(error, Refusal):
                self._work.notices.fail(error)
            self._tell()

        self._outbox.send(change, kept, not_kept, typed=(of, typed) if typed else None)

    # Typed text -----------------------------------------------------------------------------

    def shown(self, at: TypedAt) -> str:
        """What a field shows: what is on its way, what waits there, or what is stored."""
        on_its_way = self._on_its_way(at)
        return shown_words(self.screening, at) if on_its_way is None else on_its_way

    def keep_typed(
        self, at: TypedAt, words: str, typed: dict[TypedAt, str], *, carried: bool = False
    ) -> str:
        """Gives what a change may carry for a field: its words, or what is stored already.

        The second where nothing can carry the words yet or they are too long. Then they wait with
        the visit, so that they outlive the step, a lock and a crash; nothing is ever cut off.
        `carried` says that the change itself brings what carries them. Words that are new are
        noted in `typed`, which belongs to that change.
        """
        stored = stored_words(self.screening, at)
        if (stored is None and not carried) or not fits(words, at.field):
            self.keep_waiting(at, words)
            return stored or ""
        if words != (stored or ""):
            typed[at] = words
        elif self.waiting(at) != words:
            self.keep_waiting(at, "")
        return words

    def keep_waiting(self, at: TypedAt, words: str) -> None:
        """These words wait with the visit; none take away what waited."""
        waits = self.waiting(at)
        if words != waits and (waits or words != (stored_words(self.screening, at) or "")):
            self._keep_draft(self.screening.screening_id, at, words)

    def waiting(self, at: TypedAt) -> str:
        """What waits at a field, or is on its way there; empty when nothing does."""
        on_its_way = self._on_its_way(at)
        return self.screening.drafts.get(at, "") if on_its_way is None else on_its_way

    def _on_its_way(self, at: TypedAt) -> str | None:
        for said in reversed(self._outbox.typed()):
            of, typed = cast("tuple[ScreeningId, Typed]", said)
            if of == self.screening.screening_id and at in typed:
                return typed[at]
        return None

    def _keep_draft(self, of: ScreeningId, at: TypedAt, words: str) -> None:
        session = self._work.session

        def kept(screening: Screening) -> None:
            self._confirmed(screening)
            self._tell()

        def not_kept(error: BaseException) -> None:
            self._work.notices.fail(error)

        self._outbox.send(
            lambda: screenings.keep_draft(session, of, at, words),
            kept,
            not_kept,
            typed=(of, {at: words}),
        )

    # ----------------------------------------------------------------------------------------

    def _confirmed(self, screening: Screening) -> None:
        shown = self._screening
        if shown is not None and shown.screening_id == screening.screening_id:
            self._screening = screening
            self._saved_at = format_time(self._work.session.now)

    def _tell(self) -> None:
        """Only the last of several quick answers is drawn, so that none jumps back."""
        if self._outbox.empty and self._screening is not None:
            self.changed.emit()

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
