# SPDX-License-Identifier: GPL-3.0-or-later
"""Words about consent, the referral form and the way back from the service."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pact_desktop.domain.consent import (
    Capacity,
    ConsentDecision,
    ConsentForm,
    ConsentItem,
    LegalBasis,
    PatientCopy,
)
from pact_desktop.domain.referral import (
    Caregiving,
    Channel,
    DeclineReason,
    FormKind,
    ImmediateRisk,
    OutcomeCode,
    Priority,
    ReferralStatus,
    SupportKind,
    YesNoUnknown,
)
from pact_desktop.i18n.messages import Message, msg, pmsg

REFERRAL: Final[Mapping[type[Enum], Mapping[Enum, Message]]] = {
    ConsentDecision: {
        # Translators: the patient's decision about one recipient.
        ConsentDecision.NOT_ASKED: pmsg("consent", "Not asked yet"),
        ConsentDecision.GIVEN: pmsg("consent", "Agrees"),
        ConsentDecision.REFUSED: pmsg("consent", "Does not agree"),
        ConsentDecision.WITHDRAWN: pmsg("consent", "No longer agrees"),
    },
    ConsentItem: {
        # Translators: what the patient agrees to pass on, one by one.
        ConsentItem.AGE_AND_SEX: pmsg("pass on", "Age and sex"),
        ConsentItem.LANGUAGE: pmsg("pass on", "Language"),
        ConsentItem.SUPPORT_WANTED: pmsg("pass on", "Support wanted"),
        ConsentItem.NAME: pmsg("pass on", "Name"),
        ConsentItem.CITIZENSHIP: pmsg("pass on", "Citizenship"),
        ConsentItem.PAPERS: pmsg("pass on", "Identity papers"),
        ConsentItem.SAFE_CONTACT: pmsg("pass on", "How to reach the patient safely"),
        ConsentItem.LOCATION: pmsg("pass on", "Where the patient is"),
        ConsentItem.SIGNS: pmsg("pass on", "What staff observed"),
        ConsentItem.OWN_WORDS: pmsg("pass on", "The patient's own words"),
        ConsentItem.EXPLOITATION_TYPE: pmsg("pass on", "What kind of situation it may be"),
        ConsentItem.DONE_HERE: pmsg("pass on", "What was done here"),
        ConsentItem.HEALTH_SUMMARY: pmsg("pass on", "Health summary"),
    },
    ConsentForm: {
        # Translators: how the patient agreed.
        ConsentForm.SIGNATURE: pmsg("form of consent", "Signature"),
        ConsentForm.MARK: pmsg("form of consent", "Mark instead of a signature"),
        ConsentForm.SPOKEN: pmsg("form of consent", "Spoken, with a witness"),
        ConsentForm.REFUSED_TO_SIGN: pmsg("form of consent", "Agrees but prefers not to sign"),
    },
    Capacity: {
        # Translators: can the patient decide about this now?
        Capacity.CLEAR: pmsg("able to decide", "Able to decide"),
        Capacity.ASK_AGAIN: pmsg("able to decide", "Not now; ask again later"),
        Capacity.LACKING: pmsg("able to decide", "Not able to decide"),
    },
    PatientCopy: {
        # Translators: what happens to the patient's own copy.
        PatientCopy.NOT_SAFE: pmsg("copy", "No copy: not safe to carry"),
        PatientCopy.GIVEN: pmsg("copy", "Copy given to the patient"),
        PatientCopy.KEPT_HERE: pmsg("copy", "Copy kept here for the patient"),
    },
    LegalBasis: {
        # Translators: what allows the facility to pass something on.
        LegalBasis.CONSENT: pmsg("legal basis", "Consent of the patient"),
        LegalBasis.CHILD_PROTECTION: pmsg("legal basis", "Child protection"),
        LegalBasis.DANGER_TO_LIFE: pmsg("legal basis", "Danger to life"),
    },
    Priority: {
        # Translators: how soon the service should answer.
        Priority.EMERGENCY: pmsg("priority", "Emergency: within 24 hours"),
        Priority.URGENT: pmsg("priority", "Urgent: within 72 hours"),
        Priority.ROUTINE: pmsg("priority", "Routine: within 14 days"),
    },
    FormKind: {
        FormKind.MINIMUM: pmsg("form", "Smallest form"),
        FormKind.FULL: pmsg("form", "Full form"),
    },
    Channel: {
        # Translators: how the paper leaves the facility.
        Channel.BY_HAND: pmsg("channel", "By hand"),
        Channel.BY_PHONE: pmsg("channel", "By phone"),
        Channel.SEALED_MAIL: pmsg("channel", "In a sealed envelope"),
    },
    ReferralStatus: {
        # Translators: state of a referral.
        ReferralStatus.DRAFT: pmsg("referral", "Draft"),
        ReferralStatus.READY: pmsg("referral", "Ready"),
        ReferralStatus.SENT: pmsg("referral", "Sent"),
        ReferralStatus.RECEIVED: pmsg("referral", "Received"),
        ReferralStatus.ACCEPTED: pmsg("referral", "Accepted"),
        ReferralStatus.DECLINED: pmsg("referral", "Not accepted"),
        ReferralStatus.IN_PROGRESS: pmsg("referral", "In progress"),
        ReferralStatus.OUTCOME: pmsg("referral", "Answered"),
        ReferralStatus.REDIRECTED: pmsg("referral", "Sent on to another service"),
        ReferralStatus.WITHDRAWN: pmsg("referral", "Withdrawn"),
        ReferralStatus.ENTERED_IN_ERROR: pmsg("referral", "Entered in error"),
    },
    SupportKind: {
        # Translators: kinds of support that are asked for; stands on paper.
        SupportKind.SAFE_ACCOMMODATION: pmsg("support", "Safe accommodation"),
        SupportKind.HEALTH: pmsg("support", "Health care"),
        SupportKind.MENTAL_HEALTH: pmsg("support", "Mental health care"),
        SupportKind.LEGAL: pmsg("support", "Legal help"),
        SupportKind.CHILD_PROTECTION: pmsg("support", "Child protection"),
        SupportKind.INTERPRETATION: pmsg("support", "Interpretation"),
        SupportKind.BASIC_NEEDS: pmsg("support", "Food, clothes and other basic needs"),
        SupportKind.DOCUMENTS: pmsg("support", "Help with papers"),
        SupportKind.SAFE_RETURN: pmsg("support", "Safe return"),
        SupportKind.OTHER: pmsg("support", "Other support"),
    },
    ImmediateRisk: {
        # Translators: what the receiving service must know at once; stands on paper.
        ImmediateRisk.DANGER_NOW: pmsg("risk", "Danger now"),
        ImmediateRisk.RETALIATION: pmsg("risk", "Fear of retaliation"),
        ImmediateRisk.SELF_HARM: pmsg("risk", "Self-harm"),
        ImmediateRisk.INFECTION: pmsg("risk", "Infection"),
        ImmediateRisk.PREGNANCY: pmsg("risk", "Pregnancy"),
        ImmediateRisk.WITHDRAWAL: pmsg("risk", "Withdrawal from a substance"),
        ImmediateRisk.CHILD_IN_DANGER: pmsg("risk", "A child is in danger"),
    },
    Caregiving: {
        # Translators: who looks after a person under 18.
        Caregiving.UNACCOMPANIED: pmsg("care of the child", "Alone, without any adult"),
        Caregiving.SEPARATED: pmsg("care of the child", "Separated from parents or guardian"),
        Caregiving.WITH_CAREGIVER: pmsg("care of the child", "With a caregiver"),
        Caregiving.NOT_KNOWN: pmsg("care of the child", "Not known"),
    },
    YesNoUnknown: {
        YesNoUnknown.YES: pmsg("yes or no", "Yes"),
        YesNoUnknown.NO: pmsg("yes or no", "No"),
        YesNoUnknown.NOT_KNOWN: pmsg("yes or no", "Not known"),
    },
    DeclineReason: {
        # Translators: why a service could not accept; stands on the slip that comes back.
        DeclineReason.FULL: pmsg("not accepted", "No places left"),
        DeclineReason.NOT_OUR_MANDATE: pmsg("not accepted", "Not our task"),
        DeclineReason.WRONG_AREA: pmsg("not accepted", "Outside our area"),
        DeclineReason.NOT_ELIGIBLE: pmsg("not accepted", "Age or sex we do not serve"),
        DeclineReason.SAFETY_CONFLICT: pmsg("not accepted", "Not safe here"),
        DeclineReason.NO_INTERPRETER: pmsg("not accepted", "No interpreter"),
        DeclineReason.PERSON_DECLINED: pmsg("not accepted", "The person did not wish it"),
        DeclineReason.OTHER: pmsg("not accepted", "Another reason"),
    },
    OutcomeCode: {
        # Translators: what came of a referral; stands on the slip that comes back.
        OutcomeCode.CONTACT_MADE: msg("Contact made"),
        OutcomeCode.SERVICE_STARTED: msg("Service started"),
        OutcomeCode.SAFE_ACCOMMODATION: msg("Safe accommodation found"),
        OutcomeCode.ASSESSMENT_STARTED: msg("Assessment started"),
        OutcomeCode.STATUS_GRANTED: msg("Status granted"),
        OutcomeCode.STATUS_NOT_GRANTED: msg("Status not granted"),
        OutcomeCode.RETURNED_SAFELY: msg("Returned safely"),
        OutcomeCode.REFERRED_ON: msg("Referred on"),
        OutcomeCode.PERSON_DECLINED: msg("The person did not wish it"),
        OutcomeCode.NOT_REACHED: msg("Could not be reached"),
        OutcomeCode.MOVED_AWAY: msg("Moved away"),
        OutcomeCode.CLOSED_OTHER: msg("Closed for another reason"),
    },
}
