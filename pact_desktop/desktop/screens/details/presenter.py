# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the details as they are given; the age decides which rules the visit follows."""

from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.details.view import DetailsView, VisitFacts
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import BirthDate, BirthDateKind, MayBeChild, Patient
from pact_desktop.domain.screening import Companion, Screening, VisitStep
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.error_texts import sentence
from pact_desktop.services import screenings

_REASON = TypedAt(TypedField.VISIT_REASON)
_RELATION = TypedAt(TypedField.COMPANION_RELATION)
_CODE = TypedAt(TypedField.INTERPRETER_CODE)


class DetailsPresenter(StepPresenter):
    """Step 1. Nothing here is required to go on."""

    step: ClassVar = VisitStep.DETAILS

    def __init__(self, view: DetailsView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._kind: BirthDateKind | None = None
        view.visit_changed.connect(self._keep_visit)
        view.age_changed.connect(self._keep_age)

    @override
    def arrive(self) -> None:
        self._kind = None
        self._view.set_primary(tr("Continue"))
        self._view.show_problems()
        self._view.show_visit(self._shown(), arriving=True)

    @override
    def show(self) -> None:
        patient, screening = self._visit.patient, self._visit.screening
        self._view.show_visit(self._shown())
        if self._kind is None or self._kind is patient.birth_date.kind:
            self._kind = None
            years = patient.birth_date.age_on(self._work.session.today).years
            self._view.show_age(patient.birth_date, patient.may_be_child, years)
        self._say_path(patient, screening)

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    def _say_path(self, patient: Patient, screening: Screening) -> None:
        if not screening.is_child:
            self._view.show_path(tr("The rules for adults apply."), "text2")
        elif patient.age_is_doubtful(self._work.session.today):
            self._view.show_path(
                tr("Age not certain: the rules for patients under 18 apply."), "info"
            )
        else:
            self._view.show_path(tr("The rules for patients under 18 apply."), "info")

    # What is kept ---------------------------------------------------------------------------

    def _keep_visit(self) -> None:
        typed: dict[TypedAt, str] = {}
        facts, before = (
            self._carried(self._view.visit_facts(), typed),
            _facts(self._visit.screening),
        )
        if facts == before:
            return
        full_wording = self._visit.screening.full_wording
        if facts.companion is not Companion.NONE and facts.companion is not before.companion:
            # Somebody came in: the next list opens in short wording, whatever was chosen alone.
            self._visit.forget_wording()
            full_wording = False
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._view.show_visit(self._view.visit_facts())
        self._visit.change(
            lambda: screenings.change_details(
                session,
                screening_id,
                visit_reason=facts.visit_reason,
                companion=facts.companion,
                companion_relation=facts.companion_relation,
                interpreter=facts.interpreter,
                interpreter_code=facts.interpreter_code,
                full_wording=full_wording,
            ),
            typed=typed,
        )

    def _carried(self, facts: VisitFacts, typed: dict[TypedAt, str]) -> VisitFacts:
        """What can be stored now; a text that is too long waits beside it."""
        keep = self._visit.keep_typed
        return replace(
            facts,
            visit_reason=keep(_REASON, facts.visit_reason, typed),
            companion_relation=keep(_RELATION, facts.companion_relation, typed),
            interpreter_code=keep(_CODE, facts.interpreter_code, typed),
        )

    def _shown(self) -> VisitFacts:
        return replace(
            _facts(self._visit.screening),
            visit_reason=self._visit.shown(_REASON),
            companion_relation=self._visit.shown(_RELATION),
            interpreter_code=self._visit.shown(_CODE),
        )

    def _keep_age(self) -> None:
        """A new kind waits on the screen until its own field is filled in."""
        kind = self._view.kind.value()
        if not isinstance(kind, BirthDateKind):
            self._view.kind.set_value(self._visit.patient.birth_date.kind)
            return
        self._kind = kind
        self._view.show_kind(kind)
        try:
            birth = self._birth(kind)
        except Refusal as error:
            words = sentence(catalog(), error)
            self._view.show_problems(
                date=words if kind is BirthDateKind.EXACT else "",
                years=words if kind is BirthDateKind.ESTIMATED else "",
            )
            return
        self._view.show_problems()
        doubt = self._view.doubt.value()
        patient = self._visit.patient
        changed = replace(
            patient,
            birth_date=birth or patient.birth_date,
            may_be_child=doubt if isinstance(doubt, MayBeChild) else patient.may_be_child,
        )
        if changed != patient:
            self._visit.change_patient(changed)

    def _birth(self, kind: BirthDateKind) -> BirthDate | None:
        """What stands in the field; None while it is empty. Raises Refusal."""
        today = self._work.session.today
        if kind is BirthDateKind.UNKNOWN:
            return BirthDate.unknown()
        if kind is BirthDateKind.EXACT:
            day = self._view.date.value()
            return None if day is None else BirthDate.exact(day, today=today)
        typed = self._view.years.value()
        if not typed:
            return None
        if not typed.isdecimal():
            raise Refusal(RefusalCode.AGE_OUT_OF_RANGE, oldest=120)
        before = self._visit.patient.birth_date
        if before.kind is kind and before.age_on(today).years == int(typed):
            return before
        return BirthDate.estimated(int(typed), today=today)


def _facts(screening: Screening) -> VisitFacts:
    return VisitFacts(
        visit_reason=screening.visit_reason,
        companion=screening.companion,
        companion_relation=screening.companion_relation,
        interpreter=screening.interpreter,
        interpreter_code=screening.interpreter_code,
    )
