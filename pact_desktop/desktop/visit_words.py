# SPDX-License-Identifier: GPL-3.0-or-later
"""What the frame of a visit says: the patient bar, its chips and the state of each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pact_desktop.desktop.screen import Step, StepState, VisitFrame
from pact_desktop.desktop.widgets import ChipText
from pact_desktop.desktop.words import catalog, ptr, tr, trn
from pact_desktop.domain.drafts import STEP_OF_FIELD
from pact_desktop.domain.indicators import IndicatorSet, ItemRole, VisitPart
from pact_desktop.domain.judging import judgement_is_outdated
from pact_desktop.domain.patient import AdministrativeGender, Age, Patient
from pact_desktop.domain.screening import (
    Alone,
    Companion,
    InterpreterMode,
    PrivateMoment,
    Screening,
    VisitStep,
    is_enabled,
)
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.i18n.formats import format_datetime, format_time
from pact_desktop.i18n.locales import NOT_KNOWN, PAPER_LOCALES, SOURCE, language_name
from pact_desktop.terms import term

SCREEN_OF_STEP: Final = {
    VisitStep.DETAILS: "details",
    VisitStep.OBSERVATIONS: "observations",
    VisitStep.IN_PRIVATE: "in_private",
    VisitStep.QUESTIONS: "questions",
    VisitStep.BODY_MAP: "body_map",
    VisitStep.SUMMARY: "summary",
    VisitStep.NEXT_STEPS: "next_steps",
}
_BEHIND_PRIVACY: Final = frozenset({VisitStep.QUESTIONS, VisitStep.SUMMARY})
_ORDER: Final = tuple(VisitStep)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of a part have an answer."""

    done: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def text(self) -> str:
        # Translators: state of a step of the visit, "6 of 14" rows.
        return tr("{done} of {total}").format(done=self.done, total=self.total)


def closed_chip() -> ChipText:
    """The mark of a record that is closed to others, for those who are named for it."""
    return ChipText(tr("Closed record"), "neutral", "lock-simple")


def progress(indicator_set: IndicatorSet, screening: Screening, part: VisitPart) -> Progress:
    """Rows or questions that are open now; follow-ups and clear statements are not counted."""
    rows = [
        item
        for item in indicator_set.part(part, is_child=screening.is_child)
        if (item.role is ItemRole.QUESTION or part is not VisitPart.QUESTIONS)
        and is_enabled(indicator_set, item.link_id, screening.answers, is_child=screening.is_child)
    ]
    return Progress(sum(item.link_id in screening.answers for item in rows), len(rows))


def patient_name(patient: Patient) -> str:
    """Family name first; "Name not known" is a value like a name."""
    parts = [part for part in (patient.family_name, patient.given_name) if part]
    return ", ".join(parts) or patient.alias or tr("Name not known")


def age_words(age: Age) -> str:
    """`24 years`, `about 17 years` or `age not known`."""
    if age.years is None:
        return tr("age not known")
    if age.certain:
        return trn("{years} year", "{years} years", age.years).format(years=age.years)
    return trn("about {years} year", "about {years} years", age.years).format(years=age.years)


def sex_and_age(patient: Patient, today: date) -> str:
    """`Female · 24 years`; what was not recorded of the sex is left out."""
    known = patient.gender is not AdministrativeGender.UNKNOWN
    sex = [term(catalog(), patient.gender)] if known else []
    return " · ".join([*sex, age_words(patient.birth_date.age_on(today))])


def patient_facts(patient: Patient, screening: Screening, today: date) -> str:
    """Sex, age, time of the visit and language, as one line."""
    locale = catalog().locale
    facts = [sex_and_age(patient, today), format_datetime(screening.started_at, locale)]
    if patient.language != NOT_KNOWN:
        name = language_name(patient.language, locale)
        facts.append(tr("speaks {language}").format(language=name))
    return " · ".join(facts)


def chips(patient: Patient, screening: Screening, today: date) -> tuple[ChipText, ...]:
    """At most two; what the private moment knows replaces what the arrival knew."""
    found = []
    if patient.age_is_doubtful(today):
        found.append(ChipText(tr("Age not certain"), "info", "info"))
    moment = screening.private_moment
    if moment is not None and moment.open:
        found.append(_private_chip(moment))
    elif screening.companion is Companion.PRESENT:
        found.append(ChipText(tr("Came with someone"), "neutral", "users"))
    return tuple(found)


def _private_chip(moment: PrivateMoment) -> ChipText:
    if moment.alone is Alone.YES:
        return ChipText(tr("Alone with staff"), "ok", "check")
    if moment.interpreter is InterpreterMode.BY_PHONE:
        text, icon = tr("With interpreter {code}, by phone"), "phone"
    else:
        text, icon = tr("With interpreter {code}, in the room"), "user"
    return ChipText(text.format(code=moment.interpreter_code).replace("  ", " "), "neutral", icon)


def visit_frame(
    patient: Patient,
    screening: Screening,
    sets: Sequence[IndicatorSet],
    *,
    current: VisitStep,
    today: date,
) -> VisitFrame:
    """Everything the window shows around a step."""
    return VisitFrame(
        patient=patient_name(patient),
        facts=patient_facts(patient, screening, today),
        short_facts=sex_and_age(patient, today),
        chips=chips(patient, screening, today),
        steps=tuple(_step(step, screening, sets, current) for step in _ORDER),
        args={"screening_id": screening.screening_id},
    )


def _step(
    step: VisitStep, screening: Screening, sets: Sequence[IndicatorSet], current: VisitStep
) -> Step:
    locked = step in _BEHIND_PRIVACY and not screening.private_now
    detail, done = _detail(step, screening, sets)
    if step is current:
        state = StepState.CURRENT
    elif locked:
        state = StepState.LOCKED
    else:
        state = StepState.DONE if done else StepState.OPEN
    if locked and step is VisitStep.QUESTIONS:
        detail = tr("after step 3")
    return Step(SCREEN_OF_STEP[step], step_name(step), detail, state)


def steps_waiting(indicator_set: IndicatorSet, screening: Screening) -> list[VisitStep]:
    """The steps in which something was typed that is not part of the visit yet, in their order."""
    items = indicator_set.part(VisitPart.FINDINGS, is_child=screening.is_child)
    findings = {str(item.link_id) for item in items}

    def step_of(at: TypedAt) -> VisitStep:
        """Findings stand with the body map, in the same rows as the observations."""
        if at.field is TypedField.OTHER_EXPLANATION and at.item in findings:
            return VisitStep.BODY_MAP
        return STEP_OF_FIELD[at.field]

    waiting = {step_of(at) for at in screening.drafts}
    return [step for step in _ORDER if step in waiting]


def step_name(step: VisitStep) -> str:
    return term(catalog(), step)


def _detail(
    step: VisitStep, screening: Screening, sets: Sequence[IndicatorSet]
) -> tuple[str, bool]:
    """The state of a step in words, and whether it is done."""
    if step is VisitStep.DETAILS:
        return format_time(screening.started_at), screening.step is not VisitStep.DETAILS
    if step in {VisitStep.OBSERVATIONS, VisitStep.QUESTIONS}:
        part = VisitPart(step.value)
        made = progress(sets[0], screening, part)
        return (made.text if made.done or part is VisitPart.OBSERVATIONS else ""), made.left == 0
    if step is VisitStep.IN_PRIVATE:
        return _private_detail(screening)
    if step is VisitStep.BODY_MAP:
        return _body_detail(screening)
    if step is VisitStep.SUMMARY:
        return _summary_detail(screening, sets)
    return "", False


def _summary_detail(screening: Screening, sets: Sequence[IndicatorSet]) -> tuple[str, bool]:
    if screening.judgement is None:
        return "", False
    if judgement_is_outdated(sets, screening):
        # Translators: under a step of the visit: answers have changed since it was done.
        return ptr("step", "look again"), False
    return format_time(screening.judgement.judged_at), True


def _private_detail(screening: Screening) -> tuple[str, bool]:
    moment = screening.private_moment
    if moment is None:
        return "", False
    if moment.open:
        return format_time(moment.confirmed_at), True
    return tr("confirm again"), False


def _body_detail(screening: Screening) -> tuple[str, bool]:
    if any(at.field is TypedField.MARK for at in screening.drafts):
        return ptr("step", "look again"), False
    if screening.marks:
        count = len(screening.marks)
        return trn("{count} mark", "{count} marks", count).format(count=count), True
    if screening.no_mark_seen:
        return tr("no mark seen"), True
    return tr("if needed"), False


def paper_language(patient: Patient) -> str:
    """The patient's own language where there is paper in it, else that of the screen."""
    for wanted in (patient.language, catalog().locale):
        for tag in PAPER_LOCALES:
            if wanted == tag or wanted.split("-")[0] == tag.split("-")[0]:
                return tag
    return SOURCE
