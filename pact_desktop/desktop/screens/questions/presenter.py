# SPDX-License-Identifier: GPL-3.0-or-later
"""Leads through the private questions; keeps every answer, tick and word as it is given."""

from typing import ClassVar

from typing_extensions import override

from pact_desktop.desktop.notices import Toast
from pact_desktop.desktop.patient_language import known, locale_for
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.questions.course import ANSWER_KEYS, Course
from pact_desktop.desktop.screens.questions.view import QuestionsView, QuestionText
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.visit_words import step_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.indicators import AnswerValue, Indicator, IndicatorId
from pact_desktop.domain.screening import Answer, PrivateMoment, ScreeningId, VisitStep
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.i18n.locales import language_name
from pact_desktop.services import screenings
from pact_desktop.terms import term


class QuestionsPresenter(StepPresenter):
    """Step 4. Words typed before an answer is chosen wait with the visit for the answer."""

    step: ClassVar = VisitStep.QUESTIONS

    def __init__(self, view: QuestionsView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._of: ScreeningId | None = None
        self._current: IndicatorId | None = None
        self._asked_on = False
        self._rest_now = False
        view.answered.connect(self._answer)
        view.ticked.connect(self._tick)
        view.typed.connect(self._keep_words)
        view.stopped.connect(lambda: self._visit.go(VisitStep.SUMMARY))
        view.asked_on.connect(self._ask_on)
        view.confirmed_again.connect(lambda: self._visit.go(VisitStep.IN_PRIVATE))
        view.secondary_pressed.connect(self._skip)
        view.next_wanted.connect(self.go_on)

    # Arriving -------------------------------------------------------------------------------

    @override
    def arrive(self) -> None:
        if self._of != self._visit.screening.screening_id:
            self._of = self._visit.screening.screening_id
            self._current, self._asked_on = None, False
        self._rest_now = False
        course = self._course()
        if self._current is None or not course.number(self._current):
            first = course.first()
            self._current = first.link_id if first else None
        self._show_hints()

    @override
    def show(self) -> None:
        if not self._visit.screening.private_now:
            self._show_again()
        elif self._current is None or self._rest_now:
            self._show_enough()
        else:
            self._show_question(self._current)

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    # Drawing --------------------------------------------------------------------------------

    def _show_question(self, link_id: IndicatorId) -> None:
        course, locale = self._course(), self._visit.words_locale
        answer = course.answers.get(link_id)
        follow_ups = course.follow_ups(link_id)
        self._view.show_question(
            QuestionText(
                link_id=link_id,
                number=course.number(link_id),
                total=len(course.questions),
                answered=course.answered,
                question=self._text(link_id, "ask") or self._text(link_id, "full"),
                value=answer.value if answer else None,
                answers=tuple((value, term(catalog(), value)) for value in ANSWER_KEYS),
                follow_up_title=self._text(link_id, "follow_up_title") if follow_ups else "",
                follow_ups=self._choices(follow_ups),
                disclosures=self._choices(course.disclosures),
                ticked=frozenset(
                    a.link_id for a in course.answers.values() if a.value is AnswerValue.YES
                ),
                own_words=self._visit.shown(TypedAt(TypedField.OWN_WORDS, link_id)),
                own_words_note=self._how_said(locale),
                not_asked_reason=self._visit.shown(TypedAt(TypedField.NOT_ASKED_REASON, link_id)),
            )
        )
        self._show_sentence(link_id)
        self._view.show_about(tr("About this question"), self._text(link_id, "about"))
        last = course.after(link_id) is None
        self._view.set_primary(tr("Continue") if last else tr("Next question"), key="Enter")
        self._view.set_secondary(tr("Skip this question"), kind="quiet")
        before = course.before(link_id)
        if before is not None:
            number = course.number(before.link_id)
            self._view.set_back(tr("Question {number}").format(number=number))

    def _show_enough(self) -> None:
        self._view.show_enough()
        self._view.set_primary(tr("Continue"), key="Enter")
        self._view.set_secondary("")
        if self._current is not None:
            number = self._course().number(self._current)
            self._view.set_back(tr("Question {number}").format(number=number))

    def _show_again(self) -> None:
        self._view.show_again()
        self._view.set_primary("")
        self._view.set_secondary("")
        self._view.set_back(step_name(VisitStep.IN_PRIVATE))

    def _show_hints(self) -> None:
        """What the guidance says about talking; for a child its own lines come first."""
        guidance, locale = self._work.session.content.guidance, self._visit.words_locale
        hints = [("check", step.text) for step in guidance.steps("talk.do", locale)]
        hints += [("x", step.text) for step in guidance.steps("talk.do-not", locale)]
        if self._visit.screening.is_child:
            child = [("check", step.text) for step in guidance.steps("talk.child", locale)]
            hints = child + hints
        self._view.show_hints(tr("While you talk"), hints)

    def _show_sentence(self, link_id: IndicatorId) -> None:
        language = self._language()
        key = f"{link_id}.ask"
        offered = [tag for tag, words in self._visit.indicator_set.words.items() if key in words]
        locale = locale_for(language, offered) if known(language) else ""
        heading = (
            tr("{language}, to read or to show").format(
                language=_capitalised(language_name(language, catalog().locale))
            )
            if known(language)
            else tr("Language of the patient not known")
        )
        text = self._visit.indicator_set.words[locale][key] if locale else ""
        self._view.show_patient_sentence(heading, text, locale)

    def _how_said(self, locale: str) -> str:
        moment = self._visit.screening.private_moment
        language = self._language()
        if not known(language):
            return ""
        name = language_name(language, locale)
        if moment is not None and moment.interpreter_code:
            return tr("said in {language}, through interpreter {code}").format(
                language=name, code=moment.interpreter_code
            )
        return tr("said in {language}").format(language=name)

    # What the user does ---------------------------------------------------------------------

    @override
    def go_on(self) -> None:
        self._view.hand_over()
        if self._current is None or self._rest_now:
            self._visit.go(VisitStep.BODY_MAP)
            return
        course = self._course()
        if course.enough_asked and not self._asked_on:
            self._rest_now = True
            self.show()
            return
        self._move(course.after(self._current))

    @override
    def go_back(self) -> None:
        self._view.hand_over()
        if self._rest_now:
            self._rest_now = False
            self.show()
            return
        before = self._course().before(self._current) if self._current else None
        if before is None or not self._visit.screening.private_now:
            super().go_back()
        else:
            self._move(before)

    def _skip(self) -> None:
        self._view.hand_over()
        if self._current is not None:
            self._move(self._course().after(self._current))

    def _ask_on(self) -> None:
        self._asked_on, self._rest_now = True, False
        course = self._course()
        following = course.after(self._current) if self._current else course.first()
        self._move(following or course.first())

    def _move(self, question: Indicator | None) -> None:
        if question is None:
            self._visit.go(VisitStep.BODY_MAP)
            return
        self._current = question.link_id
        self._stored()

    def _answer(self, value: AnswerValue | None) -> None:
        link_id = self._current
        if link_id is None:
            return
        course = self._course()
        before = course.answers.get(link_id)
        self._view.hand_over()
        if value is None:
            self._withdraw(link_id)
            return
        hidden = course.hidden_by(link_id, value)
        self._record_with_words(link_id, value, *self._view.typed_words())
        if hidden and before is not None:
            self._work.notices.say(
                Toast(
                    tr("What was ticked under the earlier answer no longer counts."),
                    tr("Undo"),
                    lambda: self._record(before),
                )
            )

    def _tick(self, link_id: str, on: bool) -> None:  # noqa: FBT001 a Qt slot
        item = IndicatorId(link_id)
        if on:
            self._record(Answer(item, AnswerValue.YES))
        else:
            self._withdraw(item)

    def _keep_words(self, words: str, reason: str) -> None:
        link_id = self._current
        if link_id is None:
            return
        answer = self._course().answers.get(link_id)
        if answer is not None:
            self._record_with_words(link_id, answer.value, words, reason)
            return
        self._visit.keep_waiting(TypedAt(TypedField.OWN_WORDS, link_id), words)
        self._visit.keep_waiting(TypedAt(TypedField.NOT_ASKED_REASON, link_id), reason)

    # ----------------------------------------------------------------------------------------

    def _record_with_words(
        self, link_id: IndicatorId, value: AnswerValue, words: str, reason: str
    ) -> None:
        """The answer with what was said about it; words that are too long wait beside it."""
        typed: dict[TypedAt, str] = {}
        own, why = (
            self._visit.keep_typed(TypedAt(field, link_id), text, typed, carried=True)
            for field, text in (
                (TypedField.OWN_WORDS, words),
                (TypedField.NOT_ASKED_REASON, reason),
            )
        )
        before = self._course().answers.get(link_id)
        if before is None or typed or before.value is not value:
            self._record(Answer(link_id, value, own_words=own, not_asked_reason=why), typed)

    def _record(self, answer: Answer, typed: dict[TypedAt, str] | None = None) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(
            lambda: screenings.record_answer(session, screening_id, answer), typed=typed
        )

    def _withdraw(self, link_id: IndicatorId) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(lambda: screenings.withdraw_answer(session, screening_id, link_id))

    def _course(self) -> Course:
        return Course.of(self._visit.indicator_set, self._visit.screening)

    def _text(self, link_id: IndicatorId, part: str) -> str:
        return self._visit.indicator_set.text(f"{link_id}.{part}", self._visit.words_locale)

    def _choices(self, items: tuple[Indicator, ...]) -> tuple[tuple[IndicatorId, str], ...]:
        return tuple((item.link_id, self._text(item.link_id, "full")) for item in items)

    def _language(self) -> str:
        moment: PrivateMoment | None = self._visit.screening.private_moment
        spoken = moment.language if moment is not None else ""
        return spoken if known(spoken) else self._visit.patient.language


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
