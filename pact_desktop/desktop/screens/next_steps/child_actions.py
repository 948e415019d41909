# SPDX-License-Identifier: GPL-3.0-or-later
"""The five actions for a patient under 18: what was done, by whom, and what is handed over."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pact_desktop.desktop.patient_language import locale_for
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.next_steps.child_card import ChildWords
from pact_desktop.desktop.screens.next_steps.view import NextStepsView
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.words import catalog, quoted, tr
from pact_desktop.domain.accounts import Account
from pact_desktop.domain.facility import ReferralService, ServiceKind
from pact_desktop.domain.screening import ChildSteps
from pact_desktop.domain.text import TypedAt, TypedField, fits
from pact_desktop.i18n.formats import format_moment, format_time
from pact_desktop.services import screenings

_TELL = "child.tell"
_VIEW = TypedAt(TypedField.CHILD_VIEW)
_BODY = TypedAt(TypedField.NOTIFIED_BODY)
_PERSON = TypedAt(TypedField.NOTIFIED_PERSON_CODE)


class ChildActions:
    """Keeps each action the moment it is entered."""

    def __init__(
        self,
        view: NextStepsView,
        work: Work,
        visit: VisitContext,
        *,
        finish: Callable[[], object],
    ) -> None:
        self._view, self._work, self._visit, self._finish = view, work, visit, finish
        self._services: Sequence[ReferralService] = ()
        self._people: Sequence[Account] = ()
        view.child.call_wanted.connect(self._ask_call)
        view.child.tell_wanted.connect(self._ask_tell)
        view.child.write_wanted.connect(lambda: view.wish.ask(visit.shown(_VIEW)))
        view.child.changed.connect(self._keep_choices)
        view.also.changed.connect(self._keep_choices)
        view.call.confirmed.connect(self._enter_call)
        view.tell.confirmed.connect(self._told)
        view.wish.confirmed.connect(self._keep_wish)
        view.take_over.confirmed.connect(self._hand_over)
        view.call.typed.connect(self._keep_call_typed)
        view.wish.typed.connect(lambda: visit.keep_waiting(_VIEW, view.wish.words.value()))

    def know(self, services: Sequence[ReferralService], people: Sequence[Account]) -> None:
        self._services, self._people = services, people
        self._view.child.show_people(self._names())

    def show(self) -> None:
        steps, now = self._steps, self._work.session.now
        told = ""
        if steps.told_at is not None:
            when = format_moment(steps.told_at.astimezone(now.tzinfo), now, catalog())
            told = tr("Told {when}").format(when=when)
        view = quoted(steps.view_in_own_words) if steps.view_in_own_words else ""
        if self._visit.waiting(_VIEW):
            view = tr("Begun, and not kept yet. Open it to go on.")
        self._view.child.show_steps(steps, ChildWords(self._call_words(), told, view))
        self._view.also.show_steps(steps)
        guidance = self._work.session.content.guidance
        lines = [step.text for step in guidance.steps("do-not.child", catalog().locale)]
        self._view.do_not.show_lines(tr("Do not"), lines)

    def ask_who_takes_over(self) -> None:
        numbers = ", ".join(str(number) for number in self._steps.open_steps)
        self._view.take_over.ask(numbers, self._names())

    @property
    def _steps(self) -> ChildSteps:
        return self._visit.screening.child_steps

    # What was done --------------------------------------------------------------------------

    def _ask_call(self) -> None:
        steps, now = self._steps, self._work.session.now
        at = steps.notified_at.astimezone(now.tzinfo) if steps.notified_at else now
        centre = self._centre()
        receiver = self._visit.shown(_BODY) or (centre.name if centre else "")
        self._view.call.ask(receiver, format_time(at), self._visit.shown(_PERSON))

    def _keep_call_typed(self) -> None:
        self._visit.keep_waiting(_BODY, self._view.call.receiver.value())
        self._visit.keep_waiting(_PERSON, self._view.call.person.value())

    def _enter_call(self) -> None:
        dialog = self._view.call
        receiver, at = dialog.receiver.value(), self._moment(dialog.time.value())
        dialog.show_problems(
            "" if receiver else tr("Enter who was called"),
            "" if at else tr("Enter the time as hours and minutes, for example 11:20"),
        )
        person = dialog.person.value()
        short = fits(receiver, _BODY.field) and fits(person, _PERSON.field)
        if not receiver or at is None or not short:
            return
        dialog.accept()
        typed: dict[TypedAt, str] = {}
        self._keep(
            replace(
                self._steps,
                notified_at=at,
                notified_body=self._visit.keep_typed(_BODY, receiver, typed),
                notified_person_code=self._visit.keep_typed(_PERSON, person, typed),
            ),
            typed,
        )

    def _ask_tell(self) -> None:
        guidance = self._work.session.content.guidance
        locale = locale_for(self._visit.patient.language, guidance.words)
        spoken = locale and guidance.speaks(locale, _TELL)
        self._view.tell.ask(
            _lines(step.text for step in guidance.steps(_TELL, catalog().locale)),
            _lines(step.text for step in guidance.steps(_TELL, locale)) if spoken else "",
            locale,
        )

    def _told(self) -> None:
        self._view.tell.accept()
        self._keep(replace(self._steps, told_at=self._work.session.now))

    def _keep_wish(self) -> None:
        words = self._view.wish.words.value()
        if not fits(words, _VIEW.field):
            return
        self._view.wish.accept()
        typed: dict[TypedAt, str] = {}
        kept = self._visit.keep_typed(_VIEW, words, typed)
        self._keep(replace(self._steps, view_in_own_words=kept), typed)

    def _keep_choices(self) -> None:
        child, also = self._view.child, self._view.also
        self._keep(
            replace(
                self._steps,
                companion_involved=child.involved_value(),
                stays_with=str(child.stays.value() or ""),
                siblings_at_risk=also.siblings.isChecked(),
                second_staff_present=also.second_staff.isChecked(),
                guardian_asked_for=also.guardian.isChecked(),
            )
        )

    def _hand_over(self) -> None:
        dialog = self._view.take_over
        who = str(dialog.who.value() or "")
        dialog.who_field.set_problem("" if who else tr("Choose a member of staff"))
        if who:
            dialog.accept()
            self._keep(replace(self._steps, handed_to=who))
            self._finish()

    def _keep(self, steps: ChildSteps, typed: dict[TypedAt, str] | None = None) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(
            lambda: screenings.record_child_steps(session, screening_id, steps), typed=typed
        )

    # Words ----------------------------------------------------------------------------------

    def _call_words(self) -> str:
        steps, now, centre = self._steps, self._work.session.now, self._centre()
        if steps.notified_at is not None:
            when = format_moment(steps.notified_at.astimezone(now.tzinfo), now, catalog())
            if steps.notified_person_code:
                return tr("{who}, called {when}, spoke with {code}").format(
                    who=steps.notified_body, when=when, code=steps.notified_person_code
                )
            return tr("{who}, called {when}").format(who=steps.notified_body, when=when)
        if centre is None or not centre.phones:
            return tr("The number is not in the list of this facility. Press F9.")
        return " · ".join(part for part in (", ".join(centre.phones), centre.hours) if part)

    def _centre(self) -> ReferralService | None:
        """The centre this facility has called; else the one that the pack names."""
        found = [s for s in self._services if s.kind is ServiceKind.SOCIAL_WORK and s.working]
        called = [service for service in found if service.confirmed_on is not None]
        return next(iter(called or found), None)

    def _names(self) -> list[tuple[str, str]]:
        """Staff codes go into the record, names only onto the screen."""
        return [(person.staff_code, person.display_name) for person in self._people]

    def _moment(self, typed: str) -> datetime | None:
        """A time of today; a call never lies in the future."""
        hours, _, minutes = typed.replace(".", ":").partition(":")
        now = self._work.session.now
        try:
            at = now.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)
        except ValueError:
            return None
        return at if at <= now else None


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
