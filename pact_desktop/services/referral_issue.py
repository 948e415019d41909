# SPDX-License-Identifier: GPL-3.0-or-later
"""The paper of a referral: filled in, shown as a preview, and issued once it may leave."""

import hashlib
from dataclasses import dataclass, replace

from pact_desktop.documents.copy_mark import marked_as_copy
from pact_desktop.documents.referral_form import IssueMarks, render_referral_form
from pact_desktop.domain import issue_rule
from pact_desktop.domain.accounts import Account, AccountId, Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.facility import Facility, ParticipantPack, ReferralService, ServiceId
from pact_desktop.domain.referral import (
    UNSENT,
    Channel,
    IssuedForm,
    Reference,
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
from pact_desktop.services.facility import directory, facility, pack_of
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.referral_cases import (
    case_and_reference,
    referral_and_visit,
    require_referrer,
    save_visit,
    stepped,
    visit_of,
)
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, issued_forms, patients, referrals
from pact_desktop.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A referral as it stands: what it lacks before it may leave, and its page as a preview."""

    lacks: list[RefusalCode]
    pdf: bytes
    """Empty where the page is not kept any more."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What stands on the form about both sides, read before the transaction."""

    facility: Facility
    pack: ParticipantPack | None
    services: dict[ServiceId, ReferralService]
    accounts: dict[AccountId, Account]

    def service(self, service_id: ServiceId) -> ReferralService:
        """Raises Refusal(SERVICE_UNKNOWN)."""
        found = self.services.get(service_id)
        if found is None:
            raise Refusal(RefusalCode.SERVICE_UNKNOWN)
        return found

    def receiver_name(self, service: ReferralService, paper_locale: str) -> str:
        return self.pack.service_name(service, paper_locale) if self.pack else service.name


def form_content(session: Session, referral: Referral) -> ReferralFormContent:
    """The form as its receiver will read it. The look at the record is logged."""
    require_referrer(session)
    desk = _desk(session)
    with session.store.reading(_seen(referral)) as connection:
        return _filled(session, connection, referral, desk)


def preview_form(session: Session, referral: Referral, paper_locale: str) -> bytes:
    """The form marked as a preview; nothing is sent. Raises Refusal(LANGUAGE_NOT_OFFERED)."""
    catalog = paper_catalog(paper_locale)
    content = form_content(session, replace(referral, paper_locale=paper_locale))
    return render_referral_form(content, catalog, preview=True)


def missing_before_issue(session: Session, referral: Referral) -> list[RefusalCode]:
    """What still stands between this referral and its paper; empty when it may leave."""
    require_referrer(session)
    desk = _desk(session)
    with session.store.reading(_seen(referral)) as connection:
        return _lacks(session, connection, referral, desk)


def check_form(session: Session, referral: Referral, paper_locale: str) -> CheckedForm:
    """Both of the above by one look at the record; of a sent one the page that left.

    A referral whose copy was let go lacks nothing: there is nothing to print.

    Raises Refusal(LANGUAGE_NOT_OFFERED), Fault(STORAGE_DAMAGED).
    """
    require_referrer(session)
    catalog, desk = paper_catalog(paper_locale), _desk(session)
    shown = replace(referral, paper_locale=paper_locale)
    with session.store.reading(_seen(referral)) as connection:
        if referral.stripped_on is not None:
            return CheckedForm([], b"")
        lacks = _lacks(session, connection, referral, desk)
        if referral.sent_at is not None:
            service = desk.services.get(referral.service_id)
            if service and not lacks and _copy_says_more(session, referral, service):
                lacks = [RefusalCode.COPY_SAYS_MORE]
            return CheckedForm(lacks, _copy(session, connection, referral))
        content = _filled(session, connection, shown, desk)
    return CheckedForm(lacks, render_referral_form(content, catalog, preview=True))


def issue_form(
    session: Session, referral_id: ReferralId, *, channel: Channel, paper_locale: str
) -> IssuedDocument:
    """The paper that leaves. It is drawn first, then kept, sent and logged, then handed out.

    A fault while drawing leaves nothing that says "sent"; a fault while saving hands out nothing.
    Raises Refusal with the first of `missing_before_issue`, or REFERRAL_STATE when it was sent.
    """
    return _issue(session, referral_id, channel, paper_locale, AuditAction.FORM_ISSUED)


def issue_new_version(
    session: Session, referral_id: ReferralId, *, channel: Channel, paper_locale: str
) -> IssuedDocument:
    """A form that was sent, once more as the record stands now: another issue, marked as one.

    The versions before stay as they left. Raises as `issue_form`, and REFERRAL_STATE before it was
    sent or after it was answered.
    """
    return _issue(session, referral_id, channel, paper_locale, AuditAction.FORM_VERSION_ISSUED)


def print_again(session: Session, referral_id: ReferralId) -> IssuedDocument:
    """The last version that left, byte for byte under a mark that it is a copy.

    Raises Refusal with the first of `missing_before_issue`, REFERRAL_STATE as a new version does,
    COPY_SAYS_MORE when the patient agreed to less since, and Fault(STORAGE_DAMAGED) when what was
    kept is not what left.
    """
    require_referrer(session)
    case_number, reference = case_and_reference(session, referral_id)
    desk = _desk(session)
    event = AuditEvent(AuditAction.FORM_PRINTED_AGAIN, case_number, subject=reference)
    with session.store.changing(event) as connection:
        sent, visit = referral_and_visit(session, connection, referral_id)
        _require_sent(sent)
        service = desk.service(sent.service_id)
        _require_issue(session, sent, visit, service)
        if _copy_says_more(session, sent, service):
            raise Refusal(RefusalCode.COPY_SAYS_MORE)
        pdf = _copy(session, connection, sent)
    return _document(reference, pdf)


def _issue(
    session: Session,
    referral_id: ReferralId,
    channel: Channel,
    paper_locale: str,
    action: AuditAction,
) -> IssuedDocument:
    require_referrer(session)
    catalog = paper_catalog(paper_locale)
    case_number, reference = case_and_reference(session, referral_id)
    desk, first = _desk(session), action is AuditAction.FORM_ISSUED
    with session.store.changing(AuditEvent(action, case_number, subject=reference)) as connection:
        before, visit = referral_and_visit(session, connection, referral_id)
        if first:
            _require_unsent(before)
        else:
            _require_sent(before)
        service = desk.service(before.service_id)
        _require_issue(session, before, visit, service)
        after = replace(before, channel=channel, paper_locale=paper_locale)
        for status in _on_the_way(before):
            after = stepped(session, connection, after, status)
        marks = _marks(session, connection, before)
        pdf = render_referral_form(_filled(session, connection, after, desk), catalog, marks=marks)
        issue = IssuedForm(
            number=marks.version,
            issued_at=session.now,
            issued_by=session.account.account_id,
            channel=channel,
            paper_locale=paper_locale,
            service_name=service.name,
            consent=before.consent,
            digest=_digest(pdf),
        )
        issued_forms.insert_issue(connection, referral_id, issue, pdf)
        if first:
            referrals.save_referral(connection, after)
        if visit is not None and Outcome.REFERRED not in visit.outcomes:
            referred = replace(visit, outcomes=visit.outcomes | {Outcome.REFERRED})
            save_visit(session, connection, visit, referred)
    return _document(reference, pdf)


def _marks(session: Session, transaction: Transaction, before: Referral) -> IssueMarks:
    """The entry about this very issue is in the log by now, so its number covers that too."""
    reads_log = session.store.holds(Compartment.AUDIT)
    last = before.last_issue
    return IssueMarks(
        log_number=audit_log.head(transaction).anchor if reads_log else "",
        version=last.number + 1 if last else 1,
        issued_on=session.today,
        replaces=last.issued_at.astimezone(session.now.tzinfo).date() if last else None,
    )


def _copy(session: Session, transaction: Transaction, sent: Referral) -> bytes:
    """Raises Fault(STORAGE_DAMAGED) when the paper is missing or is not the one that left."""
    last = sent.last_issue
    pdf = last and issued_forms.paper_of(transaction, sent.referral_id, last.number)
    if not last or not pdf or _digest(pdf) != last.digest:
        raise Fault(FaultCode.STORAGE_DAMAGED, file="identity.db")
    return marked_as_copy(pdf, paper_catalog(last.paper_locale), session.today)


def _copy_says_more(session: Session, sent: Referral, service: ReferralService) -> bool:
    last = sent.last_issue
    return last is not None and issue_rule.copy_says_more(sent, last, service, session.today)


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


def _document(reference: Reference, pdf: bytes) -> IssuedDocument:
    shown = show_reference(reference)
    return IssuedDocument(f"{shown}.pdf", pdf, shown)


def _seen(referral: Referral) -> AuditEvent:
    return AuditEvent(AuditAction.REFERRAL_SEEN, referral.case_number, subject=referral.reference)


def _lacks(
    session: Session, transaction: Transaction, referral: Referral, desk: _Desk
) -> list[RefusalCode]:
    visit = visit_of(session, transaction, referral)
    service = desk.services.get(referral.service_id)
    steps = visit.child_steps if visit else ChildSteps()
    return issue_rule.missing_before_issue(referral, service, steps, session.today)


def _on_the_way(referral: Referral) -> tuple[ReferralStatus, ...]:
    """Steps from here to sent; none for a form that is printed again."""
    if referral.status is ReferralStatus.DRAFT:
        return (ReferralStatus.READY, ReferralStatus.SENT)
    return (ReferralStatus.SENT,) if referral.status is ReferralStatus.READY else ()


def _require_unsent(referral: Referral) -> None:
    if referral.status not in UNSENT:
        raise Refusal(RefusalCode.REFERRAL_STATE, status=referral.status.value, wanted="sent")


def _require_sent(referral: Referral) -> None:
    if referral.status is not ReferralStatus.SENT:
        raise Refusal(RefusalCode.REFERRAL_STATE, status=referral.status.value, wanted="sent")


def _require_issue(
    session: Session, referral: Referral, visit: Screening | None, service: ReferralService
) -> None:
    service.require_printable(session.today, override_reason=referral.stale_override_reason)
    steps = visit.child_steps if visit else ChildSteps()
    lacks = issue_rule.missing_before_issue(referral, service, steps, session.today)
    if lacks:
        raise Refusal(lacks[0])


def _desk(session: Session) -> _Desk:
    return _Desk(
        facility=facility(session),
        pack=pack_of(session),
        services={service.service_id: service for service in directory(session)},
        accounts={account.account_id: account for account in list_accounts(session)},
    )


def _filled(
    session: Session, transaction: Transaction, referral: Referral, desk: _Desk
) -> ReferralFormContent:
    visit = visit_of(session, transaction, referral)
    service = desk.service(referral.service_id)
    sources = FormSources(
        referral=referral,
        facility=desk.facility,
        service=service,
        referrer=desk.accounts.get(referral.created_by, session.account),
        patient=patients.patient_of_case(transaction, referral.case_number),
        screening=visit,
        indicator_sets=session.content.sets_of(visit) if visit else (),
        receiver_name=desk.receiver_name(service, referral.paper_locale),
    )
    return filled_form(sources, session.today)
