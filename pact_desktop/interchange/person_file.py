# SPDX-License-Identifier: GPL-3.0-or-later
"""One person's data as a file that another program can read (GDPR article 20).

A FHIR R4 Bundle of the kind `collection`: names and codes of FHIR where it has them (Patient,
Encounter with QuestionnaireResponse and ClinicalImpression, ServiceRequest with Consent,
AuditEvent). Under `pact` of each resource stands every field of ours, so that nothing is lost
where FHIR has no word. It is no validated profile, and says so in `meta.tag`.
"""

from datetime import datetime
from typing import Any

import msgspec

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import RecordAccess
from pact_desktop.domain.person_copy import PersonCopy, VisitCopy
from pact_desktop.domain.referral import Referral
from pact_desktop.domain.screening import ScreeningStatus

_FINISHED = {ScreeningStatus.COMPLETED: "completed", ScreeningStatus.STOPPED: "stopped"}


def person_file(copy: PersonCopy) -> bytes:
    """UTF-8 JSON, indented for whoever opens it in an editor."""
    resources = [
        _patient(copy),
        *(resource for visit in copy.visits for resource in _visit(copy, visit)),
        *(resource for one in copy.referrals for resource in _referral(copy, one)),
        *(_access(one) for one in copy.accesses),
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "meta": {"tag": [{"code": "pact-1", "display": "names of FHIR R4, no profile"}]},
        "timestamp": copy.made_at.isoformat(),
        "entry": [{"resource": resource} for resource in resources],
    }
    return msgspec.json.format(msgspec.json.encode(bundle), indent=2)


def _patient(copy: PersonCopy) -> dict[str, Any]:
    of = copy.patient
    name = {"family": of.family_name, "given": [of.given_name] if of.given_name else []}
    return {
        "resourceType": "Patient",
        "id": of.case_number,
        "name": [name] if of.name_known else [{"text": of.alias}] if of.alias else [],
        "gender": of.gender.value,
        "birthDate": of.birth_date.value.isoformat() if of.birth_date.value else None,
        "communication": [{"language": {"text": of.language}}],
        "telecom": [{"system": "phone", "value": of.safe_contact.phone}]
        if of.safe_contact.phone
        else [],
        "managingOrganization": {"display": copy.facility.name},
        "pact": msgspec.to_builtins(of),
    }


def _visit(copy: PersonCopy, visit: VisitCopy) -> list[dict[str, Any]]:
    of = visit.screening
    subject, encounter = _subject(copy), {"reference": f"Encounter/{of.screening_id}"}
    plain = {name: getattr(of, name) for name in of.__slots__ if name != "drafts"}
    drafts = {at.code: words for at, words in of.drafts.items()}
    found: list[dict[str, Any]] = [
        {
            "resourceType": "Encounter",
            "id": of.screening_id,
            "status": "finished" if of.closed else "in-progress",
            "subject": subject,
            "period": {"start": _at(of.started_at), "end": _at(of.finished_at)},
            "reasonCode": [{"text": of.visit_reason}] if of.visit_reason else [],
            "pact": _ours(copy, msgspec.to_builtins(plain) | {"drafts": drafts}),
        },
        {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": f"{of.set_id}|{of.set_version}",
            "status": _FINISHED.get(of.status, "in-progress"),
            "subject": subject,
            "encounter": encounter,
            "item": [
                {
                    "linkId": link_id,
                    "text": visit.questions.get(link_id, ""),
                    "answer": [{"valueString": answer.value.value}],
                    "pact": _ours(copy, msgspec.to_builtins(answer)),
                }
                for link_id, answer in sorted(of.answers.items())
            ],
        },
    ]
    found += [
        {
            "resourceType": "ClinicalImpression",
            "status": "completed",
            "subject": subject,
            "encounter": encounter,
            "date": _at(judgement.judged_at),
            "summary": judgement.sentence,
            "pact": _ours(copy, msgspec.to_builtins(judgement)),
        }
        for judgement in of.judgements
    ]
    return found


def _referral(copy: PersonCopy, of: Referral) -> list[dict[str, Any]]:
    request = {
        "resourceType": "ServiceRequest",
        "id": of.referral_id,
        "identifier": [{"value": of.reference}],
        "status": of.status.value,
        "priority": of.priority.value,
        "subject": _subject(copy),
        "authoredOn": _at(of.created_at),
        "performer": [{"display": copy.services.get(of.service_id, of.service_id)}],
        "pact": _ours(copy, msgspec.to_builtins(of)),
    }
    return [
        request,
        *(
            {
                "resourceType": "Consent",
                "status": given.decision.value,
                "patient": _subject(copy),
                "dateTime": _at(given.recorded_at),
                "provision": {
                    "actor": [{"display": copy.services.get(given.recipient, given.recipient)}],
                    "data": sorted(item.value for item in given.items),
                },
                "pact": _ours(copy, msgspec.to_builtins(given)),
            }
            for given in of.consents
        ),
    ]


def _access(of: RecordAccess) -> dict[str, Any]:
    return {
        "resourceType": "AuditEvent",
        "type": {"code": of.kind.value},
        "period": {"start": _at(of.first_at), "end": _at(of.last_at)},
        "agent": [{"altId": of.staff_code, "role": [{"text": of.role.value if of.role else ""}]}],
    }


def _subject(copy: PersonCopy) -> dict[str, str]:
    return {"reference": f"Patient/{copy.patient.case_number}"}


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _ours(copy: PersonCopy, plain: Any) -> Any:  # noqa: ANN401 whatever JSON can hold
    """Members of staff by their codes, never by the numbers of their accounts."""
    if isinstance(plain, dict):
        return {key: _ours(copy, value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_ours(copy, value) for value in plain]
    return copy.staff_codes.get(AccountId(plain), plain) if isinstance(plain, str) else plain
