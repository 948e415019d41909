# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows a referral as it is stored: services, agreement, form and what is still lacking."""

from typing import Final

from pact_desktop.desktop.screens.referral.agreement import Agreed, Recipients
from pact_desktop.desktop.screens.referral.state import ReferralState
from pact_desktop.desktop.screens.referral.view import ReferralView
from pact_desktop.desktop.screens.referral.wording import (
    basis_words,
    call_words,
    decision_words,
    service_line,
    wants_colleague,
)
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.widgets import ChipText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem, LegalBasis
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import EntryAge, Reader, ReferralService, ServiceKind
from pact_desktop.domain.referral import PRINTABLE, Referral, show_reference
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_moment
from pact_desktop.services.session import Session
from pact_desktop.terms import term

_ORDER: Final = (EntryAge.FRESH, EntryAge.AGEING, EntryAge.STALE, EntryAge.NOT_CONFIRMED)


class ReferralShow:
    """From the stored referral to the view, and nothing back."""

    def __init__(
        self, view: ReferralView, visit: VisitContext, state: ReferralState, session: Session
    ) -> None:
        self._view, self._visit, self._state = view, visit, state
        self._session = session

    def show_all(self) -> None:
        self.show_services()
        self._show_agreement()
        referral = self._state.referral
        allowed = not self._state.sent
        self._view.set_editing(allowed=allowed, chosen=referral is not None)
        self.show_footer()
        if referral is None:
            self._view.show_state(ChipText(""))
            return
        service = self._state.service
        reader = service.reader if service else Reader.AUTHORITY
        self._view.details.show_fields(referral.form, reader, is_child=referral.is_child)
        waiting = {
            name: words
            for name in self._view.details.texts
            if (words := self._visit.waiting(TypedAt(TypedField.FORM_TEXT, name)))
        }
        self._view.details.show_details(referral.details, waiting)
        self._view.show_priority(referral.priority)
        self._view.preview.show_form(
            referral.form, referral.full_form_reason, self._state.paper_locale
        )
        self._view.show_state(self._state_chip(referral))

    def _state_chip(self, referral: Referral) -> ChipText:
        reference, now = show_reference(referral.reference), self._session.now
        if referral.sent_at is None:
            return ChipText(tr("{reference}, draft").format(reference=reference), "neutral", "")
        when = format_moment(referral.sent_at.astimezone(now.tzinfo), now, catalog())
        said = tr("{reference}, sent {when}").format(reference=reference, when=when)
        return ChipText(said, "ok", "check")

    def show_services(self) -> None:
        desk, session = self._state.desk, self._session
        if desk is None:
            return
        is_child = self._visit.screening.is_child
        ordered = sorted(
            self._state.found,
            key=lambda s: (
                not (is_child and s.kind is ServiceKind.SOCIAL_WORK),
                _ORDER.index(s.age(session.today)),
            ),
        )
        chosen = self._state.referral.service_id if self._state.referral else None
        lines = [service_line(service, desk.pack, session.today) for service in ordered]
        self._view.show_services(lines, chosen)
        self._show_service_note()

    def _show_service_note(self) -> None:
        service, today = self._state.service, self._session.today
        age = service.age(today) if service else EntryAge.FRESH
        words = {
            EntryAge.NOT_CONFIRMED: tr(
                "The facility must confirm this service before a page can be printed."
            ),
            EntryAge.AGEING: tr("Call this service before you send anything."),
            EntryAge.STALE: tr("Nobody called this service for a year. Call it first."),
        }.get(age, "")
        if was := self._state.name_when_sent:
            # Translators: below the list of services; {name} is the earlier name of the service.
            words = tr("Sent to: {name}. The service has another name now.").format(name=was)
        reason = self._state.referral.stale_override_reason if self._state.referral else ""
        self._view.show_service_note(words, ask_reason=age is EntryAge.STALE, reason=reason)

    def _police(self, service: ReferralService) -> str:
        """Never a place alone: nobody must tick the police by mistake."""
        kind, name = term(catalog(), ServiceKind.POLICE), self._state.name(service)
        return kind if name == kind else f"{kind} · {name}"

    def _show_agreement(self) -> None:
        agreement, now = self._view.agreement, self._session.now
        referral, service = self._state.referral, self._state.service
        if referral is None or service is None:
            agreement.show_recipients(Recipients())
            agreement.show_agreed(Agreed())
            return
        police, line = self._state.police, referral.consent_told
        is_police = police is not None and police.service_id == service.service_id
        police_line = referral.consent_for(police.service_id) if police else None
        steps = self._visit.screening.child_steps
        agreement.show_recipients(
            Recipients(
                name=self._state.name_when_sent or self._state.name(service),
                told=self._told(referral, line),
                police_name="" if is_police or police is None else self._police(police),
                police_told=self._told(referral, police_line, separate=True) if police_line else "",
                called=call_words(steps, now) if referral.is_child else "",
                was_called=steps.notified_at is not None,
                without=basis_words(line),
                unconfirmed=wants_colleague(line) and not self._state.sent,
            )
        )
        agreement.show_agreed(
            Agreed(
                recipient=line.decision is ConsentDecision.GIVEN,
                police=police_line is not None and police_line.decision is ConsentDecision.GIVEN,
                items=line.items,
                until=line.valid_until,
                form=line.form,
                capacity=line.capacity,
                copy=line.patient_copy,
                statistics=line.statistics,
                waits=not (self._visit.screening.private_now or self._visit.screening.closed),
                fixed=self._state.sent and referral.service_id in referral.lapsed,
            )
        )

    def _told(self, referral: Referral, line: Consent, *, separate: bool = False) -> str:
        """What was decided; or that another name asks for another decision."""
        as_it_left = self._state.sent and line.recipient == referral.service_id
        if line.recipient in referral.lapsed and not as_it_left:
            return tr("has another name now, ask again")
        return decision_words(line, self._session.now, separate=separate)

    def show_footer(self) -> None:
        """What was answered is not printed again."""
        sent, referral = self._state.sent, self._state.referral
        leaves = referral is None or referral.status in PRINTABLE
        self._view.set_extra("" if sent else tr("Patient declined"))
        again = tr("New version …") if leaves else ""
        self._view.set_secondary(again if sent else tr("Save as draft"))
        words = tr("Print again …") if sent else tr("Print …")
        self._view.set_primary(words if leaves else "", "Ctrl P")
        self._view.preview.save.setVisible(leaves)

    def ready_words(self) -> str:
        """Below a page that lacks nothing."""
        referral = self._state.referral
        if referral is not None and referral.stripped_on is not None:
            return ""
        last = referral.last_issue if referral else None
        if last is None:
            return tr("Nothing is missing. Read the page before you print it.")
        now = self._session.now
        when = format_moment(last.issued_at.astimezone(now.tzinfo), now, catalog())
        # Translators: below the page of a referral that was sent; {when} is like "today, 11:20".
        said = tr("This page left {when}, in this language. Printed again, it is marked as a copy.")
        return said.format(when=when)

    def hint_words(self) -> str:
        """What a page that may leave does not say, though it is the reason for sending it."""
        referral = self._state.referral
        if referral is None or self._state.sent:
            return ""
        line = referral.consent
        passed_on = (
            line.legal_basis is not LegalBasis.CONSENT or ConsentItem.SUPPORT_WANTED in line.items
        )
        if referral.details.support and passed_on:
            return ""
        return tr(
            "The page does not say which support the patient wants. Choose it in part 2, if the "
            "patient agrees, or print the page as it is."
        )

    def lack_words(self) -> list[str]:
        """What is missing, one sentence each."""
        service = self._state.service
        days = service.days_old(self._session.today) if service else None
        return [
            sentence(catalog(), Refusal(code, days=days or 0))
            if code is RefusalCode.SERVICE_STALE
            else sentence(catalog(), Refusal(code))
            for code in self._state.lacks
        ]
