# SPDX-License-Identifier: GPL-3.0-or-later
"""Words about the visit: what is asked, seen, marked, judged and offered."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pact_desktop.domain.concern import ConcernLevel, NotCounted, RuleLine
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    Element,
    ItemRole,
    LearnedBy,
    Strength,
    StrengthBasis,
    VisitPart,
)
from pact_desktop.domain.screening import (
    Alone,
    BodyView,
    Companion,
    InterpreterMode,
    Involved,
    MarkKind,
    NotPossibleReason,
    Offer,
    OfferAnswer,
    Outcome,
    ScreeningStatus,
    VisitStep,
)
from pact_desktop.i18n.messages import Message, msg, pmsg

SHORT_ANSWERS: Final[Mapping[AnswerValue, Message]] = {
    # Translators: short answers to an observation, for a screen that others may read.
    AnswerValue.YES: pmsg("short answer", "Noted"),
    AnswerValue.NO: pmsg("short answer", "Not noted"),
    AnswerValue.NOT_SEEN: pmsg("short answer", "Not seen"),
}

VISIT: Final[Mapping[type[Enum], Mapping[Enum, Message]]] = {
    AnswerValue: {
        # Translators: answers to an observation or a question.
        AnswerValue.YES: pmsg("answer", "Yes"),
        AnswerValue.NO: pmsg("answer", "No"),
        AnswerValue.NOT_SEEN: pmsg("answer", "Not seen"),
        AnswerValue.DOES_NOT_KNOW: pmsg("answer", "Does not know"),
        AnswerValue.PREFERS_NOT_TO_SAY: pmsg("answer", "Prefers not to say"),
        AnswerValue.NOT_ASKED: pmsg("answer", "Not asked"),
    },
    ScreeningStatus: {
        # Translators: state of a visit.
        ScreeningStatus.IN_PROGRESS: pmsg("visit", "In progress"),
        ScreeningStatus.PAUSED: pmsg("visit", "Paused"),
        ScreeningStatus.COMPLETED: pmsg("visit", "Completed"),
        ScreeningStatus.STOPPED: pmsg("visit", "Stopped"),
    },
    VisitStep: {
        # Translators: the seven steps of a visit; anyone in the room may read these names.
        VisitStep.DETAILS: pmsg("step", "Details"),
        VisitStep.OBSERVATIONS: pmsg("step", "Observations"),
        VisitStep.IN_PRIVATE: pmsg("step", "In private"),
        VisitStep.QUESTIONS: pmsg("step", "Questions"),
        VisitStep.BODY_MAP: pmsg("step", "Body map"),
        VisitStep.SUMMARY: pmsg("step", "Summary"),
        VisitStep.NEXT_STEPS: pmsg("step", "Next steps"),
    },
    Companion: {
        # Translators: did somebody come with the patient?
        Companion.NONE: pmsg("companion", "Came alone"),
        Companion.PRESENT: pmsg("companion", "Came with someone"),
        Companion.UNKNOWN: pmsg("companion", "Not known"),
    },
    InterpreterMode: {
        InterpreterMode.NOT_NEEDED: pmsg("interpreter", "Not needed"),
        InterpreterMode.BY_PHONE: pmsg("interpreter", "By phone"),
        InterpreterMode.IN_ROOM: pmsg("interpreter", "In the room"),
    },
    Alone: {
        # Translators: answers to "Is the patient alone with staff now?".
        Alone.YES: pmsg("alone", "Yes, alone"),
        Alone.WITH_INTERPRETER: pmsg("alone", "Yes, with an interpreter from outside"),
        Alone.NO: pmsg("alone", "No"),
    },
    VisitPart: {
        VisitPart.OBSERVATIONS: pmsg("part of the visit", "Observations"),
        VisitPart.QUESTIONS: pmsg("part of the visit", "Questions"),
        VisitPart.FINDINGS: pmsg("part of the visit", "Findings"),
    },
    LearnedBy: {
        # Translators: how staff came to know something.
        LearnedBy.REGISTRATION: pmsg("learned", "At registration"),
        LearnedBy.OBSERVED: pmsg("learned", "Observed"),
        LearnedBy.CLINICAL: pmsg("learned", "On examination"),
        LearnedBy.HISTORY: pmsg("learned", "From the history"),
        LearnedBy.ASKED: pmsg("learned", "Said by the patient"),
    },
    ItemRole: {
        # Translators: what an item of a question set is for.
        ItemRole.INDICATOR: pmsg("item", "Sign"),
        ItemRole.QUESTION: pmsg("item", "Private question"),
        ItemRole.DISCLOSURE: pmsg("item", "The patient speaks of it"),
        ItemRole.PROTECTIVE: pmsg("item", "Reassuring information"),
    },
    Strength: {
        # Translators: how much a sign counts.
        Strength.STRONG: pmsg("strength", "Strong"),
        Strength.MEDIUM: pmsg("strength", "Medium"),
        Strength.WEAK: pmsg("strength", "Weak"),
    },
    StrengthBasis: {
        # Translators: where the strength of a sign comes from.
        StrengthBasis.ILO: msg("Published by the International Labour Organization"),
        StrengthBasis.VALIDATED: msg("Tested in a study"),
        StrengthBasis.GUIDANCE: msg("From published guidance"),
        StrengthBasis.PROPOSAL: msg("Proposal, not yet agreed by a panel"),
    },
    Element: {
        # Translators: the three parts of the definition in the Palermo Protocol, Article 3.
        Element.ACT: pmsg("element", "Act"),
        Element.MEANS: pmsg("element", "Means"),
        Element.EXPLOITATION: pmsg("element", "Purpose"),
    },
    AgeGroup: {
        AgeGroup.ADULT: pmsg("age group", "Adults"),
        AgeGroup.CHILD: pmsg("age group", "Under 18"),
        AgeGroup.BOTH: pmsg("age group", "All ages"),
    },
    BodyView: {
        # Translators: sides of the figure on the body map.
        BodyView.FRONT: pmsg("body view", "Front"),
        BodyView.BACK: pmsg("body view", "Back"),
        BodyView.LEFT: pmsg("body view", "Left side"),
        BodyView.RIGHT: pmsg("body view", "Right side"),
        BodyView.HEAD: pmsg("body view", "Head"),
        BodyView.HANDS: pmsg("body view", "Hands"),
        BodyView.FEET: pmsg("body view", "Feet"),
    },
    MarkKind: {
        # Translators: kinds of clinical finding on the body map.
        MarkKind.BRUISE: pmsg("finding", "Bruise"),
        MarkKind.ABRASION: pmsg("finding", "Abrasion"),
        MarkKind.LACERATION: pmsg("finding", "Laceration"),
        MarkKind.INCISION: pmsg("finding", "Incised wound"),
        MarkKind.BURN: pmsg("finding", "Burn"),
        MarkKind.BITE: pmsg("finding", "Bite mark"),
        MarkKind.LINEAR_MARK: pmsg("finding", "Linear mark"),
        MarkKind.SCAR: pmsg("finding", "Scar"),
        MarkKind.FRACTURE_SITE: pmsg("finding", "Fracture site"),
        MarkKind.UNWANTED_TATTOO: pmsg("finding", "Tattoo the patient did not want"),
        MarkKind.PAIN_WITHOUT_MARK: pmsg("finding", "Pain without a mark"),
    },
    ConcernLevel: {
        # Translators: levels of concern, from the lowest; a person decides, never a number.
        ConcernLevel.NONE: msg("No particular concern"),
        ConcernLevel.SOME: msg("Some concern"),
        ConcernLevel.REASONABLE: msg("Reasonable grounds for concern"),
        ConcernLevel.STRONG: msg("Strong concern"),
    },
    RuleLine: {
        # Translators: why a level of concern is suggested.
        RuleLine.DISCLOSED: msg("The patient speaks of it."),
        RuleLine.COUNT_AND_ELEMENTS: msg(
            "Several signs that add up, and they cover each part of the definition."
        ),
        RuleLine.COUNT: msg("Several signs that add up."),
        RuleLine.SOME_SIGNS: msg("There are some signs."),
        RuleLine.WORRYING_ANSWER: msg("An answer gives reason to ask further."),
        RuleLine.STAFF_CONCERN: msg("Staff are concerned."),
        RuleLine.ONE_WEAK_SIGN: msg("One weak sign alone."),
        RuleLine.NOTHING: msg("Nothing was noted."),
    },
    NotCounted: {
        # Translators: why a sign that was marked does not count.
        NotCounted.EXPLAINED: msg("Not counted: there is an ordinary explanation."),
        NotCounted.PROTECTIVE: msg("Not counted: other information speaks against it."),
    },
    DangerLevel: {
        # Translators: levels of danger to the patient, decided by a person.
        DangerLevel.NONE: msg("No danger known"),
        DangerLevel.POSSIBLE: msg("Possible danger"),
        DangerLevel.IMMEDIATE: msg("Immediate danger"),
    },
    DangerQuestion: {
        # Translators: questions that staff answer in private.
        DangerQuestion.FEARED_PERSON_NEAR: msg("Is someone the patient fears nearby?"),
        DangerQuestion.HARM_IF_NOT_BACK: msg(
            "Will someone be harmed if the patient does not go back today?"
        ),
        DangerQuestion.OTHERS_AT_RISK: msg("Are children or other people at risk now?"),
        DangerQuestion.ACUTE: msg(
            "Is there strangulation, a weapon, thoughts of suicide, captivity or an illness "
            "that threatens life?"
        ),
    },
    DangerAnswer: {
        DangerAnswer.YES: pmsg("danger", "Yes"),
        DangerAnswer.NO: pmsg("danger", "No"),
        DangerAnswer.NOT_KNOWN: pmsg("danger", "Not known"),
    },
    Outcome: {
        # Translators: what came of the visit; each is a full result.
        Outcome.NO_PRIVATE_MOMENT: msg("No private moment was possible"),
        Outcome.NOT_POSSIBLE: msg("Not possible today"),
        Outcome.DECLINED: msg("Patient declined"),
        Outcome.INFORMATION_ONLY: msg("Information given"),
        Outcome.COME_BACK: msg("Comes back for treatment"),
        Outcome.OTHER_VIOLENCE: msg("Another form of violence: usual care"),
        Outcome.URGENT_DANGER: msg("Urgent help was called"),
        Outcome.REFERRED: msg("Referral for support"),
    },
    NotPossibleReason: {
        # Translators: why it was not possible today, or why a question was not asked.
        NotPossibleReason.NOT_STATED: pmsg("reason", "Reason not stated"),
        NotPossibleReason.COMPANION_STAYED: msg("The person who came along stayed"),
        NotPossibleReason.NO_INTERPRETER: msg("No interpreter"),
        NotPossibleReason.TOO_ILL: msg("The patient is too ill"),
        NotPossibleReason.INTOXICATED: msg("Under the influence of alcohol or another substance"),
        NotPossibleReason.PATIENT_LEFT: msg("The patient left"),
        NotPossibleReason.NO_TIME: msg("No time"),
        NotPossibleReason.NO_ROOM: msg("No room where one can speak in private"),
        NotPossibleReason.OTHER: pmsg("reason", "Another reason"),
    },
    Offer: {
        # Translators: what staff can offer to the patient.
        Offer.TREATMENT_AND_RETURN: msg("Treatment and a return visit"),
        Offer.INFORMATION_CARD: msg("A small card with information"),
        Offer.CALL_NOW: msg("A call from here, now"),
        Offer.CONTACT_PERSON: msg("A talk with the contact person"),
        Offer.REFERRAL: msg("A referral for support"),
    },
    OfferAnswer: {
        # Translators: what the patient answered to an offer.
        OfferAnswer.ACCEPTED: pmsg("offer", "Accepted"),
        OfferAnswer.DECLINED: pmsg("offer", "Declined"),
        OfferAnswer.NOT_OFFERED: pmsg("offer", "Not offered"),
    },
    Involved: {
        # Translators: answers to "Could the person who came along be involved?".
        Involved.YES: pmsg("involved", "Yes"),
        Involved.NO: pmsg("involved", "No"),
        Involved.UNKNOWN: pmsg("involved", "Not known"),
    },
}
