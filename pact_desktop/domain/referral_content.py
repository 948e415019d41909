# SPDX-License-Identifier: GPL-3.0-or-later
"""The referral form filled in: from the record to what its reader may have, and nothing more."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from pact_desktop.domain.accounts import Account
from pact_desktop.domain.facility import Facility, Reader, ReferralService, ServiceKind
from pact_desktop.domain.indicators import IndicatorId, IndicatorSet, ItemRole
from pact_desktop.domain.judging import concern_by_set
from pact_desktop.domain.patient import ADULT_AGE, AgeBand, CaseNumber, Patient
from pact_desktop.domain.referral import (
    REFERENCE_ALPHABET,
    FormKind,
    ImmediateRisk,
    Priority,
    Reference,
    Referral,
)
from pact_desktop.domain.referral_fields import form_fields, legal_basis_stands, visible_fields
from pact_desktop.domain.referral_values import (
    AgeSaid,
    BasisSaid,
    CallBack,
    ChildView,
    Codes,
    Contact,
    FieldValue,
    Notification,
    Place,
    Referrer,
    Sending,
    SetSigns,
    SignGroup,
    Signs,
    Spoken,
    Statement,
    Terms,
    Text,
    Ticks,
    Whereabouts,
    Withheld,
)
from pact_desktop.domain.screening import ChildSteps, Involved, Screening

_CASE_CODE_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class FormSources:
    """Everything the form is filled from; the form itself gets only what may be passed on."""

    referral: Referral
    facility: Facility
    service: ReferralService
    referrer: Account
    patient: Patient | None = None
    screening: Screening | None = None
    indicator_sets: tuple[IndicatorSet, ...] = ()
    """The set in force, then every other that answers of the visit were asked from."""
    receiver_name: str = ""
    """Name of the receiver in the language of the paper, where a pack has one."""

    @property
    def child_steps(self) -> ChildSteps:
        return self.screening.child_steps if self.screening else ChildSteps()


@dataclass(frozen=True, slots=True)
class ReferralFormContent:
    """The form before it has a language. Holds nothing that its reader may not have."""

    reference: Reference
    form: FormKind
    reader: Reader
    is_child: bool
    priority: Priority
    receiver_kind: ServiceKind
    values: Mapping[str, FieldValue | None] = field(repr=False)
    """Every row that stands on the paper; None where nothing is to be said."""

    @property
    def by_law(self) -> bool:
        basis = self.values.get("H")
        return isinstance(basis, BasisSaid) and basis.by_law


def form_content(
    sources: FormSources, today: date, *, reader: Reader | None = None
) -> ReferralFormContent:
    """The form for the receiver, or for another reader of the same referral."""
    referral = sources.referral
    consent = referral.consent
    who = reader or sources.service.reader
    visible = {
        row.field_id
        for row in visible_fields(
            referral.form, who, consent, is_child=referral.is_child, today=today
        )
    }
    return ReferralFormContent(
        reference=referral.reference,
        form=referral.form,
        reader=who,
        is_child=referral.is_child,
        priority=referral.priority,
        receiver_kind=sources.service.kind,
        values={
            row.field_id: _RESOLVERS[row.field_id](sources, today)
            if row.field_id in visible
            else None
            for row in form_fields(referral.form, who, is_child=referral.is_child)
            if row.field_id in _RESOLVERS
        },
    )


def case_code(case_number: CaseNumber, receiver: str) -> str:
    """A code of the person that is the same for one receiver and different for each.

    Two receivers who compare their papers cannot tell that they mean the same person, and the
    number that joins the compartments stays inside.
    """
    number = int.from_bytes(hashlib.sha256(f"{case_number}/{receiver}".encode()).digest())
    letters = []
    for _ in range(_CASE_CODE_LENGTH):
        number, rest = divmod(number, len(REFERENCE_ALPHABET))
        letters.append(REFERENCE_ALPHABET[rest])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


def signs_of(screening: Screening, sets: Sequence[IndicatorSet]) -> Signs:
    """Codes of the signs that counted, by group, in the order of each set; no answer, no level.

    `sets` as in `judging`: a change of path takes nothing back of what was seen before it. What
    two sets ask is told once, as the one in force sees it.
    """
    found, told = [], set[IndicatorId]()
    for used, concern in concern_by_set(sets, screening):
        counted = {reason.link_id for reason in concern.reasons if reason.counted} - told
        told |= {reason.link_id for reason in concern.reasons}
        groups: dict[str, list[IndicatorId]] = {}
        for item in used.items:
            if item.link_id in counted and item.role is not ItemRole.PROTECTIVE:
                groups.setdefault(item.group, []).append(item.link_id)
        if groups:
            named = tuple(
                SignGroup(group, tuple(ids), _titles(used, group)) for group, ids in groups.items()
            )
            found.append(SetSigns(used.set_id, used.version, named))
    return Signs(tuple(found))


def _titles(indicator_set: IndicatorSet, group: str) -> dict[str, str]:
    key = f"group.{group}"
    return {locale: words[key] for locale, words in indicator_set.words.items() if words.get(key)}


_Resolver = Callable[[FormSources, date], FieldValue | None]


def _text(text: str, *, is_name: bool = False) -> Text | None:
    return Text(text, is_name) if text.strip() else None


def _detail(name: str) -> _Resolver:
    def resolve(sources: FormSources, _today: date) -> FieldValue | None:
        return _text(getattr(sources.referral.details, name))

    return resolve


def _receiver(sources: FormSources, _today: date) -> FieldValue | None:
    return _text(sources.receiver_name or sources.service.name)


def _names(sources: FormSources, _today: date) -> FieldValue | None:
    patient = sources.patient
    if patient is None:
        return None
    full = f"{patient.given_name} {patient.family_name}".strip()
    return _text("\n".join(name for name in (full, patient.alias) if name), is_name=True)


def _age(sources: FormSources, today: date) -> FieldValue | None:
    patient = sources.patient
    if patient is None:
        return None
    age = patient.birth_date.age_on(today)
    on_childs_path = sources.referral.is_child or patient.is_child_or_doubtful(today)
    reads_adult = not age.certain and (age.years is None or age.years >= ADULT_AGE)
    may_be_child = on_childs_path and reads_adult
    band = age.band
    if may_be_child and band is AgeBand.FROM_18:
        band = AgeBand.AROUND_18
    said = AgeSaid(band, certain=age.certain, may_be_child=may_be_child)
    if sources.referral.form is FormKind.MINIMUM:
        return said
    return replace(said, birth_date=patient.birth_date.value, years=age.years, detailed=True)


def _gender(sources: FormSources, _today: date) -> FieldValue | None:
    return None if sources.patient is None else Terms((sources.patient.gender,))


def _citizenship(sources: FormSources, _today: date) -> FieldValue | None:
    code = sources.patient.citizenship if sources.patient else ""
    note = sources.referral.details.citizenship
    return Codes((code,) if code else (), note) if code or note.strip() else None


def _language(sources: FormSources, _today: date) -> FieldValue | None:
    patient = sources.patient
    return None if patient is None else Spoken(patient.language, patient.interpreter_needed)


def _contact(sources: FormSources, _today: date) -> FieldValue | None:
    return None if sources.patient is None else Contact(sources.patient.safe_contact)


def _whereabouts(sources: FormSources, _today: date) -> FieldValue | None:
    details = sources.referral.details
    location = details.location if sources.referral.form is FormKind.FULL else ""
    said = details.at_facility_until.strip() or location.strip()
    return Whereabouts(details.at_facility_until, location) if said else None


def _caregiver(sources: FormSources, _today: date) -> FieldValue | None:
    details = sources.referral.details
    lines = (details.caregiver, details.caregiver_not_informed_reason)
    return _text("\n".join(line for line in lines if line.strip()))


def _involved(sources: FormSources, _today: date) -> FieldValue:
    """What nobody has asked is not known."""
    return Terms((sources.child_steps.companion_involved or Involved.UNKNOWN,))


def _child_view(sources: FormSources, _today: date) -> FieldValue | None:
    steps = sources.child_steps
    said = steps.told_at or steps.view_in_own_words.strip()
    return ChildView(steps.told_at, steps.view_in_own_words) if said else None


def _notification(sources: FormSources, _today: date) -> FieldValue | None:
    steps = sources.child_steps
    if steps.notified_at is None:
        return None
    return Notification(steps.notified_at, steps.notified_body, steps.notified_person_code)


def _signs(sources: FormSources, _today: date) -> FieldValue | None:
    if sources.screening is None or not sources.indicator_sets:
        return None
    signs = signs_of(sources.screening, sources.indicator_sets)
    return signs if signs.sets else None


def _statement(sources: FormSources, _today: date) -> FieldValue | None:
    details = sources.referral.details
    said = details.own_words.strip() or details.staff_observation.strip()
    return Statement(details.own_words, details.staff_observation) if said else None


def _exploitation(sources: FormSources, _today: date) -> FieldValue | None:
    codes = tuple(sorted(sources.referral.details.exploitation))
    return Codes(codes) if codes else None


def _risks(sources: FormSources, _today: date) -> FieldValue | None:
    risks = sources.referral.details.risks
    return Terms(tuple(risk for risk in ImmediateRisk if risk in risks)) if risks else None


def _basis(sources: FormSources, _today: date) -> FieldValue | None:
    consent = sources.referral.consent
    by_law = legal_basis_stands(consent, is_child=sources.referral.is_child)
    return BasisSaid(consent, sources.receiver_name or sources.service.name, by_law)


def _withheld(sources: FormSources, _today: date) -> FieldValue | None:
    details = sources.referral.details
    said = details.withhold_from.strip() or details.withhold_reason.strip()
    return Withheld(details.withhold_from, details.withhold_reason) if said else None


def _sending(sources: FormSources, _today: date) -> FieldValue | None:
    referral = sources.referral
    return Sending(referral.created_at, referral.sent_at, referral.channel)


_RESOLVERS: Final[dict[str, _Resolver]] = {
    "A4": lambda sources, _today: Terms((sources.referral.priority,)),
    "A6": _sending,
    "B1": lambda s, _today: Place(s.facility.name, s.facility.address, s.facility.phone),
    "B2": lambda s, _today: Referrer(s.referrer.role, s.referrer.staff_code),
    "B3": lambda s, _today: CallBack(s.facility.phone, s.facility.phone_hours),
    "C1": _receiver,
    "C2": _detail("contact_name"),
    "C4": lambda sources, _today: Terms((sources.service.reader,)),
    "D1": lambda s, _today: Text(case_code(s.referral.case_number, s.referral.service_id)),
    "D2": _names,
    "D3": _age,
    "D4": _gender,
    "D5": _citizenship,
    "D6": _detail("papers"),
    "D7": _language,
    "D8": _detail("access_needs"),
    "D9": _contact,
    "D10": _whereabouts,
    "D11": lambda sources, _today: Terms((sources.referral.details.companions,)),
    "D12": lambda sources, _today: Terms((sources.referral.details.dependants,)),
    "E1": lambda sources, _today: Terms((sources.referral.details.caregiving,)),
    "E2": _caregiver,
    "E3": _involved,
    "E4": _child_view,
    "E5": _notification,
    "F1": _signs,
    "F2": _statement,
    "F3": _detail("not_known"),
    "F4": _exploitation,
    "F5": _risks,
    "G1": lambda sources, _today: Ticks(sources.referral.details.support),
    "G2": _detail("done_here"),
    "G3": _detail("health_summary"),
    "G4": _detail("safety_arrangements"),
    "H": _basis,
    "I": _withheld,
}
