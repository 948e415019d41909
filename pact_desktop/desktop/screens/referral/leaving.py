# SPDX-License-Identifier: GPL-3.0-or-later
"""How a referral leaves: checked once more, asked about, logged, and only then a page."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.referral.dialogs import Leave
from pact_desktop.desktop.screens.referral.showing import ReferralShow
from pact_desktop.desktop.screens.referral.state import ReferralState
from pact_desktop.desktop.screens.referral.view import ReferralView
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.referral import PRINTABLE, Referral, ReferralId, show_reference
from pact_desktop.domain.screening import VisitStep
from pact_desktop.error_texts import sentence
from pact_desktop.services import referrals, screenings
from pact_desktop.services.documents import consent_page
from pact_desktop.services.issued import IssuedDocument


class Leaving:
    """Print, save, keep as a draft, or note that the patient declined."""

    def __init__(
        self,
        view: ReferralView,
        work: Work,
        visit: VisitContext,
        state: ReferralState,
        show: ReferralShow,
    ) -> None:
        self._view, self._work, self._visit = view, work, visit
        self._state, self._show = state, show
        view.print_wanted.connect(lambda: self.ask(saving=False))
        view.secondary_pressed.connect(self._press_secondary)
        view.extra_pressed.connect(self._decline)
        view.preview.save_wanted.connect(lambda: self.ask(saving=True))
        view.preview.consent_page_wanted.connect(self._print_consent_page)
        view.issue.confirmed.connect(self._issue)

    def _press_secondary(self) -> None:
        if self._state.sent:
            self.ask(saving=False, leave=Leave.VERSION)
        else:
            self._leave_as_draft()

    def ask(self, *, saving: bool, leave: Leave | None = None) -> None:
        """Says what is missing, or asks how the paper leaves; again it is a copy at first."""
        chosen = leave or (Leave.COPY if self._state.sent else Leave.FIRST)
        self._view.hand_over()
        if self._state.referral is None:
            self._view.show_problems([tr("Choose a service to send to")])
            return
        # What still waits to be stored is stored first; only then the check sees it.
        self._work.background.run(
            self._view, lambda: None, lambda _: self._check(chosen, saving=saving)
        )

    def _check(self, leave: Leave, *, saving: bool) -> None:
        session, referral = self._work.session, self._state.referral
        if referral is None:
            return
        if referral.status not in PRINTABLE:
            self._view.show_problems([sentence(catalog(), Refusal(RefusalCode.REFERRAL_STATE))])
            return

        def ask(lacks: list[RefusalCode]) -> None:
            self._state.lacks = lacks
            self._view.show_problems(self._show.lack_words())
            if not lacks:
                self._view.issue.ask(
                    show_reference(referral.reference),
                    leave,
                    saving=saving,
                    channel=referral.channel,
                    paper=self._state.paper_locale,
                )

        self._work.background.run(
            self._view, lambda: referrals.missing_before_issue(session, referral), ask
        )

    def _issue(self) -> None:
        dialog, session, referral = self._view.issue, self._work.session, self._state.referral
        dialog.accept()
        if referral is None:
            return
        channel, saving, leave = dialog.chosen(), dialog.saving, dialog.leave
        paper = dialog.chosen_paper()
        referral_id, screening_id = referral.referral_id, self._visit.screening.screening_id

        def issue() -> tuple[IssuedDocument, Referral]:
            if leave is Leave.COPY:
                document = referrals.print_again(session, referral_id)
            elif leave is Leave.VERSION:
                document = referrals.issue_new_version(
                    session, referral_id, channel=channel, paper_locale=paper
                )
            else:
                document = referrals.issue_form(
                    session, referral_id, channel=channel, paper_locale=referral.paper_locale
                )
            return document, referrals.load_referral(session, referral_id)

        def issued(found: tuple[IssuedDocument, Referral]) -> None:
            document, self._state.referral = found
            # The visit now says that somebody was referred.
            self._visit.change(lambda: screenings.load_screening(session, screening_id))
            self._hand_out(document, referral_id, saving=saving)

        self._work.background.run(self._view, issue, issued)

    def _hand_out(
        self, document: IssuedDocument, referral_id: ReferralId, *, saving: bool = False
    ) -> None:
        screening_id = self._visit.screening.screening_id
        self._work.navigator.go(
            "print_page",
            pdf=document.pdf,
            job=document.reference,
            file_name=document.file_name,
            saving=saving,
            screening_id=screening_id,
            back=("referral", {"screening_id": screening_id, "referral_id": referral_id}),
        )

    def _print_consent_page(self) -> None:
        referral, session = self._state.referral, self._work.session
        if referral is None:
            return
        self._work.background.run(
            self._view,
            lambda: consent_page(session, referral.referral_id, referral.paper_locale),
            lambda document: self._hand_out(document, referral.referral_id),
        )

    def _leave_as_draft(self) -> None:
        """It is stored already; this only goes back and says so."""
        self._view.hand_over()
        if self._state.referral is not None and not self._state.sent:
            self._work.notices.say(tr("Kept as a draft. Find it under Next steps."))
        self._visit.go(VisitStep.NEXT_STEPS)

    def _decline(self) -> None:
        """What was prepared is erased, and only that outcome is kept."""
        session, screening_id = self._work.session, self._visit.screening.screening_id

        def declined() -> None:
            self._state.referral = None
            self._visit.go(VisitStep.NEXT_STEPS)
            self._work.notices.say(tr("Noted: the patient declined. Nothing is sent."))

        self._visit.change(
            lambda: referrals.decline_referral(session, screening_id), stored=declined
        )
