# SPDX-License-Identifier: GPL-3.0-or-later
"""Words about patients, staff, the facility and the services it works with."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pact_desktop.domain.accounts import Compartment, Permission, Role
from pact_desktop.domain.facility import ContactRole, EntryAge, Reader, ServiceKind
from pact_desktop.domain.patient import (
    AdministrativeGender,
    AgeBand,
    BirthDateKind,
    MayBeChild,
    SafeContactMode,
    SimilarReason,
)
from pact_desktop.domain.sealing import EmergencyReason
from pact_desktop.i18n.messages import Message, msg, pmsg
from pact_desktop.terms.codes import SIMILAR_REASONS

PEOPLE: Final[Mapping[type[Enum], Mapping[Enum, Message]]] = {
    AdministrativeGender: {
        # Translators: sex or gender of the patient, as a heading would name it.
        AdministrativeGender.FEMALE: pmsg("gender", "Female"),
        AdministrativeGender.MALE: pmsg("gender", "Male"),
        AdministrativeGender.OTHER: pmsg("gender", "Other"),
        AdministrativeGender.UNKNOWN: pmsg("gender", "Not recorded"),
    },
    BirthDateKind: {
        # Translators: how well the birth date is known.
        BirthDateKind.EXACT: pmsg("birth date", "Known date"),
        BirthDateKind.ESTIMATED: pmsg("birth date", "About this age"),
        BirthDateKind.UNKNOWN: pmsg("birth date", "Not known"),
    },
    MayBeChild: {
        # Translators: answers to "Could the person be under 18?".
        MayBeChild.YES: pmsg("may be under 18", "Yes"),
        MayBeChild.NOT_SURE: pmsg("may be under 18", "Not sure"),
        MayBeChild.NO: pmsg("may be under 18", "No"),
    },
    AgeBand: {
        # Translators: bands of age on the form, in whole years.
        AgeBand.UNDER_12: pmsg("age", "0 to 11 years"),
        AgeBand.FROM_12: pmsg("age", "12 to 15 years"),
        AgeBand.FROM_16: pmsg("age", "16 to 17 years"),
        AgeBand.AROUND_18: pmsg("age", "16 to 24 years"),
        AgeBand.FROM_18: pmsg("age", "18 to 24 years"),
        AgeBand.FROM_25: pmsg("age", "25 to 39 years"),
        AgeBand.FROM_40: pmsg("age", "40 to 59 years"),
        AgeBand.FROM_60: pmsg("age", "60 years and over"),
        AgeBand.UNKNOWN: pmsg("age", "Age not known"),
    },
    SafeContactMode: {
        # Translators: how the patient may be reached without danger.
        SafeContactMode.NOT_ASKED: pmsg("safe contact", "Not asked yet"),
        SafeContactMode.NEVER: pmsg("safe contact", "Do not contact"),
        SafeContactMode.APPOINTMENT_ONLY: pmsg("safe contact", "Only at the next appointment"),
        SafeContactMode.CALL: pmsg("safe contact", "Call this number"),
        SafeContactMode.TEXT_MESSAGE: pmsg("safe contact", "Send a text message"),
        SafeContactMode.OTHER_PERSON: pmsg("safe contact", "Through another person"),
    },
    Role: {
        # Translators: role of a member of staff.
        Role.NURSE: pmsg("role", "Nurse"),
        Role.DOCTOR: pmsg("role", "Doctor"),
        Role.MANAGER: pmsg("role", "Manager"),
        Role.IT_ADMINISTRATOR: pmsg("role", "IT administrator"),
    },
    Compartment: {
        # Translators: parts of the records that are locked one by one.
        Compartment.CONFIG: pmsg("part of the records", "Facility and accounts"),
        Compartment.IDENTITY: pmsg("part of the records", "Names of patients"),
        Compartment.CASES: pmsg("part of the records", "Visits and referrals"),
        Compartment.AUDIT: pmsg("part of the records", "Activity log"),
    },
    EmergencyReason: {
        # Translators: why a closed record was opened at once; neutral words.
        EmergencyReason.UNCONSCIOUS: pmsg("emergency", "The person cannot speak"),
        EmergencyReason.IMMEDIATE_CARE: pmsg("emergency", "Care that cannot wait"),
        EmergencyReason.CONTACT: pmsg("emergency", "Somebody has to be reached"),
        EmergencyReason.OTHER: pmsg("emergency", "Another reason"),
    },
    Permission: {
        # Translators: what a role may do in the program.
        Permission.REGISTER_PATIENT: pmsg("may", "Register patients"),
        Permission.SCREEN: pmsg("may", "Carry out an intake"),
        Permission.REFER: pmsg("may", "Write referrals"),
        Permission.FOLLOW_UP: pmsg("may", "Follow up referrals"),
        Permission.CONFIRM_DIRECTORY: pmsg("may", "Confirm services"),
        Permission.MANAGE_FACILITY: pmsg("may", "Change facility details"),
        Permission.MANAGE_ACCOUNTS: pmsg("may", "Manage accounts"),
        Permission.READ_AUDIT: pmsg("may", "Read the activity log"),
        Permission.INSTALL_CONTENT: pmsg("may", "Install question sets"),
        Permission.BACK_UP: pmsg("may", "Make and test backups"),
        Permission.CLOSE_RECORD: pmsg("may", "Close records to all but named staff"),
        Permission.OPEN_IN_EMERGENCY: pmsg("may", "Open a closed record in an emergency"),
        Permission.READ_EMERGENCIES: pmsg("may", "Read what was opened in emergencies"),
    },
    ServiceKind: {
        # Translators: kinds of service in the directory of the facility.
        ServiceKind.COORDINATOR: pmsg("service", "Coordinator"),
        ServiceKind.IDENTIFYING_BODY: pmsg("service", "Competent authority"),
        ServiceKind.SHELTER: pmsg("service", "Safe accommodation"),
        ServiceKind.COUNSELLING: pmsg("service", "Counselling"),
        ServiceKind.SUPPORT_LINE: pmsg("service", "Support line"),
        ServiceKind.HEALTH: pmsg("service", "Specialist health service"),
        ServiceKind.SOCIAL_WORK: pmsg("service", "Centre for social work"),
        ServiceKind.CHILD_LINE: pmsg("service", "Support line for children"),
        ServiceKind.LEGAL_AID: pmsg("service", "Legal aid"),
        ServiceKind.POLICE: pmsg("service", "Police"),
        ServiceKind.EMERGENCY: pmsg("service", "Emergency number"),
    },
    ContactRole: {
        # Translators: whom to call when help is urgent, beside the telephone number.
        ContactRole.SECURITY: pmsg("urgent call", "Security"),
        ContactRole.EMERGENCY: pmsg("urgent call", "Emergency number"),
        ContactRole.FOCAL_PERSON: pmsg("urgent call", "Contact person"),
        ContactRole.DEPUTY: pmsg("urgent call", "Deputy"),
        ContactRole.SOCIAL_WORK: pmsg("urgent call", "Centre for social work"),
        ContactRole.CHILD_LINE: pmsg("urgent call", "Support line for children"),
        ContactRole.POLICE: pmsg("urgent call", "Police"),
        ContactRole.SUPPORT_LINE: pmsg("urgent call", "Support line"),
        ContactRole.COORDINATOR: pmsg("urgent call", "Coordinator"),
    },
    SimilarReason: {reason: SIMILAR_REASONS[reason.value] for reason in SimilarReason},
    Reader: {
        # Translators: who reads a line of the referral form.
        Reader.AUTHOR: pmsg("reader", "The person who writes the referral"),
        Reader.MANAGER: pmsg("reader", "Manager of this facility"),
        Reader.AUTHORITY: pmsg("reader", "Coordinator or competent authority"),
        Reader.SHELTER: pmsg("reader", "Accommodation or support service"),
        Reader.HEALTH: pmsg("reader", "Specialist health service"),
        Reader.SOCIAL_WORK: pmsg("reader", "Centre for social work"),
        Reader.POLICE: pmsg("reader", "Police"),
        Reader.PATIENT: pmsg("reader", "The patient"),
    },
    EntryAge: {
        # Translators: how long ago the telephone number of a service was checked.
        EntryAge.NOT_CONFIRMED: msg("Not checked by this facility yet"),
        EntryAge.FRESH: msg("Checked recently"),
        EntryAge.AGEING: msg("Checked more than 90 days ago"),
        EntryAge.STALE: msg("Checked more than a year ago"),
    },
}
