# SPDX-License-Identifier: GPL-3.0-or-later
"""A referral from its draft to its paper: who receives it, what was agreed, what is missing.

What comes after sending is in `follow_up`, and is offered here as well.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pact_desktop.domain import issue_rule
from pact_desktop.domain.accounts import SECOND_STAFF, Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.consent import DEFAULT_DAYS, Consent, ConsentDecision, LegalBasis
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ParticipantPack, Reader, ReferralService, ServiceId
from pact_desktop.domain.referral import (
    NEXT_STATUS,
    REFERENCE_ALPHABET,
    REFERENCE_LENGTH,
    UNSENT,
    Priority,
    Reference,
    Referral,
    ReferralId,
    ReferralStatus,
    StatusChange,
    make_reference,
)
from pact_desktop.domain.screening import ChildSteps, Involved, Outcome, Screening, ScreeningId
from pact_desktop.domain.text import NAME_LIMIT, TypedField, clean
from pact_desktop.i18n.names import fold
from pact_desktop.services.accounts import verify_colleague
from pact_desktop.services.facility import directory, facility, pack_of
from pact_desktop.services.follow_up import FollowUpRow, answer_referral, follow_up_list
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.referral_cases import (
    case_and_reference,
    referral_and_visit,
    require_referrer,
    require_service,
    save_visit,
    stepped,
    visit_of,
)
from pact_desktop.services.referral_issue import (
    CheckedForm,
    check_form,
    form_content,
    issue_form,
    issue_new_version,
    missing_before_issue,
    preview_form,
    print_again,
)
from pact_desktop.services.session import Session
from pact_desktop.services.typed_text import CODE_LIMIT, cleaned_details, cleaned_steps
from pact_desktop.services.visit_change import case_of_visit
from pact_desktop.storage import referrals, screenings
from pact_desktop.storage.store import Transaction

__all__ = [
    "CheckedForm",
    "FollowUpRow",
    "IssuedDocument",
    "answer_referral",
    "check_form",
    "confirm_basis",
    "decline_referral",
    "draft_referral",
    "follow_up_list",
    "form_content",
    "issue_form",
    "issue_new_version",
    "load_referral",
    "missing_before_issue",
    "preview_form",
    "print_again",
    "record_child_notification",
    "record_consent",
    "referrals_of_visit",
    "save_referral",
    "services_for",
]

_GROUPS_OF_RANDOM: Final = REFERENCE_LENGTH - 1


def services_for(session: Session, *, query: str = "") -> list[ReferralService]:
    """Services that work, or those with every word of the query in a name or a code."""
    session.require(Permission.REFER)
    words = fold(clean(query, field="search", limit=NAME_LIMIT)).split()
    pack, locale = pack_of(session), facility(session).staff_locale

    def text_of(service: ReferralService) -> str:
        shown = pack.service_name(service, locale) if pack else service.name
        return fold(" ".join((service.name, shown, service.kind.value, *service.offers)))

    return [
        service
        for service in directory(session)
        if service.working and all(word in text_of(service) for word in words)
    ]


def draft_referral(
    session: Session, screening_id: ScreeningId, service_id: ServiceId, priority: Priority
) -> Referral:
    """Begins in the facility's language of paper.

    Raises Refusal: NOT_ALLOWED, SCREENING_UNKNOWN, SERVICE_UNKNOWN.
    """
    require_referrer(session)
    require_service(session, service_id)
    case_number = case_of_visit(session, screening_id)
    paper_locale = facility(session).paper_locale
    event = AuditEvent(AuditAction.REFERRAL_DRAFTED, case_number, subject=screening_id)
    begun = StatusChange(ReferralStatus.DRAFT, session.now, session.account.account_id)
    with session.store.changing(event) as connection:
        visit = screenings.load_screening(
            connection, screening_id, sitting=session.store.session_id
        )
        draft = Referral(
            referral_id=ReferralId(secrets.token_hex(16)),
            reference=_unused_reference(connection),
            case_number=case_number,
            screening_id=screening_id,
            service_id=service_id,
            priority=priority,
            is_child=visit is None or visit.is_child,
            created_at=session.now,
            created_by=session.account.account_id,
            paper_locale=paper_locale,
            history=(begun,),
        )
        referrals.insert_referral(connection, draft)
        referrals.add_status(connection, draft.referral_id, begun)
    return draft


def load_referral(session: Session, referral_id: ReferralId) -> Referral:
    """Raises Refusal(REFERRAL_UNKNOWN)."""
    require_referrer(session)
    case_number, reference = case_and_reference(session, referral_id)
    event = AuditEvent(AuditAction.REFERRAL_SEEN, case_number, subject=reference)
    with session.store.reading(event) as connection:
        referral, _ = referral_and_visit(session, connection, referral_id)
    return referral


def referrals_of_visit(session: Session, screening_id: ScreeningId) -> list[Referral]:
    """Referrals of one visit, the oldest first."""
    require_referrer(session)
    event = AuditEvent(
        AuditAction.REFERRAL_SEEN, case_of_visit(session, screening_id), subject=screening_id
    )
    with session.store.reading(event) as connection:
        ids = referrals.referrals_of_screening(connection, screening_id)
        return [referral_and_visit(session, connection, one)[0] for one in ids]


def save_referral(session: Session, referral: Referral) -> Referral:
    """Saves what may be edited in a draft; consents and steps of the loop are not touched.

    Raises Refusal: REFERRAL_STATE, SERVICE_UNKNOWN, TEXT_TOO_LONG.
    """
    require_referrer(session)
    require_service(session, referral.service_id)
    kept = replace(
        referral,
        details=cleaned_details(referral.details),
        full_form_reason=clean(referral.full_form_reason, field="full-form-reason"),
        stale_override_reason=clean(referral.stale_override_reason, field="stale-override-reason"),
        paper_locale=clean(referral.paper_locale, field="language", limit=CODE_LIMIT),
    )

    def saved(before: Referral, transaction: Transaction) -> Referral:
        if before.status not in UNSENT:
            raise Refusal(RefusalCode.REFERRAL_STATE, status=before.status.value, wanted="draft")
        after = _with_edits(before, kept)
        referrals.save_referral(transaction, after)
        return after

    return _change(session, referral.referral_id, AuditAction.REFERRAL_DRAFTED, saved)


def record_consent(session: Session, referral_id: ReferralId, consent: Consent) -> Referral:
    """What the patient decided about one recipient; a withdrawal takes a sent referral back.

    A second person is never taken from here: only `confirm_basis` knows that they were there.
    Raises Refusal: SERVICE_UNKNOWN, DATE_INVALID, TEXT_TOO_LONG, and NOT_PRIVATE where more is
    agreed to than before while the visit is under way and its private moment is not confirmed.
    """
    require_referrer(session)
    require_service(session, consent.recipient)
    line = _kept_consent(session, consent)

    def recorded(before: Referral, transaction: Transaction) -> Referral:
        known = before.consent_for(line.recipient)
        if line.widens(known) or (
            line.decision is ConsentDecision.GIVEN and line.recipient in before.lapsed
        ):
            _require_private(visit_of(session, transaction, before))
        kept = _still_confirmed(known, line)
        referrals.save_consent(transaction, referral_id, kept, session.now)
        after = _with_consent(before, kept)
        withdrawn = (
            kept.decision is ConsentDecision.WITHDRAWN
            and kept.recipient == before.service_id
            and before.status not in UNSENT
            and ReferralStatus.WITHDRAWN in NEXT_STATUS[before.status]
        )
        return (
            stepped(session, transaction, after, ReferralStatus.WITHDRAWN) if withdrawn else after
        )

    return _change(
        session, referral_id, AuditAction.CONSENT_RECORDED, recorded, reason=line.decision.value
    )


def record_child_notification(
    session: Session,
    referral_id: ReferralId,
    *,
    notified_at: datetime | None = None,
    notified_body: str = "",
    notified_person_code: str = "",
    companion_involved: Involved | None = None,
    reason: str = "",
) -> Referral:
    """The authority was told; child protection stands in place of consent for this recipient.

    What is left out is taken from the steps of the visit. The call is kept also when no colleague
    is there yet; `confirm_basis` follows before the paper. The name of who was told is reason
    enough, but not for police who were not told themselves: that wants a reason of its own.
    Raises Refusal: NOT_ALLOWED for an adult, CHILD_NOTIFICATION_MISSING.
    """
    require_referrer(session)
    services = {entry.service_id: entry for entry in directory(session)}
    pack = pack_of(session)

    def recorded(before: Referral, transaction: Transaction) -> Referral:
        if not before.is_child:
            raise Refusal(RefusalCode.NOT_ALLOWED)
        visit = visit_of(session, transaction, before)
        steps = visit.child_steps if visit else ChildSteps()
        told = cleaned_steps(
            replace(
                steps,
                notified_at=notified_at or steps.notified_at,
                notified_body=notified_body or steps.notified_body,
                notified_person_code=notified_person_code or steps.notified_person_code,
                companion_involved=companion_involved or steps.companion_involved,
            )
        )
        if told.notified_at is None or not told.notified_body:
            raise Refusal(RefusalCode.CHILD_NOTIFICATION_MISSING)
        if visit is not None:
            save_visit(session, transaction, visit, replace(visit, child_steps=told))
        typed = clean(reason, field="reason") or before.consent.reason
        if fold(typed) in {fold(steps.notified_body), fold(told.notified_body)}:
            typed = ""
        receiver = services.get(before.service_id)
        was_enough = receiver is not None and _telling_is_enough(told, receiver, pack)
        line = replace(
            before.consent,
            legal_basis=LegalBasis.CHILD_PROTECTION,
            reason=typed or (told.notified_body if was_enough else ""),
            recorded_at=session.now,
            recorded_by=session.account.account_id,
        )
        line = _still_confirmed(before.consent, line)
        referrals.save_consent(transaction, referral_id, line, session.now)
        return _with_consent(before, line)

    return _change(session, referral_id, AuditAction.CHILD_NOTIFICATION_RECORDED, recorded)


def confirm_basis(
    session: Session, referral_id: ReferralId, sign_in_name: str, passphrase: str
) -> Referral:
    """A colleague confirms, here and now, that this is passed on without consent.

    Raises Refusal: SIGN_IN_FAILED, SIGN_IN_DELAYED, NOT_ALLOWED for a role that may not,
    SECOND_STAFF_MISSING for whoever recorded the decision, CONSENT_MISSING where nothing stands
    in place of consent.
    """
    require_referrer(session)
    second = verify_colleague(session, sign_in_name, passphrase, roles=SECOND_STAFF)

    def confirmed(before: Referral, transaction: Transaction) -> Referral:
        line = before.consent
        if line.legal_basis is LegalBasis.CONSENT:
            raise Refusal(RefusalCode.CONSENT_MISSING)
        if second == line.recorded_by:
            raise Refusal(RefusalCode.SECOND_STAFF_MISSING)
        line = replace(line, second_staff=second)
        referrals.save_consent(transaction, referral_id, line, session.now)
        visit = visit_of(session, transaction, before)
        if visit is not None and line.legal_basis is LegalBasis.CHILD_PROTECTION:
            steps = replace(visit.child_steps, second_staff_present=True)
            save_visit(session, transaction, visit, replace(visit, child_steps=steps))
        return _with_consent(before, line)

    return _change(
        session, referral_id, AuditAction.CONSENT_RECORDED, confirmed, reason="second-person"
    )


def decline_referral(session: Session, screening_id: ScreeningId) -> Screening:
    """The patient said no: what was prepared or typed is erased, and only that outcome is kept."""
    session.require(Permission.SCREEN)
    require_referrer(session)
    event = AuditEvent(
        AuditAction.OUTCOME_RECORDED,
        case_of_visit(session, screening_id),
        subject=screening_id,
        reason=Outcome.DECLINED.value,
    )
    with session.store.changing(event) as connection:
        visit = screenings.load_screening(
            connection, screening_id, sitting=session.store.session_id
        )
        if visit is None:
            raise Refusal(RefusalCode.SCREENING_UNKNOWN)
        visit.require_open()
        referrals.remove_drafts(connection, screening_id)
        left = bool(referrals.referrals_of_screening(connection, screening_id))
        others = visit.outcomes if left else visit.outcomes - {Outcome.REFERRED}
        drafts = {
            at: words for at, words in visit.drafts.items() if at.field is not TypedField.FORM_TEXT
        }
        after = replace(visit, outcomes=others | {Outcome.DECLINED}, drafts=drafts)
        save_visit(session, connection, visit, after)
    return after


_Step = Callable[[Referral, Transaction], Referral]


def _change(
    session: Session,
    referral_id: ReferralId,
    action: AuditAction,
    step: _Step,
    *,
    reason: str = "",
) -> Referral:
    """One logged change of a referral; afterwards it is ready, or a draft again."""
    case_number, reference = case_and_reference(session, referral_id)
    services = {entry.service_id: entry for entry in directory(session)}
    event = AuditEvent(action, case_number, subject=reference, reason=reason)
    with session.store.changing(event) as connection:
        before, _ = referral_and_visit(session, connection, referral_id)
        after = step(before, connection)
        visit = visit_of(session, connection, after)
        steps = visit.child_steps if visit else ChildSteps()
        lacks = issue_rule.missing_before_issue(
            after, services.get(after.service_id), steps, session.today
        )
        wanted = ReferralStatus.DRAFT if lacks else ReferralStatus.READY
        if after.status in UNSENT and after.status is not wanted:
            after = stepped(session, connection, after, wanted)
    return after


def _with_edits(before: Referral, kept: Referral) -> Referral:
    return replace(
        before,
        service_id=kept.service_id,
        priority=kept.priority,
        details=kept.details,
        form=kept.form,
        full_form_reason=kept.full_form_reason,
        channel=kept.channel,
        paper_locale=kept.paper_locale,
        stale_override_reason=kept.stale_override_reason,
    )


def _with_consent(before: Referral, line: Consent) -> Referral:
    others = (known for known in before.consents if known.recipient != line.recipient)
    return replace(before, consents=(*others, line), lapsed=before.lapsed - {line.recipient})


def _require_private(visit: Screening | None) -> None:
    """Agreeing is asked in private, as the questions are; a finished visit has no such step."""
    if visit is not None and not visit.closed and not visit.private_now:
        raise Refusal(RefusalCode.NOT_PRIVATE)


def _telling_is_enough(
    told: ChildSteps, receiver: ReferralService, pack: ParticipantPack | None
) -> bool:
    """Police have to be the ones who were told, by the name of the entry in any language."""
    if receiver.reader is not Reader.POLICE:
        return True
    locales = pack.words if pack else ()
    names = {receiver.name, *(pack.service_name(receiver, one) for one in locales if pack)}
    return fold(told.notified_body) in set(map(fold, names))


def _still_confirmed(before: Consent, line: Consent) -> Consent:
    """A second person stays as long as the decision that they confirmed is the same."""
    same = (before.legal_basis, before.reason) == (line.legal_basis, line.reason)
    return replace(line, second_staff=before.second_staff if same else None)


def _kept_consent(session: Session, consent: Consent) -> Consent:
    given = consent.decision is ConsentDecision.GIVEN
    until = consent.valid_until or session.today + timedelta(days=DEFAULT_DAYS)
    if given and until < session.today:
        raise Refusal(RefusalCode.DATE_INVALID)
    return replace(
        consent,
        valid_until=until if given else None,
        items=consent.items if given else frozenset(),
        language=clean(consent.language, field="language", limit=CODE_LIMIT) or "und",
        interpreter_code=clean(
            consent.interpreter_code, field="interpreter-code", limit=NAME_LIMIT
        ),
        reason=clean(consent.reason, field="reason"),
        recorded_at=session.now,
        recorded_by=session.account.account_id,
    )


def _unused_reference(transaction: Transaction) -> Reference:
    while True:
        drawn = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(_GROUPS_OF_RANDOM))
        reference = make_reference(drawn)
        if reference is not None and referrals.id_of_reference(transaction, reference) is None:
            return reference
