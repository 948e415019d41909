# SPDX-License-Identifier: GPL-3.0-or-later
"""A screening: one visit of one patient against one version of one indicator set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, Self

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import (
    AnswerValue,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    LearnedBy,
    VisitPart,
)
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.text import TypedAt

ScreeningId = NewType("ScreeningId", str)


class ScreeningStatus(StrEnum):
    """FHIR QuestionnaireResponse status, with `paused` for a visit that waits."""

    IN_PROGRESS = "in-progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED = "stopped"


class VisitStep(StrEnum):
    """The seven steps of a visit, in order."""

    DETAILS = "details"
    OBSERVATIONS = "observations"
    IN_PRIVATE = "in-private"
    QUESTIONS = "questions"
    BODY_MAP = "body-map"
    SUMMARY = "summary"
    NEXT_STEPS = "next-steps"


class Companion(StrEnum):
    NONE = "none"
    PRESENT = "present"
    UNKNOWN = "unknown"


class InterpreterMode(StrEnum):
    NOT_NEEDED = "not-needed"
    BY_PHONE = "by-phone"
    IN_ROOM = "in-room"


class Alone(StrEnum):
    """Is the patient alone with staff now?"""

    YES = "yes"
    WITH_INTERPRETER = "with-interpreter"
    NO = "no"


class Outcome(StrEnum):
    """What came of the visit; stands beside a level, each a full result."""

    NO_PRIVATE_MOMENT = "no-private-moment"
    NOT_POSSIBLE = "not-possible"
    DECLINED = "declined"
    INFORMATION_ONLY = "information-only"
    COME_BACK = "come-back"
    OTHER_VIOLENCE = "other-violence"
    URGENT_DANGER = "urgent-danger"
    REFERRED = "referred"


STOPPED: Final = frozenset({Outcome.NO_PRIVATE_MOMENT, Outcome.NOT_POSSIBLE})
"""Outcomes that want a why."""


class NotPossibleReason(StrEnum):
    NOT_STATED = "not-stated"
    """A stop needs no justification (docs/decisions/0008)."""
    COMPANION_STAYED = "companion-stayed"
    NO_INTERPRETER = "no-interpreter"
    TOO_ILL = "too-ill"
    INTOXICATED = "intoxicated"
    PATIENT_LEFT = "patient-left"
    NO_TIME = "no-time"
    NO_ROOM = "no-room"
    OTHER = "other"


class Offer(StrEnum):
    TREATMENT_AND_RETURN = "treatment-and-return"
    INFORMATION_CARD = "information-card"
    CALL_NOW = "call-now"
    CONTACT_PERSON = "contact-person"
    REFERRAL = "referral"


class OfferAnswer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_OFFERED = "not-offered"


class Involved(StrEnum):
    """Could the person who came along, or the guardian, be involved?"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as it was given; an answer is replaced, never erased from the log."""

    link_id: IndicatorId
    value: AnswerValue
    explanations: tuple[str, ...] = ()
    other_explanation: str = field(default="", repr=False)
    own_words: str = field(default="", repr=False)
    """What the patient said, as said; shown in quotation marks."""
    not_asked_reason: str = field(default="", repr=False)
    answered_at: datetime | None = None
    answered_by: AccountId | None = None
    set_id: str = ""
    set_version: str = ""
    """The set it was asked from; after a change of path that is not the set of the visit."""

    @property
    def explained(self) -> bool:
        return bool(self.explanations or self.other_explanation)


@dataclass(frozen=True, slots=True)
class PrivateMoment:
    """The privacy step, confirmed for now; it ends with a pause, a lock, a cover or by hand."""

    alone: Alone
    interpreter: InterpreterMode
    interpreter_code: str
    limits_said: bool
    language: str
    confirmed_at: datetime
    confirmed_by: AccountId
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.ended_at is None


class BodyView(StrEnum):
    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    HEAD = "head"
    HANDS = "hands"
    FEET = "feet"


class MarkKind(StrEnum):
    """Kinds of finding on the body map (indicators.md 3.5)."""

    BRUISE = "bruise"
    ABRASION = "abrasion"
    LACERATION = "laceration"
    INCISION = "incision"
    BURN = "burn"
    BITE = "bite"
    LINEAR_MARK = "linear-mark"
    SCAR = "scar"
    FRACTURE_SITE = "fracture-site"
    UNWANTED_TATTOO = "unwanted-tattoo"
    PAIN_WITHOUT_MARK = "pain-without-mark"


LONGEST_MARK_MM: Final = 2000


@dataclass(frozen=True, slots=True)
class BodyMark:
    """One numbered mark. `x` and `y` run from 0 to 1 over the figure of its view."""

    mark_id: str
    view: BodyView
    region: str
    """Code of the place on the body, for example `left-wrist`; words in the catalogue."""
    x: float
    y: float
    kind: MarkKind
    length_mm: int | None = None
    width_mm: int | None = None
    appearance: str = ""
    """Code of colour and age, for example `yellow-green`; empty when not described."""
    tender: bool = False
    photo_consented: bool = False
    own_words: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Raises Refusal(MARK_INVALID) for a place outside the figure or an impossible size."""
        sizes = (self.length_mm, self.width_mm)
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1) or any(
            size is not None and not 0 < size <= LONGEST_MARK_MM for size in sizes
        ):
            raise Refusal(RefusalCode.MARK_INVALID, longest=LONGEST_MARK_MM)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The clinician's own level, with one sentence; the suggestion is kept beside it."""

    level: ConcernLevel
    suggested: ConcernLevel
    sentence: str = field(repr=False)
    judged_by: AccountId
    judged_at: datetime
    second_reader: AccountId | None = None

    def __post_init__(self) -> None:
        """Raising is free; lowering needs a reason, and from strong a second reader.

        Raises Refusal(REASON_MISSING) or Refusal(SECOND_READER_MISSING).
        """
        self._require_reasons(self.suggested)

    def require_beside(self, earlier: "Iterable[Judgement]") -> None:
        """A level that a colleague set is lowered like a suggestion; one's own is corrected.

        Raises Refusal(REASON_MISSING) or Refusal(SECOND_READER_MISSING).
        """
        self._require_reasons(level_of_others(earlier, self.judged_by))

    def lowers(self, level: ConcernLevel) -> bool:
        """Whether it sets this level down as the rule asks."""
        return self.level < level and self._lacks(level) is None

    def answers_to(self, suggested: ConcernLevel) -> bool:
        """Whether this suggestion, or a stronger one, was seen when the level was set."""
        return max(self.level, self.suggested) >= suggested

    def _require_reasons(self, floor: ConcernLevel) -> None:
        lacking = self._lacks(floor)
        if lacking is not None:
            raise Refusal(lacking)

    def _lacks(self, floor: ConcernLevel) -> RefusalCode | None:
        """What the rule wants and is not there for a level under this one."""
        if self.level >= floor:
            return None
        if not self.sentence.strip():
            return RefusalCode.REASON_MISSING
        if floor is ConcernLevel.STRONG and self.second_reader in {None, self.judged_by}:
            return RefusalCode.SECOND_READER_MISSING
        return None


def level_of_others(made: Iterable[Judgement], person: AccountId) -> ConcernLevel:
    """The highest level that somebody else set, or what it was lowered to by the rule since.

    Taken over all that was judged, in order: who repeats a colleague's level does not make it
    her own, and one reason does not carry two steps down.
    """
    held: dict[AccountId, ConcernLevel] = {}
    for judgement in made:
        held = {
            who: judgement.level if judgement.lowers(level) else level
            for who, level in held.items()
        }
        held[judgement.judged_by] = judgement.level
    others = (level for who, level in held.items() if who != person)
    return max(others, default=ConcernLevel.NONE)


@dataclass(frozen=True, slots=True)
class ChildSteps:
    """What is done today for a patient under 18 or of doubtful age, in this order."""

    notified_at: datetime | None = None
    notified_body: str = field(default="", repr=False)
    notified_person_code: str = field(default="", repr=False)
    companion_involved: Involved | None = None
    """None until it was asked; that nobody knows is an answer."""
    told_at: datetime | None = None
    view_in_own_words: str = field(default="", repr=False)
    stays_with: str = field(default="", repr=False)
    handed_to: str = ""
    """Staff code of who takes over the steps that are open when the visit ends."""
    siblings_at_risk: bool = False
    second_staff_present: bool = False
    guardian_asked_for: bool = False

    @property
    def open_steps(self) -> tuple[int, ...]:
        """Numbers of the steps still to do, 1 to 5."""
        done = (
            self.notified_at is not None,
            self.companion_involved is not None,
            self.told_at is not None,
            bool(self.view_in_own_words),
            bool(self.stays_with),
        )
        return tuple(number for number, is_done in enumerate(done, 1) if not is_done)

    @property
    def copy_is_safe(self) -> bool:
        """A copy for the person who came along is made only when they are surely not involved."""
        return self.companion_involved is Involved.NO


@dataclass(frozen=True, slots=True)
class Screening:
    """A visit as it stands. It only grows: `with_...` gives the next state, nothing is edited."""

    screening_id: ScreeningId
    case_number: CaseNumber
    set_id: str
    set_version: str
    set_digest: str
    status: ScreeningStatus
    is_child: bool
    """Path taken: under 18 or doubtful age at the start of the visit, or since corrected."""
    started_at: datetime
    started_by: AccountId
    step: VisitStep = VisitStep.DETAILS
    visit_reason: str = field(default="", repr=False)
    companion: Companion = Companion.UNKNOWN
    companion_relation: str = field(default="", repr=False)
    interpreter: InterpreterMode = InterpreterMode.NOT_NEEDED
    interpreter_code: str = ""
    full_wording: bool = False
    answers: Mapping[IndicatorId, Answer] = field(default_factory=dict, repr=False)
    staff_concern: bool = False
    private_moment: PrivateMoment | None = None
    marks: tuple[BodyMark, ...] = field(default=(), repr=False)
    no_mark_seen: bool = False
    danger_answers: Mapping[DangerQuestion, DangerAnswer] = field(default_factory=dict, repr=False)
    danger: DangerLevel | None = None
    judgement: Judgement | None = None
    earlier_judgements: tuple[Judgement, ...] = field(default=(), repr=False)
    """What was judged before, the first at the start."""
    outcomes: frozenset[Outcome] = frozenset()
    not_possible_reason: NotPossibleReason | None = None
    offers: Mapping[Offer, OfferAnswer] = field(default_factory=dict, repr=False)
    return_visit_at: datetime | None = None
    return_reason: str = field(default="", repr=False)
    child_steps: ChildSteps = field(default_factory=ChildSteps, repr=False)
    drafts: Mapping[TypedAt, str] = field(default_factory=dict, repr=False)
    """What was typed and is not part of the visit yet (domain/drafts.py)."""
    finished_at: datetime | None = None

    @property
    def private_now(self) -> bool:
        return self.private_moment is not None and self.private_moment.open

    @property
    def closed(self) -> bool:
        return self.status in {ScreeningStatus.COMPLETED, ScreeningStatus.STOPPED}

    def with_answer(self, indicator_set: IndicatorSet, answer: Answer) -> Self:
        """The screening with this answer in place of an earlier one.

        Raises Refusal: SCREENING_CLOSED, INDICATOR_UNKNOWN, ANSWER_NOT_OFFERED,
        ITEM_DISABLED, or NOT_PRIVATE for anything asked before the private moment.
        """
        self.require_open()
        try:
            indicator = indicator_set.item(answer.link_id)
        except KeyError:
            raise Refusal(RefusalCode.INDICATOR_UNKNOWN) from None
        if answer.value not in indicator.answers:
            raise Refusal(RefusalCode.ANSWER_NOT_OFFERED)
        if not is_enabled(indicator_set, answer.link_id, self.answers, is_child=self.is_child):
            raise Refusal(RefusalCode.ITEM_DISABLED)
        if needs_privacy(indicator_set, answer.link_id) and not self.private_now:
            raise Refusal(RefusalCode.NOT_PRIVATE)
        asked = replace(answer, set_id=self.set_id, set_version=self.set_version)
        return replace(self, answers={**self.answers, answer.link_id: asked})

    def without_answer(self, link_id: IndicatorId) -> Self:
        self.require_open()
        return replace(self, answers={k: a for k, a in self.answers.items() if k != link_id})

    def with_private_moment(self, moment: PrivateMoment) -> Self:
        """Raises Refusal: NOT_PRIVATE, INTERPRETER_NOT_NEUTRAL or LIMITS_NOT_SAID."""
        self.require_open()
        if moment.alone is Alone.NO:
            raise Refusal(RefusalCode.NOT_PRIVATE)
        if (moment.alone is Alone.WITH_INTERPRETER) == (
            moment.interpreter is InterpreterMode.NOT_NEEDED
        ):
            raise Refusal(RefusalCode.INTERPRETER_NOT_NEUTRAL)
        if not moment.limits_said:
            raise Refusal(RefusalCode.LIMITS_NOT_SAID)
        return replace(self, private_moment=moment)

    def with_outcomes(
        self, outcomes: frozenset[Outcome], reason: NotPossibleReason | None = None
    ) -> Self:
        """What came of the visit; a stop has a why, which may be that nobody stated one."""
        self.require_open()
        why = (reason or NotPossibleReason.NOT_STATED) if outcomes & STOPPED else None
        return replace(self, outcomes=outcomes, not_possible_reason=why)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All that was judged, the one in force at the end."""
        return (*self.earlier_judgements, *((self.judgement,) if self.judgement else ()))

    def with_judgement(self, made: Judgement) -> Self:
        """Raises Refusal: SCREENING_CLOSED, REASON_MISSING or SECOND_READER_MISSING."""
        self.require_open()
        made.require_beside(self.judgements)
        return replace(self, judgement=made, earlier_judgements=self.judgements)

    def without_privacy(self, ended_at: datetime) -> Self:
        if self.private_moment is None or not self.private_moment.open:
            return self
        return replace(self, private_moment=replace(self.private_moment, ended_at=ended_at))

    def with_mark(self, mark: BodyMark) -> Self:
        """The mark in the place of one with the same identifier, or after the last."""
        self.require_open()
        if any(known.mark_id == mark.mark_id for known in self.marks):
            marks = tuple(mark if m.mark_id == mark.mark_id else m for m in self.marks)
        else:
            marks = (*self.marks, mark)
        return replace(self, marks=marks, no_mark_seen=False)

    def without_mark(self, mark_id: str) -> Self:
        self.require_open()
        return replace(self, marks=tuple(m for m in self.marks if m.mark_id != mark_id))

    def require_open(self) -> None:
        """Raises Refusal(SCREENING_CLOSED)."""
        if self.closed:
            raise Refusal(RefusalCode.SCREENING_CLOSED)


def needs_privacy(indicator_set: IndicatorSet, link_id: IndicatorId) -> bool:
    """Whatever is asked waits behind the privacy step."""
    indicator = indicator_set.item(link_id)
    return indicator.part is VisitPart.QUESTIONS or indicator.learned_by is LearnedBy.ASKED


def is_enabled(
    indicator_set: IndicatorSet,
    link_id: IndicatorId,
    answers: Mapping[IndicatorId, Answer],
    *,
    is_child: bool,
) -> bool:
    """Whether an item is open: it fits the age, and a condition holds through the whole chain."""
    seen: set[IndicatorId] = set()

    def holds(current: IndicatorId) -> bool:
        if current in seen:
            return False
        seen.add(current)
        try:
            indicator = indicator_set.item(current)
        except KeyError:
            return False
        if not indicator.fits_age(is_child=is_child):
            return False
        return not indicator.enable_when or any(
            condition.question in answers
            and answers[condition.question].value is condition.answer
            and holds(condition.question)
            for condition in indicator.enable_when
        )

    return holds(link_id)


def effective_answers(
    indicator_set: IndicatorSet, answers: Mapping[IndicatorId, Answer], *, is_child: bool
) -> dict[IndicatorId, Answer]:
    """Answers on items that are open now; what is hidden has no value anywhere."""
    return {
        link_id: answer
        for link_id, answer in answers.items()
        if is_enabled(indicator_set, link_id, answers, is_child=is_child)
    }


def next_question(
    indicator_set: IndicatorSet,
    answers: Mapping[IndicatorId, Answer],
    *,
    is_child: bool,
    core: int = 3,
) -> IndicatorId | None:
    """The next private question, or None when enough was asked.

    Skip logic (indicators.md section 2): when the first `core` questions were all answered
    without a worrying answer, nothing more needs to be asked; the rest stays open by choice.
    """
    questions = [
        item
        for item in indicator_set.part(VisitPart.QUESTIONS, is_child=is_child)
        if item.role is ItemRole.QUESTION
        and is_enabled(indicator_set, item.link_id, answers, is_child=is_child)
    ]
    first = questions[:core]
    if len(first) == core and all(
        item.link_id in answers
        and answers[item.link_id].value in {AnswerValue.YES, AnswerValue.NO}
        and answers[item.link_id].value is not item.concern_when
        for item in first
    ):
        return None
    return next((item.link_id for item in questions if item.link_id not in answers), None)
