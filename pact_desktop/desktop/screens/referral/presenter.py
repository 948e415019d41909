# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps a referral as it is prepared: every choice at once, texts after a pause."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from typing_extensions import override

from pact_desktop.desktop.outbox import Outbox
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.referral.agreement import Agreed
from pact_desktop.desktop.screens.referral.in_place_of_consent import InPlaceOfConsent
from pact_desktop.desktop.screens.referral.leaving import Leaving
from pact_desktop.desktop.screens.referral.showing import ReferralShow
from pact_desktop.desktop.screens.referral.state import Desk, ReferralState, read_desk
from pact_desktop.desktop.screens.referral.view import ReferralView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.visit_words import step_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.consent import Consent, ConsentDecision
from pact_desktop.domain.danger import DangerLevel
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ReferralService, ServiceId
from pact_desktop.domain.referral import UNSENT, Priority, Referral, ReferralDetails
from pact_desktop.domain.screening import InterpreterMode, VisitStep
from pact_desktop.domain.text import TypedAt, TypedField, fits
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_time
from pact_desktop.i18n.locales import LOCALES, PAPER_LOCALES
from pact_desktop.services import referrals
from pact_desktop.services.typed_text import PERSONAL

_SETTLE_MS: Final = 350


class ReferralPresenter(StepPresenter):
    """Part of step 7. The stored referral is the truth; the view only edits a copy of it."""

    step: ClassVar = VisitStep.NEXT_STEPS

    def __init__(self, view: ReferralView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._outbox = Outbox.of(work)
        self._state = ReferralState()
        self._shown = ReferralShow(view, self._visit, self._state, work.session)
        self._leaving = Leaving(view, work, self._visit, self._state, self._shown)
        self._lawful = InPlaceOfConsent(
            view, self._visit, self._state, work.session,
            keep=self._store, fail=work.notices.fail,
        )  # fmt: skip
        self._drafting: ServiceId | None = None
        self._wanted_id = ""
        self._on_the_way = 0
        self._settle = QTimer(view, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._check)
        view.entered.connect(self._remember)
        view.service_chosen.connect(self._choose_service)
        view.searched.connect(self._search)
        view.edited.connect(self._keep_edits)
        view.agreement.recipient_ticked.connect(self._tick_recipient)
        view.agreement.police_ticked.connect(self._tick_police)
        view.agreement.changed.connect(self._keep_agreed)
        view.agreement.private_wanted.connect(lambda: self._visit.go(VisitStep.IN_PRIVATE))

    # Arriving and leaving -------------------------------------------------------------------

    def _remember(self, arguments: dict[str, object]) -> None:
        """A referral that is asked for by name; otherwise the visit's draft."""
        self._wanted_id = str(arguments.get("referral_id", ""))

    @override
    def arrive(self) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._state.forget()
        self._view.search.clear()
        self._view.show_problems(())
        self._view.preview.show_page(b"")
        self._view.preview.paper.set_options([(t, LOCALES[t].own_name) for t in PAPER_LOCALES])
        self._work.background.run(
            self._view, lambda: read_desk(session, screening_id), self._opened
        )

    @override
    def show(self) -> None:
        self._view.set_back(step_name(VisitStep.NEXT_STEPS))
        self._view.show_headings(is_child=self._visit.screening.is_child)
        self._shown.show_footer()
        if self._state.desk is not None:
            self._shown.show_all()

    @override
    def leave(self) -> None:
        self._view.hand_over()
        self._view.preview.show_page(b"")

    @override
    def waits_here(self) -> bool:
        """Only of the form: what waits in the rest of the step stands on another screen."""
        return any(at.field is TypedField.FORM_TEXT for at in self._visit.screening.drafts)

    @override
    def go_back(self) -> None:
        self._visit.go(VisitStep.NEXT_STEPS)

    @override
    def go_on(self) -> None:
        self._leaving.ask(saving=False)

    def _opened(self, desk: Desk) -> None:
        if not self._in_front:
            return
        state = self._state
        state.desk, state.found = desk, desk.services
        named = [known for known in desk.known if known.referral_id == self._wanted_id]
        fitting = named or [known for known in desk.known if known.status in UNSENT]
        state.referral = fitting[-1] if fitting else None
        known = state.referral
        self._view.show_priority(known.priority if known else self._first_priority())
        self._view.preview.paper.set_value(
            known.paper_locale if known else desk.facility.paper_locale
        )
        self._shown.show_all()
        self._check()

    def _first_priority(self) -> Priority:
        """Children and immediate danger: within the day."""
        screening = self._visit.screening
        if screening.is_child or screening.danger is DangerLevel.IMMEDIATE:
            return Priority.EMERGENCY
        return Priority.URGENT

    # Choosing a service ---------------------------------------------------------------------

    def _search(self, text: str) -> None:
        session = self._work.session

        def show(found: list[ReferralService]) -> None:
            self._state.found = found
            self._shown.show_services()

        self._work.background.run(
            self._view, lambda: referrals.services_for(session, query=text), show
        )

    def _choose_service(self, service_id: ServiceId) -> None:
        if self._state.referral is not None:
            self._keep_edits(service_id)
            return
        first, self._drafting = self._drafting is None, service_id
        if not first:
            return
        session, screening_id = self._work.session, self._visit.screening.screening_id
        priority = self._view.chosen_priority()

        def drafted(referral: Referral) -> None:
            self._state.referral = referral
            wanted, self._drafting = self._drafting, None
            if self._view.details.details() == ReferralDetails():
                # Nothing was entered before: what the visit knows stands there.
                self._view.details.show_details(referral.details, {})
            self._keep_edits(wanted)

        def failed(error: BaseException) -> None:
            self._drafting = None
            self._work.notices.fail(error)

        self._work.background.run(
            self._view,
            lambda: referrals.draft_referral(session, screening_id, service_id, priority),
            drafted,
            failed,
        )

    # Keeping what was entered ---------------------------------------------------------------

    def _keep_edits(self, service_id: ServiceId | None = None) -> None:
        referral, preview = self._state.referral, self._view.preview
        if referral is None:
            return
        if self._state.sent:
            return
        paper = str(preview.paper.value() or referral.paper_locale)
        edited = replace(
            referral,
            service_id=service_id or referral.service_id,
            priority=self._view.chosen_priority(),
            details=self._view.details.details(),
            form=preview.chosen_form(),
            full_form_reason=self._fitting(
                "full-form-reason", preview.reason.value(), referral.full_form_reason
            ),
            stale_override_reason=self._fitting(
                "stale-override-reason",
                self._view.stale_reason.value(),
                referral.stale_override_reason,
            ),
            paper_locale=paper,
        )
        session = self._work.session
        self._store(lambda: referrals.save_referral(session, edited))
        too_long = self._view.details.too_long()
        for name in self._view.details.texts:
            # Beside the visit nothing may name the patient.
            if name not in PERSONAL:
                at = TypedAt(TypedField.FORM_TEXT, name)
                self._visit.keep_waiting(at, too_long.get(name, ""))

    def _fitting(self, name: str, words: str, stored: str) -> str:
        """What can be stored of a text; one that is too long waits with the visit."""
        at = TypedAt(TypedField.FORM_TEXT, name)
        if fits(words, name):
            self._visit.keep_waiting(at, "")
            return words
        self._visit.keep_waiting(at, words)
        return stored

    def _tick_recipient(self, on: bool) -> None:  # noqa: FBT001 (slot of a tick box)
        if self._state.referral is not None:
            self._record(self._state.referral.consent, self._view.agreement.agreed(), on=on)

    def _tick_police(self, on: bool) -> None:  # noqa: FBT001 (slot of a tick box)
        """The line of the police never carries the items of another recipient."""
        referral, police = self._state.referral, self._state.police
        if referral is not None and police is not None:
            line = referral.consent_for(police.service_id)
            agreed = replace(self._view.agreement.agreed(), items=line.items)
            self._record(line, agreed, on=on)

    def _keep_agreed(self) -> None:
        referral, agreement = self._state.referral, self._view.agreement
        if referral is None or referral.consent.decision is not ConsentDecision.GIVEN:
            return
        try:
            agreement.until.value()
        except Refusal as refusal:
            agreement.show_date_problem(sentence(catalog(), refusal))
            return
        agreement.show_date_problem("")
        self._record(referral.consent, agreement.agreed(), on=True)

    def _record(self, line: Consent, agreed: Agreed, *, on: bool) -> None:
        referral, session = self._state.referral, self._work.session
        if referral is None:
            return
        moment = self._visit.screening.private_moment
        spoken = moment is not None and moment.interpreter is not InterpreterMode.NOT_NEEDED
        off = ConsentDecision.WITHDRAWN if self._state.sent else ConsentDecision.NOT_ASKED
        decided = replace(
            line,
            decision=ConsentDecision.GIVEN if on else off,
            items=agreed.items if on else frozenset(),
            valid_until=agreed.until if on else None,
            form=agreed.form,
            capacity=agreed.capacity,
            patient_copy=agreed.copy,
            statistics=agreed.statistics,
            language=self._visit.patient.language,
            interpreter_code=moment.interpreter_code if moment and spoken else "",
        )
        self._store(
            lambda: referrals.record_consent(session, referral.referral_id, decided),
            refused=self._consent_refused,
        )

    def _consent_refused(self, error: BaseException) -> None:
        if isinstance(error, Refusal) and error.code is RefusalCode.DATE_INVALID:
            self._view.agreement.show_date_problem(tr("Enter a day from today on"))
            return
        self._work.notices.fail(error)

    def _store(
        self,
        change: Callable[[], Referral],
        refused: Callable[[BaseException], object] | None = None,
        stored: Callable[[], object] | None = None,
    ) -> None:
        self._on_the_way += 1

        def kept(referral: Referral) -> None:
            self._on_the_way -= 1
            self._state.referral = referral
            saved = tr("Saved {time}").format(time=format_time(self._work.session.now))
            self._view.set_saved(saved)
            if not self._on_the_way:
                # Not before: a tick that is still on its way would be taken back on the screen.
                self._shown.show_all()
            self._settle.start()
            if stored is not None:
                stored()

        def not_kept(error: BaseException) -> None:
            self._on_the_way -= 1
            if isinstance(error, Refusal):
                # A rule said no: what is stored is right, so it is shown again.
                self._shown.show_all()
            (refused or self._work.notices.fail)(error)

        self._outbox.send(change, kept, not_kept)

    # The page and what it lacks -------------------------------------------------------------

    def _check(self) -> None:
        referral, session = self._state.referral, self._work.session
        if referral is None or not self._in_front:
            self._view.preview.show_lacks((), ready="")
            return
        self._work.background.run(
            self._view,
            lambda: referrals.check_form(session, referral, referral.paper_locale),
            self._show_checked,
        )

    def _show_checked(self, checked: referrals.CheckedForm) -> None:
        if not self._in_front:
            return
        self._state.lacks = checked.lacks
        referral = self._state.referral
        let_go = referral.stripped_on if referral else None
        self._view.preview.show_page(checked.pdf, let_go=let_go)
        lacks = self._shown.lack_words()
        ready, hint = self._shown.ready_words(), self._shown.hint_words()
        self._view.preview.show_lacks(lacks, ready=ready, hint=hint)
        if self._view.problems.isVisible():
            self._view.show_problems(lacks)
