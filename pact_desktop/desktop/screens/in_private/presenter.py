# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the private part when all three are done, or stops the visit without shame."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final

from typing_extensions import override

from pact_desktop.desktop.patient_language import both_names, known, locale_for
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.in_private.view import Confirmed, InPrivateView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.words import tr
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.screening import (
    STOPPED,
    Alone,
    InterpreterMode,
    NotPossibleReason,
    Outcome,
    Screening,
    VisitStep,
)
from pact_desktop.domain.text import TypedAt, TypedField, fits
from pact_desktop.i18n.locales import LANGUAGES, NOT_KNOWN
from pact_desktop.services import screenings

NOT_ALONE: Final = frozenset(
    {
        NotPossibleReason.COMPANION_STAYED,
        NotPossibleReason.NO_INTERPRETER,
        NotPossibleReason.NO_ROOM,
    }
)
"""Reasons that mean no private moment; the others mean that the talk itself was not possible."""
_CODE: Final = TypedAt(TypedField.PRIVATE_INTERPRETER_CODE)
_HEALTH_REASON: Final = TypedAt(TypedField.NOT_POSSIBLE_RETURN_REASON)


class InPrivatePresenter(StepPresenter):
    """Step 3. "Alone now" is asked anew each time; the rest is remembered for the visit."""

    step: ClassVar = VisitStep.IN_PRIVATE

    def __init__(self, view: InPrivateView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._before = Confirmed()
        self._going_on = False
        view.changed.connect(self._changed)
        view.stopped.connect(self._stop)
        view.typed.connect(self._keep_waiting)

    @override
    def arrive(self) -> None:
        visit, locale = self._visit, self._visit.words_locale
        self._going_on = False
        spoken = visit.patient.language
        order = [spoken, *LANGUAGES] if known(spoken) else list(LANGUAGES)
        languages = [(tag, both_names(tag, locale)) for tag in dict.fromkeys(order)]
        if not known(spoken):
            # Nobody said which it is, so none stands there.
            languages.insert(0, ("", tr("Choose the language")))
        self._view.show_languages(languages)
        guidance = self._work.session.content.guidance
        self._view.show_ways(
            [step.text for step in guidance.steps("private.ways", locale)],
            [step.text for step in guidance.steps("private.not-possible", locale)][:1],
        )
        self._before = _start(visit.screening, spoken if known(spoken) else "")
        waits = self._visit.waiting(_CODE)
        if waits:
            self._before = replace(self._before, interpreter_code=waits)
        self._view.show_confirmed(self._before, arriving=True)
        self._view.dialog.health_reason.setText(self._visit.waiting(_HEALTH_REASON))
        self._draw()

    @override
    def show(self) -> None:
        going_on, self._going_on = self._going_on, False
        if going_on and self._visit.screening.private_now:
            self._visit.go(VisitStep.QUESTIONS)

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    def _keep_waiting(self) -> None:
        self._visit.keep_waiting(_CODE, self._view.code.value())
        self._visit.keep_waiting(_HEALTH_REASON, self._view.dialog.health_reason.value())

    @override
    def go_on(self) -> None:
        given = self._view.confirmed()
        if not all(_done(given)) or given.alone is None or given.interpreter is None:
            return
        session, screening_id = self._work.session, self._visit.screening.screening_id
        alone, interpreter = given.alone, given.interpreter
        typed: dict[TypedAt, str] = {}
        code = self._visit.keep_typed(_CODE, given.interpreter_code, typed, carried=True)
        self._going_on = True
        self._visit.change(
            lambda: screenings.open_private_part(
                session,
                screening_id,
                alone=alone,
                interpreter=interpreter,
                interpreter_code=code,
                limits_said=given.limits_said,
                language=given.language or NOT_KNOWN,
            ),
            typed=typed,
        )

    def _changed(self) -> None:
        given = _fitted(self._before, self._view.confirmed())
        self._view.show_confirmed(given)
        self._before = given
        if self._visit.screening.private_now:
            # What was confirmed is no longer what stands here.
            self._visit.end_privacy()
        self._draw()

    def _draw(self) -> None:
        given = self._before
        self._view.show_done(_done(given))
        self._view.show_way_out(wanted=given.alone is Alone.NO)
        guidance, locale = self._work.session.content.guidance, self._visit.words_locale
        path = "child" if self._visit.screening.is_child else "adult"
        key = f"patient.limits.{path}"
        offered = [tag for tag in guidance.words if guidance.has(key, tag)]
        patient_locale = locale_for(given.language, offered) if given.language else ""
        patient = guidance.text(key, patient_locale) if patient_locale else ""
        self._view.show_limits(guidance.text(key, locale), patient, patient_locale)

    def _stop(self) -> None:
        dialog = self._view.dialog
        try:
            day, time = dialog.return_day(), dialog.return_time()
        except (Refusal, ValueError):
            return
        if not fits(dialog.health_reason.value(), _HEALTH_REASON.field):
            return
        now = self._work.session.now
        hour, minute = time or (9, 0)
        returns = (
            None
            if day is None
            else datetime(day.year, day.month, day.day, hour, minute, tzinfo=now.tzinfo)
        )
        dialog.accept()
        self._record_stop(dialog.chosen_reason, returns, dialog.health_reason.value())
        self._visit.go(VisitStep.NEXT_STEPS)

    def _record_stop(
        self, reason: NotPossibleReason, returns: datetime | None, health_reason: str
    ) -> None:
        session, screening = self._work.session, self._visit.screening
        screening_id, offers = screening.screening_id, screening.offers
        unsaid = reason is NotPossibleReason.NOT_STATED
        not_alone = reason in NOT_ALONE or (unsaid and self._before.alone is Alone.NO)
        outcome = Outcome.NO_PRIVATE_MOMENT if not_alone else Outcome.NOT_POSSIBLE
        outcomes = screening.outcomes - STOPPED
        self._visit.change(
            lambda: screenings.record_outcome(session, screening_id, outcomes | {outcome}, reason)
        )
        typed: dict[TypedAt, str] = {}
        health_reason = self._visit.keep_typed(_HEALTH_REASON, health_reason, typed)
        if returns is not None or typed:
            self._visit.change(
                lambda: screenings.record_offers(
                    session,
                    screening_id,
                    offers,
                    return_visit_at=returns,
                    return_reason=health_reason,
                ),
                typed=typed,
            )


def _start(screening: Screening, language: str) -> Confirmed:
    """What is known already: all of an open private moment, else all but "alone now"."""
    moment = screening.private_moment
    if moment is None:
        mode = screening.interpreter
        return Confirmed(
            interpreter=None if mode is InterpreterMode.NOT_NEEDED else mode,
            interpreter_code=screening.interpreter_code,
            language=language,
        )
    return Confirmed(
        alone=moment.alone if moment.open else None,
        interpreter=moment.interpreter,
        interpreter_code=moment.interpreter_code,
        language=moment.language if known(moment.language) else language,
        limits_said=moment.limits_said,
    )


def _fitted(before: Confirmed, given: Confirmed) -> Confirmed:
    """The two first answers say the same thing twice, so the later one corrects the other."""
    if given.alone is not before.alone:
        if given.alone is Alone.YES:
            return replace(given, interpreter=InterpreterMode.NOT_NEEDED, interpreter_code="")
        if given.alone is Alone.WITH_INTERPRETER and (
            given.interpreter is InterpreterMode.NOT_NEEDED
        ):
            return replace(given, interpreter=None)
    elif given.interpreter is not before.interpreter:
        if given.interpreter is InterpreterMode.NOT_NEEDED:
            alone = Alone.YES if given.alone is Alone.WITH_INTERPRETER else given.alone
            return replace(given, alone=alone, interpreter_code="")
        if given.alone is Alone.YES and given.interpreter is not None:
            return replace(given, alone=Alone.WITH_INTERPRETER)
    return given


def _done(given: Confirmed) -> tuple[bool, bool, bool]:
    """The three parts of the gate."""
    alone = given.alone in {Alone.YES, Alone.WITH_INTERPRETER}
    fits = given.interpreter is not None and (
        not alone
        or (given.alone is Alone.WITH_INTERPRETER)
        == (given.interpreter is not InterpreterMode.NOT_NEEDED)
    )
    return alone, fits, given.limits_said
