# SPDX-License-Identifier: GPL-3.0-or-later
"""What was typed in a visit and is not part of it yet: it waits, and is shown where it was typed.

Words wait when nothing can carry them yet (no answer, no level, no kind of mark) or when they are
too long for their field. They are no answer, are never counted and never printed.
"""

from collections.abc import Mapping
from dataclasses import replace

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.screening import Screening, VisitStep
from pact_desktop.domain.text import DRAFT_LIMIT, TypedAt, TypedField, tidy


def with_draft(screening: Screening, at: TypedAt, words: str) -> Screening:
    """The visit with these words waiting at a field; with none, nothing waits there.

    Raises Refusal: SCREENING_CLOSED, TEXT_TOO_LONG.
    """
    if at.field is not TypedField.FORM_TEXT:
        screening.require_open()
    kept = tidy(words, lines=True)
    if len(kept) > DRAFT_LIMIT:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, field=at.code, limit=DRAFT_LIMIT, length=len(kept))
    rest = {known: waiting for known, waiting in screening.drafts.items() if known != at}
    return replace(screening, drafts={**rest, at: kept} if kept else rest)


def settled(before: Screening, after: Screening) -> Screening:
    """The next state without the words that its fields have taken up since."""

    def waits(at: TypedAt, words: str) -> bool:
        was, now = stored_words(before, at) or "", stored_words(after, at) or ""
        return words != now and (was == now or before.drafts.get(at) != words)

    waiting = {at: words for at, words in after.drafts.items() if waits(at, words)}
    return after if len(waiting) == len(after.drafts) else replace(after, drafts=waiting)


def without_answer(screening: Screening, link_id: IndicatorId) -> Screening:
    """The item stands unanswered again; what the patient said about it waits for the next answer.

    Raises Refusal(SCREENING_CLOSED).
    """
    after = screening.without_answer(link_id)
    for field in (TypedField.OWN_WORDS, TypedField.NOT_ASKED_REASON):
        at = TypedAt(field, link_id)
        words = shown_words(screening, at)
        if words:
            after = with_draft(after, at, words)
    return after


def shown_words(screening: Screening, at: TypedAt) -> str:
    """What stands in a field: what waits there, else what is part of the visit."""
    return screening.drafts.get(at, stored_words(screening, at) or "")


def stored_words(screening: Screening, at: TypedAt) -> str | None:
    """The text of a field as part of the visit; None where nothing can carry it yet."""
    if at.field in _OF_ANSWERS:
        answer = screening.answers.get(IndicatorId(at.item))
        return None if answer is None else str(getattr(answer, _OF_ANSWERS[at.field]))
    if at.field is TypedField.MARK:
        return next((m.own_words for m in screening.marks if m.mark_id == at.item), None)
    if at.field is TypedField.JUDGEMENT:
        return None if screening.judgement is None else screening.judgement.sentence
    if at.field is TypedField.PRIVATE_INTERPRETER_CODE:
        moment = screening.private_moment
        return moment.interpreter_code if moment is not None and moment.open else None
    if at.field in _OF_CHILD_STEPS:
        return str(getattr(screening.child_steps, _OF_CHILD_STEPS[at.field]))
    name = _OF_VISIT.get(at.field)
    return None if name is None else str(getattr(screening, name))


STEP_OF_FIELD: Mapping[TypedField, VisitStep] = {
    TypedField.VISIT_REASON: VisitStep.DETAILS,
    TypedField.COMPANION_RELATION: VisitStep.DETAILS,
    TypedField.INTERPRETER_CODE: VisitStep.DETAILS,
    TypedField.PRIVATE_INTERPRETER_CODE: VisitStep.IN_PRIVATE,
    TypedField.NOT_POSSIBLE_RETURN_REASON: VisitStep.IN_PRIVATE,
    TypedField.OTHER_EXPLANATION: VisitStep.OBSERVATIONS,
    TypedField.OWN_WORDS: VisitStep.QUESTIONS,
    TypedField.NOT_ASKED_REASON: VisitStep.QUESTIONS,
    TypedField.MARK: VisitStep.BODY_MAP,
    TypedField.JUDGEMENT: VisitStep.SUMMARY,
    TypedField.RETURN_REASON: VisitStep.NEXT_STEPS,
    TypedField.CHILD_VIEW: VisitStep.NEXT_STEPS,
    TypedField.NOTIFIED_BODY: VisitStep.NEXT_STEPS,
    TypedField.NOTIFIED_PERSON_CODE: VisitStep.NEXT_STEPS,
    TypedField.FORM_TEXT: VisitStep.NEXT_STEPS,
}
"""Where each text is typed."""
_OF_ANSWERS: Mapping[TypedField, str] = {
    TypedField.OTHER_EXPLANATION: "other_explanation",
    TypedField.OWN_WORDS: "own_words",
    TypedField.NOT_ASKED_REASON: "not_asked_reason",
}
_OF_CHILD_STEPS: Mapping[TypedField, str] = {
    TypedField.CHILD_VIEW: "view_in_own_words",
    TypedField.NOTIFIED_BODY: "notified_body",
    TypedField.NOTIFIED_PERSON_CODE: "notified_person_code",
}
_OF_VISIT: Mapping[TypedField, str] = {
    TypedField.VISIT_REASON: "visit_reason",
    TypedField.COMPANION_RELATION: "companion_relation",
    TypedField.INTERPRETER_CODE: "interpreter_code",
    TypedField.RETURN_REASON: "return_reason",
    TypedField.NOT_POSSIBLE_RETURN_REASON: "return_reason",
}
