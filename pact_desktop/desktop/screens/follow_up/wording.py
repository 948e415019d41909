# SPDX-License-Identifier: GPL-3.0-or-later
"""A sent referral in words: its clock, its track, and what is to be done next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pact_desktop.desktop.screens.follow_up.answers import (
    AnswerShortcut,
    code_words,
    shortcuts,
)
from pact_desktop.desktop.service_words import sent_name, service_name
from pact_desktop.desktop.widgets import BannerText, ChipText, Dot, TrackCell, TrackStep
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.facility import ParticipantPack
from pact_desktop.domain.referral import (
    ANSWER_WITHIN,
    OUTCOME_AFTER_DAYS,
    Priority,
    ReferralStatus,
    StatusChange,
    show_reference,
)
from pact_desktop.i18n.formats import format_date, format_moment
from pact_desktop.services.follow_up import FollowUpRow
from pact_desktop.terms import term

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_AHEAD = 0.25
"""The last quarter of the time to answer is shown in amber."""


@dataclass(frozen=True, slots=True)
class Line:
    """A referral as the table shows it."""

    key: str
    reference: str
    sent_to: str
    sent: str
    within: str
    track: TrackCell
    clock: ChipText


@dataclass(frozen=True, slots=True)
class Details:
    """A referral as the side pane shows it."""

    reference: str
    sent_to: str
    call: str
    steps: tuple[TrackStep, ...]
    answers: tuple[AnswerShortcut, ...]
    note: BannerText | None
    can_open: bool
    can_choose_another: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """With whose eyes a list is read: when, in which country."""

    now: datetime
    pack: ParticipantPack | None

    def line(self, row: FollowUpRow) -> Line:
        sent = row.step(ReferralStatus.SENT)
        return Line(
            key=row.referral_id,
            reference=show_reference(row.reference),
            sent_to=self.service(row),
            sent=self._day(sent.at) if sent else "",
            within=_within(row.priority),
            track=TrackCell(tuple(step.dot for step in self.steps(row)), _state(row.status)),
            clock=self.clock(row),
        )

    def details(self, row: FollowUpRow) -> Details:
        service = row.service
        call = (", ".join(service.phones), service.hours) if service else ()
        declined = row.status is ReferralStatus.DECLINED
        clinician = row.screening_id is not None
        return Details(
            reference=show_reference(row.reference),
            sent_to=self._sent_to(row),
            call=" · ".join(part for part in call if part),
            steps=self.steps(row),
            answers=shortcuts(row.status),
            note=self.note(row),
            can_open=clinician,
            can_choose_another=clinician and (declined or row.overdue),
        )

    def service(self, row: FollowUpRow) -> str:
        """By the name on the page that left: whoever got that answers."""
        if row.name_when_sent:
            service_id = row.service.service_id if row.service else None
            return sent_name(row.name_when_sent, service_id, self.pack)
        return service_name(row.service, self.pack) if row.service else tr("Not in the list now")

    def _sent_to(self, row: FollowUpRow) -> str:
        """Beside a number to call, which is that of the name of now."""
        if row.service and row.name_when_sent not in {"", row.service.name}:
            said = tr("Sent to: {name}. The service has another name now.")
            return said.format(name=self.service(row))
        return self.service(row)

    def sent_line(self, row: FollowUpRow) -> str:
        """What a typed reference was found to be."""
        sent = row.step(ReferralStatus.SENT)
        words = tr("{service}, sent {when}. Last answer: {state}")
        if row.status is ReferralStatus.SENT:
            words = tr("{service}, sent {when}")
        return words.format(
            service=self.service(row),
            when=self._day(sent.at) if sent else "…",
            state=_state(row.status),
        )

    def clock(self, row: FollowUpRow) -> ChipText:
        if row.waiting and row.due_at is not None:
            return self._answer_clock(row.due_at, ANSWER_WITHIN[row.priority])
        if row.status is ReferralStatus.DECLINED:
            return ChipText(tr("New place needed"), "caution", "clock")
        if row.outcome_due_at is not None:
            day = self._day(row.outcome_due_at)
            if row.outcome_due_at < self.now:
                return ChipText(tr("Outcome was due {day}").format(day=day), "caution", "clock")
            return ChipText(tr("Outcome due {day}").format(day=day), "neutral", "clock")
        if row.status is ReferralStatus.OUTCOME:
            return ChipText(code_words(row.status, row.code), "ok", "check")
        return ChipText(tr("Closed"), "neutral", "")

    def _answer_clock(self, due: datetime, within: timedelta) -> ChipText:
        left = due - self.now
        if left < timedelta(0):
            return ChipText(_late(-left), "alert", "warning-circle")
        tone = "caution" if left <= within * _AHEAD else "neutral"
        return ChipText(_left(left), tone, "clock")

    def steps(self, row: FollowUpRow) -> tuple[TrackStep, ...]:
        """Four steps, whatever came of it; what ended it early is crossed."""
        answered = row.step(ReferralStatus.ACCEPTED, ReferralStatus.DECLINED)
        ended = row.step(ReferralStatus.REDIRECTED, ReferralStatus.WITHDRAWN,
                         ReferralStatus.ENTERED_IN_ERROR)  # fmt: skip
        return (
            self._done(row.step(ReferralStatus.SENT), term(catalog(), row.channel)),
            self._received(row, answered),
            self._accepted(row, answered or ended),
            self._outcome(row, ended if answered else None),
        )

    def _received(self, row: FollowUpRow, answered: StatusChange | None) -> TrackStep:
        title = term(catalog(), ReferralStatus.RECEIVED)
        came = row.step(ReferralStatus.RECEIVED, ReferralStatus.REDIRECTED) or answered
        if came is not None:
            return TrackStep(Dot.DONE, title, self._moment(came.at))
        return TrackStep(Dot.OPEN, title, tr("No answer yet") if row.waiting else "")

    def _accepted(self, row: FollowUpRow, answered: StatusChange | None) -> TrackStep:
        if answered is not None:
            return self._done(answered, code_words(answered.status, answered.code))
        due = ""
        if row.due_at is not None:
            words = tr("Was due {when}") if row.overdue else tr("Due {when}")
            due = words.format(when=self._moment(row.due_at))
        return TrackStep(Dot.OPEN, tr("Accepted or not accepted"), due, late=row.overdue)

    def _outcome(self, row: FollowUpRow, ended: StatusChange | None) -> TrackStep:
        last = row.step(ReferralStatus.OUTCOME) or ended
        if last is not None:
            return self._done(last, code_words(last.status, last.code))
        detail = ""
        if row.waiting:
            first, second = OUTCOME_AFTER_DAYS
            detail = tr("After {first} and {second} days").format(first=first, second=second)
        elif row.outcome_due_at is not None:
            late = row.outcome_due_at < self.now
            words = tr("Was due {when}") if late else tr("Due {when}")
            seen = row.step(ReferralStatus.IN_PROGRESS)
            parts = [tr("In progress since {day}").format(day=self._day(seen.at))] if seen else []
            detail = " · ".join((*parts, words.format(when=self._day(row.outcome_due_at))))
        return TrackStep(Dot.OPEN, _state(ReferralStatus.OUTCOME), detail)

    def _done(self, change: StatusChange | None, more: str = "") -> TrackStep:
        if change is None:
            return TrackStep(Dot.OPEN, term(catalog(), ReferralStatus.SENT))
        taken = {ReferralStatus.SENT, ReferralStatus.ACCEPTED, ReferralStatus.OUTCOME}
        dot = Dot.DONE if change.status in taken else Dot.CROSSED
        detail = " · ".join(part for part in (self._moment(change.at), more) if part)
        return TrackStep(dot, _state(change.status, full=True), detail)

    def note(self, row: FollowUpRow) -> BannerText | None:
        """What is to be done now; nothing while everything goes its way."""
        clinician = row.screening_id is not None
        if row.overdue:
            title = trn("No answer after {count} day", "No answer after {count} days",
                        row.waiting_days)  # fmt: skip
            text = (
                tr("Call the service. If nobody answers, offer the patient another one.")
                if clinician
                else tr("Call the service. If nobody answers, tell the nurse or doctor.")
            )
            return BannerText(title.format(count=row.waiting_days), text)
        if row.status is ReferralStatus.DECLINED:
            text = (
                tr("Choose another service together with the patient.")
                if clinician
                else tr("Tell the nurse or doctor, so that another service is asked.")
            )
            return BannerText(tr("New place needed"), text)
        if row.outcome_due_at is not None and row.outcome_due_at < self.now:
            return BannerText(
                tr("The follow-up slip did not come back"), tr("Call and ask what came of it.")
            )
        return None

    def _moment(self, at: datetime) -> str:
        return format_moment(at.astimezone(self.now.tzinfo), self.now, catalog())

    def _day(self, at: datetime) -> str:
        return format_date(at.astimezone(self.now.tzinfo).date(), catalog().locale)


def _state(status: ReferralStatus, *, full: bool = False) -> str:
    """Short enough to stand beside the dots."""
    if status is ReferralStatus.OUTCOME:
        return tr("Outcome")
    if status is ReferralStatus.REDIRECTED and not full:
        # Translators: state of a referral, short: the service sent it on to another one.
        return tr("Sent on")
    return term(catalog(), status)


def _within(priority: Priority) -> str:
    """How soon an answer is wanted, without the word for the priority."""
    time = ANSWER_WITHIN[priority]
    if time < 7 * _DAY:
        hours = time // _HOUR
        return trn("{count} hour", "{count} hours", hours).format(count=hours)
    return trn("{count} day", "{count} days", time.days).format(count=time.days)


def _late(by: timedelta) -> str:
    if by >= _DAY:
        return trn("Overdue by {count} day", "Overdue by {count} days", by.days).format(
            count=by.days
        )
    hours = max(by // _HOUR, 1)
    return trn("Overdue by {count} hour", "Overdue by {count} hours", hours).format(count=hours)


def _left(left: timedelta) -> str:
    if left >= 2 * _DAY:
        return trn("{count} day left", "{count} days left", left.days).format(count=left.days)
    hours = left // _HOUR
    if not hours:
        return tr("Less than an hour left")
    return trn("{count} hour left", "{count} hours left", hours).format(count=hours)
