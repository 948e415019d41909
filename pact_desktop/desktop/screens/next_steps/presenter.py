# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps what was offered and how the patient may be reached; finishes the visit."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from typing_extensions import override

from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.next_steps.child_actions import ChildActions
from pact_desktop.desktop.screens.next_steps.side_cards import TICKED_OUTCOMES, ReturnVisit
from pact_desktop.desktop.screens.next_steps.view import NextStepsView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.visit_words import step_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Account, Permission
from pact_desktop.domain.facility import Facility, ReferralService, ServiceKind
from pact_desktop.domain.referral import UNSENT, Referral
from pact_desktop.domain.screening import Offer, OfferAnswer, Outcome, VisitStep
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.i18n.formats import join_list
from pact_desktop.services import documents, screenings
from pact_desktop.services.accounts import list_accounts
from pact_desktop.services.facility import directory, facility
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.referrals import referrals_of_visit
from pact_desktop.terms import term

_REASON: Final = TypedAt(TypedField.RETURN_REASON)


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows say besides the visit itself."""

    facility: Facility | None = None
    services: list[ReferralService] = field(default_factory=list)
    people: list[Account] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)


class NextStepsPresenter(StepPresenter):
    """Step 7. Every answer is stored at once; the visit ends in whatever state it is."""

    step: ClassVar = VisitStep.NEXT_STEPS

    def __init__(self, view: NextStepsView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._around = Around()
        self._child = ChildActions(view, work, self._visit, finish=self._conclude)
        view.offers.changed.connect(self._keep_offers)
        view.contact.changed.connect(self._keep_offers)
        view.outcome.changed.connect(self._keep_outcome)
        view.papers.card_wanted.connect(self._open_card)
        view.papers.slip_wanted.connect(lambda: self._print(documents.visit_slip))
        view.papers.note_wanted.connect(self._print_note)
        view.secondary_pressed.connect(self._prepare)

    @override
    def arrive(self) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id

        def read() -> Around:
            return Around(
                facility(session),
                directory(session),
                [a for a in list_accounts(session) if a.active and a.allows(Permission.SCREEN)],
                referrals_of_visit(session, screening_id),
            )

        self._around = Around()
        self._work.background.run(self._view, read, self._read)

    @override
    def show(self) -> None:
        screening, patient = self._visit.screening, self._visit.patient
        doubtful = patient.age_is_doubtful(self._work.session.today)
        self._view.show_path(is_child=screening.is_child, doubtful=doubtful)
        self._view.offers.show_offers(screening.offers, self._details())
        self._view.contact.show_contact(patient.safe_contact)
        now = self._work.session.now
        at = screening.return_visit_at
        self._view.contact.show_return(
            ReturnVisit(at.astimezone(now.tzinfo) if at else None, self._visit.shown(_REASON))
        )
        self._view.outcome.show_outcomes(screening.outcomes, screening.not_possible_reason)
        safe = not screening.is_child or screening.child_steps.copy_is_safe
        self._view.papers.show_papers(copies_are_safe=safe)
        if screening.is_child:
            self._child.show()
        self._show_footer()

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed and not self._visit.screening.closed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    @override
    def go_on(self) -> None:
        """The button at the end always finishes, also while the referral beside it leads."""
        self._finish()

    def _read(self, around: Around) -> None:
        self._around = around
        self._child.know(around.services, around.people)
        if self._in_front and self._visit.is_open:
            self.show()

    # Storing --------------------------------------------------------------------------------

    def _keep_offers(self) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        patient, typed_words = self._visit.patient, dict[TypedAt, str]()
        offers, contact = (
            self._view.offers.chosen(),
            self._view.contact.contact(patient.safe_contact),
        )
        typed = self._view.contact.return_visit(session.now)
        self._view.contact.show_problem(
            tr("Enter a day from today on, and the time as 10:30") if typed.wrong else ""
        )
        before = self._visit.screening
        kept_at = before.return_visit_at if typed.wrong else typed.at
        taken_back = kept_at is None and not typed.wrong
        reason = self._visit.keep_typed(_REASON, typed.reason, typed_words)
        self._visit.change(
            lambda: screenings.record_offers(
                session,
                screening_id,
                offers,
                return_visit_at=kept_at,
                return_reason=reason,
                no_return_visit=taken_back and not typed.reason,
            ),
            typed=typed_words,
        )
        if contact != patient.safe_contact:
            self._visit.change_patient(replace(patient, safe_contact=contact))

    def _keep_outcome(self) -> None:
        session, screening = self._work.session, self._visit.screening
        wanted = (screening.outcomes - set(TICKED_OUTCOMES)) | self._view.outcome.chosen()
        reason, screening_id = screening.not_possible_reason, screening.screening_id
        self._visit.change(
            lambda: screenings.record_outcome(session, screening_id, frozenset(wanted), reason)
        )

    # Going on -------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._view.hand_over()
        self._work.navigator.go("referral", screening_id=self._visit.screening.screening_id)

    def _open_card(self) -> None:
        self._view.hand_over()
        self._work.navigator.go("patient_card", screening_id=self._visit.screening.screening_id)

    def _print_note(self) -> None:
        """Nobody takes the note for the whole visit while some of it waits."""
        self._view.hand_over()
        # What was handed over is stored first; only then is it known what waits.
        self._work.background.run(self._view, lambda: None, lambda _: self._ask_before_note())

    def _ask_before_note(self) -> None:
        steps = self._visit.steps_waiting
        if not steps:
            self._print(documents.clinical_note)
            return
        names = join_list([step_name(step) for step in steps], catalog().locale)
        words = tr("It waits where it was typed: {steps}. The note is printed without it.")
        question = Question(
            tr("Some text is not part of the visit yet"),
            words.format(steps=names),
            (
                AnswerButton(tr("Look at it first"), "primary"),
                AnswerButton(tr("Print without it")),
            ),
        )

        def answered(position: int) -> None:
            if position:
                self._print(documents.clinical_note)
            elif steps[0] is not VisitStep.NEXT_STEPS:
                self._visit.go(steps[0])

        self._work.notices.ask(question, answered)

    def _print(self, make: Callable[..., IssuedDocument]) -> None:
        """The paper is in the log before its page exists."""
        self._view.hand_over()
        session, screening_id = self._work.session, self._visit.screening.screening_id
        paper = self._around.facility.paper_locale if self._around.facility else "en"

        def printed(document: IssuedDocument) -> None:
            self._work.navigator.go(
                "print_page",
                pdf=document.pdf,
                job=document.file_name.removesuffix(".pdf"),
                file_name=document.file_name,
                screening_id=screening_id,
                back=("next_steps", {"screening_id": screening_id}),
            )

        self._work.background.run(self._view, lambda: make(session, screening_id, paper), printed)

    def _finish(self) -> None:
        self._view.hand_over()
        screening = self._visit.screening
        if screening.closed:
            self._work.navigator.go("today")
        elif screening.drafts:
            self._ask_about_drafts()
        else:
            self._finish_now()

    def _ask_about_drafts(self) -> None:
        """Nothing blocks the end of a visit; but nobody finds out later what was left out."""
        steps = self._visit.steps_waiting
        names = join_list([step_name(step) for step in steps], catalog().locale)
        question = Question(
            tr("Some text is not part of the visit yet"),
            tr(
                "It waits where it was typed: {steps}. When the visit is finished it can no "
                "longer be completed, and it is on no paper."
            ).format(steps=names),
            (
                AnswerButton(tr("Look at it first"), "primary"),
                AnswerButton(tr("Finish visit")),
            ),
        )

        def answered(position: int) -> None:
            if position:
                self._finish_now()
            elif steps[0] is not VisitStep.NEXT_STEPS:
                self._visit.go(steps[0])

        self._work.notices.ask(question, answered)

    def _finish_now(self) -> None:
        screening = self._visit.screening
        asked_later = screening.is_child and bool(screening.child_steps.open_steps)
        if screening.judgement is None and not screening.outcomes and not asked_later:
            self._ask_about_outcome()
        else:
            self._finish_judged()

    def _ask_about_outcome(self) -> None:
        """One key at a wrong moment must not end a visit that has hardly begun."""
        question = Question(
            tr("Finish without a level and an outcome?"),
            tr(
                "No level was set, and it is not said what came of the visit. "
                "A finished visit is not opened again."
            ),
            (AnswerButton(tr("Enter the outcome"), "primary"), AnswerButton(tr("Finish visit"))),
        )

        def answered(position: int) -> None:
            if position:
                self._finish_judged()
            else:
                self._view.show_outcome_card()

        self._work.notices.ask(question, answered)

    def _finish_judged(self) -> None:
        if self._outdated:
            self._ask_about_level()
        else:
            self._hand_over_or_conclude()

    def _hand_over_or_conclude(self) -> None:
        screening = self._visit.screening
        if screening.is_child and screening.child_steps.open_steps:
            self._child.ask_who_takes_over()
        else:
            self._conclude()

    @property
    def _outdated(self) -> bool:
        screening = self._visit.screening
        return not screening.closed and screenings.judgement_outdated(self._work.session, screening)

    def _ask_about_level(self) -> None:
        """Finishing stays possible; nobody finishes without knowing."""

        def answered(position: int) -> None:
            if position == 0:
                self._visit.go(VisitStep.SUMMARY)
            else:
                self._hand_over_or_conclude()

        self._work.notices.ask(
            Question(
                tr("Look at the summary once more?"),
                tr("Answers were given after the level was set. It may be too low now."),
                (AnswerButton(tr("Open the summary")), AnswerButton(tr("Finish visit"))),
            ),
            answered,
        )

    def _conclude(self) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id

        def concluded() -> None:
            self._work.navigator.go("today")
            self._work.notices.say(tr("Visit finished."))

        self._visit.change(
            lambda: screenings.conclude_screening(session, screening_id), stored=concluded
        )

    # Words ----------------------------------------------------------------------------------

    def _referral_is_next(self) -> bool:
        screening = self._visit.screening
        return (
            screening.offers.get(Offer.REFERRAL) is OfferAnswer.ACCEPTED
            and Outcome.REFERRED not in screening.outcomes
            and not screening.closed
        )

    def _show_footer(self) -> None:
        screening = self._visit.screening
        self._view.set_secondary("" if screening.closed else self._prepare_words())
        self._view.set_primary(tr("Back to today") if screening.closed else tr("Finish visit"))
        self._view.set_lead("secondary" if self._referral_is_next() else "primary")
        note = ""
        if screening.is_child and screening.child_steps.open_steps and not screening.closed:
            note = tr("Still to do: {steps}").format(
                steps=", ".join(str(number) for number in screening.child_steps.open_steps)
            )
        elif self._outdated:
            note = tr("Answers have changed: look at step 6 again")
        self._view.set_note(note)

    def _prepare_words(self) -> str:
        if any(known.status in UNSENT for known in self._around.referrals):
            return tr("Open the draft")
        return tr("Prepare referral")

    def _details(self) -> dict[Offer, str]:
        """What each offer means here today."""
        place = self._around.facility
        person = place.focal_person if place and place.focal_person.known else None
        kinds = {s.kind for s in self._around.services if s.confirmed_on is not None}
        receiving = [
            kind
            for kind in (ServiceKind.SHELTER, ServiceKind.COUNSELLING, ServiceKind.LEGAL_AID)
            if kind in kinds
        ]
        names = [term(catalog(), kind) for kind in receiving]
        return {
            Offer.TREATMENT_AND_RETURN: tr("Care today, and back in 2 to 7 days"),
            Offer.INFORMATION_CARD: tr("Given to every patient"),
            Offer.CALL_NOW: tr("Support line or coordinator, from a staff phone"),
            Offer.CONTACT_PERSON: f"{person.name}, {person.hours}".strip(", ")
            if person
            else tr("Contact person not set"),
            Offer.REFERRAL: join_list(names, catalog().locale),
        }
