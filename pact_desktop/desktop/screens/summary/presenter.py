# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the suggestion with its reasons and keeps what the clinician decides."""

from typing import ClassVar

from typing_extensions import override

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.summary.reasons import ReasonWriter
from pact_desktop.desktop.screens.summary.rule_words import rule_words
from pact_desktop.desktop.screens.summary.view import SummaryView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.words import catalog, quoted, tr
from pact_desktop.domain.accounts import Account
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.screening import Judgement, VisitStep
from pact_desktop.domain.text import TypedAt, TypedField, fits
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_moment
from pact_desktop.services import screenings
from pact_desktop.services.staff import list_accounts

_SENTENCE = TypedAt(TypedField.JUDGEMENT)


class SummaryPresenter(StepPresenter):
    """Step 6. A level that needs neither reason nor second reader is kept when it is chosen."""

    step: ClassVar = VisitStep.SUMMARY

    def __init__(self, view: SummaryView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._arriving = False
        self._going_on = False
        view.judged.connect(self._judged)
        view.danger_changed.connect(self._keep_danger)
        view.explained.connect(self._explain)
        view.second_read.connect(self._judge_with_reader)
        view.urgent_wanted.connect(work.navigator.urgent_help_requested)
        view.secondary_pressed.connect(self._view.second_reader.ask)

    @override
    def arrive(self) -> None:
        self._arriving, self._going_on = True, False
        self._view.set_primary(tr("Confirm and continue"))
        self._view.set_secondary(tr("Ask a colleague"))
        self._view.show_problems()
        made = self._visit.screening.judgement
        self._view.show_judgement(made.level if made else None, self._own_sentence())
        self._view.show_colleague("")
        if made is not None and not self._is_own(made):
            self._say_whose(made)

    def _own_sentence(self) -> str:
        """A colleague's sentence stands beside the field: in it, it would pass as one's own."""
        made = self._visit.screening.judgement
        own = made is None or self._is_own(made)
        return self._visit.shown(_SENTENCE) if own else self._visit.waiting(_SENTENCE)

    def _is_own(self, made: Judgement) -> bool:
        return made.judged_by == self._work.session.account.account_id

    def _say_whose(self, made: Judgement) -> None:
        session = self._work.session
        when = format_moment(made.judged_at.astimezone(session.now.tzinfo), session.now, catalog())

        def say(people: list[Account]) -> None:
            if self._visit.screening.judgement is not made:
                return
            names = {person.account_id: person.display_name for person in people}
            # Translators: in place of the name of a colleague who is not in the list of staff.
            name = names.get(made.judged_by) or tr("A colleague")
            said = (
                tr("{name} set this level {when} and wrote: {sentence}")
                if made.sentence
                else tr("{name} set this level {when}.")
            )
            self._view.show_colleague(
                said.format(name=name, when=when, sentence=quoted(made.sentence))
            )

        self._work.background.run(self._view, lambda: list_accounts(session), say)

    @override
    def show(self) -> None:
        screening, session = self._visit.screening, self._work.session
        concern = screenings.suggestion(session, screening)
        self._view.show_why(ReasonWriter(self._visit.indicator_sets, screening).why(concern))
        self._view.show_suggestion(concern.level)
        self._view.show_danger(
            screening.danger_answers,
            screening.danger,
            screenings.danger_suggestion(session, screening),
            arriving=self._arriving,
        )
        self._arriving = False
        going_on, self._going_on = self._going_on, False
        if going_on:
            self._visit.go(VisitStep.NEXT_STEPS)

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    @override
    def go_on(self) -> None:
        self._view.hand_over()
        level = self._view.chosen_level()
        if level is None:
            self._view.show_problems(level=tr("Choose a level. The suggestion is marked."))
            return
        if self._needs_reason(level) and not self._view.typed_sentence():
            self._view.show_problems(sentence=tr("Write one sentence why the level is lower."))
            return
        if self._needs_reason(level) and not self._fits():
            self._view.show_problems(sentence=tr("Shorten the reason to one sentence."))
            return
        self._view.show_problems()
        if self._is_kept(level):
            self._visit.go(VisitStep.NEXT_STEPS)
        elif self._needs_reader(level):
            self._view.second_reader.ask()
        else:
            self._going_on = True
            self._judge(level)

    # What is decided ------------------------------------------------------------------------

    def _judged(self) -> None:
        """Keep the decision at once where the rule needs nothing more; else the sentence waits."""
        level, words = self._view.chosen_level(), self._view.typed_sentence()
        possible = level is not None and not self._needs_reader(level)
        if level is not None and self._needs_reason(level) and not (words and self._fits()):
            possible = False
        if level is None or not possible:
            self._visit.keep_waiting(_SENTENCE, words)
        elif not self._is_kept(level):
            self._view.show_problems()
            self._judge(level)

    def _judge(self, level: ConcernLevel) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        typed: dict[TypedAt, str] = {}
        words = self._carried(typed)
        self._visit.change(
            lambda: screenings.judge(session, screening_id, level, words), typed=typed
        )

    def _carried(self, typed: dict[TypedAt, str]) -> str:
        """The sentence that goes with the level now; one that is too long waits beside it."""
        return self._visit.keep_typed(_SENTENCE, self._view.typed_sentence(), typed, carried=True)

    def _fits(self) -> bool:
        return fits(self._view.typed_sentence(), TypedField.JUDGEMENT)

    def _judge_with_reader(self) -> None:
        level = self._view.chosen_level()
        dialog = self._view.second_reader
        if level is None:
            dialog.reject()
            self.go_on()
            return
        session, screening_id = self._work.session, self._visit.screening.screening_id
        typed: dict[TypedAt, str] = {}
        words = self._carried(typed)
        reader = dialog.given()
        self._going_on = True

        def done() -> None:
            if dialog.isVisible() and self._going_on:
                dialog.accept()

        self._visit.change(
            lambda: screenings.judge(session, screening_id, level, words, reader),
            refused=self._reader_refused,
            stored=done,
            typed=typed,
        )

    def _reader_refused(self, error: BaseException) -> None:
        self._going_on = False
        if isinstance(error, Refusal):
            self._view.second_reader.show_problem(sentence(catalog(), error))

    def _keep_danger(self) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        answers, level = self._view.danger.answers(), self._view.danger.chosen_level()
        self._visit.change(lambda: screenings.record_danger(session, screening_id, answers, level))

    def _explain(self) -> None:
        concern = screenings.suggestion(self._work.session, self._visit.screening)
        self._view.show_rule(rule_words(concern, self._visit.indicator_set))

    # Rules of the judgement -----------------------------------------------------------------

    def _suggested(self) -> ConcernLevel:
        return screenings.suggestion(self._work.session, self._visit.screening).level

    def _floor(self) -> ConcernLevel:
        """What the level may not go below without a reason: suggested, or set by a colleague."""
        return screenings.judging_floor(self._work.session, self._visit.screening)

    def _needs_reason(self, level: ConcernLevel) -> bool:
        return level < self._floor()

    def _needs_reader(self, level: ConcernLevel) -> bool:
        return self._needs_reason(level) and self._floor() is ConcernLevel.STRONG

    def _is_kept(self, level: ConcernLevel) -> bool:
        """Nothing was changed; a colleague's level and sentence stay hers until one's own come."""
        made = self._visit.screening.judgement
        if made is None or made.level is not level or made.suggested is not self._suggested():
            return False
        if not self._is_own(made) and not self._view.typed_sentence():
            return True
        return made.sentence == self._carried({})
