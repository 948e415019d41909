# SPDX-License-Identifier: GPL-3.0-or-later
"""The call for a patient under 18, and the decision of two when life is in danger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from pact_desktop.desktop.screens.referral.dialogs import CallMade
from pact_desktop.desktop.screens.referral.state import ReferralState
from pact_desktop.desktop.screens.referral.view import ReferralView
from pact_desktop.desktop.screens.referral.wording import wants_colleague
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.consent import LegalBasis
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.referral import Referral
from pact_desktop.domain.text import TypedAt, TypedField, fits
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_time
from pact_desktop.services import referrals, screenings
from pact_desktop.services.session import Session

_REASON = TypedAt(TypedField.FORM_TEXT, "reason")


class Keep(Protocol):
    """Stores a change of the referral and then says so, or why it was refused."""

    def __call__(
        self,
        change: Callable[[], Referral],
        *,
        stored: Callable[[], object],
        refused: Callable[[BaseException], object] | None = None,
    ) -> object: ...


class InPlaceOfConsent:
    """What happened is kept first; then a colleague confirms that it is passed on."""

    def __init__(
        self,
        view: ReferralView,
        visit: VisitContext,
        state: ReferralState,
        session: Session,
        *,
        keep: Keep,
        fail: Callable[[BaseException], object],
    ) -> None:
        self._view, self._visit, self._state = view, visit, state
        self._session, self._keep, self._fail = session, keep, fail
        view.agreement.call_wanted.connect(self._ask_call)
        view.agreement.without_wanted.connect(self._ask_without)
        view.call.confirmed.connect(self._enter_call)
        view.without.confirmed.connect(self._record_without)
        view.agreement.colleague_wanted.connect(view.colleague.ask)
        view.colleague.confirmed.connect(self._confirm)
        # The reason waits with the visit until the decision is recorded.
        view.call.typed.connect(lambda: visit.keep_waiting(_REASON, view.call.reason.value()))
        view.without.typed.connect(lambda: visit.keep_waiting(_REASON, view.without.reason.value()))

    def _ask_call(self) -> None:
        steps, now = self._visit.screening.child_steps, self._session.now
        at = steps.notified_at.astimezone(now.tzinfo) if steps.notified_at else now
        line = self._state.referral.consent if self._state.referral else None
        service = self._state.service
        body = steps.notified_body or (self._state.name(service) if service else "")
        self._view.call.ask(
            CallMade(
                format_time(at),
                body,
                steps.notified_person_code,
                self._visit.waiting(_REASON) or (line.reason if line else ""),
            )
        )

    def _enter_call(self) -> None:
        made, session = self._view.call.made(), self._session
        at = moment_of(made.time, session.now)
        problems = {
            "time": "" if at else tr("Enter the time as hours and minutes, for example 11:20"),
            "receiver": "" if made.body else tr("Enter who was called"),
        }
        self._view.call.show_problems(**problems)
        short = fits(made.reason, "reason") and fits(made.body, TypedField.NOTIFIED_BODY)
        if any(problems.values()) or self._state.referral is None or not short:
            return
        referral_id = self._state.referral.referral_id
        screening_id = self._visit.screening.screening_id
        self._view.call.accept()

        def stored() -> None:
            self._visit.change(lambda: screenings.load_screening(session, screening_id))
            self._recorded()

        self._keep(
            lambda: referrals.record_child_notification(
                session,
                referral_id,
                notified_at=at,
                notified_body=made.body,
                notified_person_code=made.person_code,
                reason=made.reason,
            ),
            stored=stored,
        )

    def _ask_without(self) -> None:
        if self._state.referral is not None:
            self._view.without.ask(self._visit.waiting(_REASON))

    def _record_without(self) -> None:
        dialog = self._view.without
        reason = dialog.reason.value()
        dialog.show_problems(reason="" if reason else tr("Write one sentence with the reason"))
        if not reason or self._state.referral is None:
            return
        if not fits(reason, "reason"):
            return
        session, referral = self._session, self._state.referral
        dialog.accept()
        line = replace(referral.consent, legal_basis=LegalBasis.DANGER_TO_LIFE, reason=reason)
        self._keep(
            lambda: referrals.record_consent(session, referral.referral_id, line),
            stored=self._recorded,
        )

    def _recorded(self) -> None:
        """What happened is stored, so the colleague is asked, unless they confirmed it before."""
        self._visit.keep_waiting(_REASON, "")
        referral = self._state.referral
        if referral is not None and wants_colleague(referral.consent):
            self._view.colleague.ask()

    def _confirm(self) -> None:
        dialog, session = self._view.colleague, self._session
        referral = self._state.referral
        if referral is None:
            dialog.reject()
            return
        referral_id = referral.referral_id
        name, passphrase = dialog.given()
        self._keep(
            lambda: referrals.confirm_basis(session, referral_id, name, passphrase),
            stored=self._confirmed,
            refused=self._refused,
        )

    def _confirmed(self) -> None:
        if self._view.colleague.isVisible():
            self._view.colleague.accept()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self._view.colleague.show_problem(sentence(catalog(), error))
            return
        self._view.colleague.reject()
        self._fail(error)


def moment_of(typed: str, now: datetime) -> datetime | None:
    """A time of today; a call lies never in the future."""
    hours, _, minutes = typed.replace(".", ":").partition(":")
    try:
        moment = now.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)
    except ValueError:
        return None
    return moment if moment <= now else None
