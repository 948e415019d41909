# SPDX-License-Identifier: GPL-3.0-or-later
"""The paper of a referral: filled in, shown as a preview, and issued once it may leave."""

from dataclasses import dataclass, replace

from pact_desktop.documents.referral_form import render_referral_form
from pact_desktop.domain import issue_rule
from pact_desktop.domain.accounts import Account, AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import Facility, ReferralService, ServiceId
from pact_desktop.domain.referral import (
    Channel,
    Referral,
    ReferralId,
    ReferralStatus,
    show_reference,
)
from pact_desktop.domain.referral_content import FormSources, ReferralFormContent
from pact_desktop.domain.referral_content import form_content as filled_form
from pact_desktop.domain.screening import ChildSteps, Outcome, Screening
from pact_desktop.services.accounts import list_accounts
from pact_desktop.services.documents import paper_catalog
from pact_desktop.services.facility import facility, pack_of
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.referral_cases import (
    UNSENT,
    case_and_reference,
    referral_and_visit,
    require_referrer,
    require_service,
    save_visit,
    stepped,
    visit_of,
)
from pact_desktop.services.session import Session
from pact_desktop.storage import patients, referrals
from pact_desktop.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class _Desk:
    """What stands on the form about both sides, read before the transaction."""

    facility: Facility
    service: ReferralService
    receiver_name: str
    accounts: dict[AccountId, Account]


def form_content(session: Session, referral: Referral) -> ReferralFormContent:
    """The form as its receiver will read it. The look at the record is logged."""
    require_referrer(session)
    desk = _desk(session, referral.service_id, referral.paper_locale)
    event = AuditEvent(AuditAction.REFERRAL_SEEN, referral.case_number, subject=referral.reference)
    with session.store.reading(event) as connection:
        return _filled(session, connection, referral, desk)


def preview_form(session: Session, referral: Referral, paper_locale: str) -> bytes:
    """The form marked as a preview; nothing is sent. Raises Refusal(LANGUAGE_NOT_OFFERED)."""
    catalog = paper_catalog(paper_locale)
    content = form_content(session, replace(referral, paper_locale=paper_locale))
    return render_referral_form(content, catalog, preview=True)


def issue_form(
    session: Session, referral_id: ReferralId, *, channel: Channel, paper_locale: str
) -> IssuedDocument:
    """The paper that leaves. It is drawn first, then sent and logged, then handed out.

    A fault while drawing leaves nothing that says "sent"; a fault while saving hands out
    nothing. A form that was sent may be printed again while its consent is in force.
    Raises Refusal with the first of `missing_before_issue`, or REFERRAL_STATE.
    """
    require_referrer(session)
    catalog = paper_catalog(paper_locale)
    case_number, reference = case_and_reference(session, referral_id)
    with session.store.reading_config() as connection:
        service_id = referral_and_visit(session, connection, referral_id)[0].service_id
    desk = _desk(session, service_id, paper_locale)
    event = AuditEvent(AuditAction.FORM_ISSUED, case_number, subject=reference)
    with session.store.changing(event) as connection:
        before, visit = referral_and_visit(session, connection, referral_id)
        _require_issue(session, before, visit, desk)
        after = replace(before, channel=channel, paper_locale=paper_locale)
        for status in _on_the_way(before):
            after = stepped(session, connection, after, status)
        pdf = render_referral_form(_filled(session, connection, after, desk), catalog)
        referrals.save_referral(connection, after)
        if visit is not None and Outcome.REFERRED not in visit.outcomes:
            referred = replace(visit, outcomes=visit.outcomes | {Outcome.REFERRED})
            save_visit(session, connection, visit, referred)
    return IssuedDocument(f"{show_reference(reference)}.pdf", pdf, show_reference(reference))


def _on_the_way(referral: Referral) -> tuple[ReferralStatus, ...]:
    """Steps from here to sent; none for a form that is printed again."""
    if referral.status is ReferralStatus.DRAFT:
        return (ReferralStatus.READY, ReferralStatus.SENT)
    return (ReferralStatus.SENT,) if referral.status is ReferralStatus.READY else ()


def _require_issue(
    session: Session, referral: Referral, visit: Screening | None, desk: _Desk
) -> None:
    if referral.status not in {*UNSENT, ReferralStatus.SENT}:
        raise Refusal(RefusalCode.REFERRAL_STATE, status=referral.status.value, wanted="sent")
    desk.service.require_printable(session.today, override_reason=referral.stale_override_reason)
    steps = visit.child_steps if visit else ChildSteps()
    lacks = issue_rule.missing_before_issue(referral, desk.service, steps, session.today)
    if lacks:
        raise Refusal(lacks[0])


def _desk(session: Session, service_id: ServiceId, paper_locale: str) -> _Desk:
    service = require_service(session, service_id)
    pack = pack_of(session)
    return _Desk(
        facility=facility(session),
        service=service,
        receiver_name=pack.service_name(service, paper_locale) if pack else service.name,
        accounts={account.account_id: account for account in list_accounts(session)},
    )


def _filled(
    session: Session, transaction: Transaction, referral: Referral, desk: _Desk
) -> ReferralFormContent:
    visit = visit_of(session, transaction, referral)
    sources = FormSources(
        referral=referral,
        facility=desk.facility,
        service=desk.service,
        referrer=desk.accounts.get(referral.created_by, session.account),
        patient=patients.patient_of_case(transaction, referral.case_number),
        screening=visit,
        indicator_set=session.content.set_of(visit) if visit else None,
        receiver_name=desk.receiver_name,
    )
    return filled_form(sources, session.today)
