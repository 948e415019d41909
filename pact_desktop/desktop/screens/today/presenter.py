# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the list of today and opens a visit where it was left."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from pact_desktop.desktop.backup_words import made_line
from pact_desktop.desktop.facility_words import missing_words
from pact_desktop.desktop.places import places_of
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.today.view import FacilityLine, Shown, TodayView, Waiting
from pact_desktop.desktop.visit_words import SCREEN_OF_STEP, age_words, closed_chip
from pact_desktop.desktop.widgets import ChipText, Row
from pact_desktop.desktop.widgets.avatars import initials
from pact_desktop.desktop.widgets.tables import Cell
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.backup import BackupStanding
from pact_desktop.domain.facility import EntryAge, Facility, ReferralService
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.screening import ScreeningId, ScreeningStatus, VisitStep
from pact_desktop.i18n.formats import format_days_ago, format_time
from pact_desktop.services.backups import backup_standing
from pact_desktop.services.emergency import waiting_uses
from pact_desktop.services.facility import directory, facility
from pact_desktop.services.sealing import is_closed
from pact_desktop.services.session import Session
from pact_desktop.services.visits import DayCounts, Visit, day_counts, may_see_names, visits_of_day

_NAMES_SHOWN_MS = 10_000


@dataclass(frozen=True, slots=True)
class _Day:
    """Everything the screen shows, read in one go."""

    visits: list[Visit]
    named: bool
    counts: DayCounts
    facility: Facility
    services: list[ReferralService]
    backups: BackupStanding
    closed: frozenset[CaseNumber]
    """Of the visits, those whose record is closed to others."""
    emergencies: int
    """Openings of closed records in emergencies that this person has to read of."""


def _read(session: Session) -> _Day:
    visits = visits_of_day(session, session.today)
    cases = (visit.screening.case_number for visit in visits)
    return _Day(
        visits,
        may_see_names(session),
        day_counts(session),
        facility(session),
        directory(session),
        backup_standing(session),
        frozenset(case for case in cases if is_closed(session, case)),
        waiting_uses(session) if session.may(Permission.READ_EMERGENCIES) else 0,
    )


class TodayPresenter:
    """Between the list of today and the day's visits."""

    def __init__(self, view: TodayView, work: Work) -> None:
        self._view, self._work = view, work
        self._names_shown = False
        self._day: _Day | None = None
        self._shown = Shown.ALL
        view.entered.connect(self._load)
        view.visit_opened.connect(self._open)
        view.searched.connect(lambda text: work.navigator.go("patients", query=text))
        view.shown_changed.connect(self._show_only)
        names = QShortcut(QKeySequence("Ctrl+H"), view)
        names.activated.connect(self._show_names)
        self._hide_again = QTimer(view)
        self._hide_again.setSingleShot(True)
        self._hide_again.timeout.connect(self._hide_names)

    def _load(self, _arguments: dict[str, object]) -> None:
        session = self._work.session
        may_register = session.account.allows(Permission.REGISTER_PATIENT)
        self._view.new_patient.setVisible(may_register)
        self._view.search.setVisible(may_register)
        self._view.search.clear()
        self._view.show_day(session.today)
        self._read_day()

    def _read_day(self) -> None:
        session = self._work.session
        self._work.background.run(self._view, lambda: _read(session), self._show, self._not_read)

    def _not_read(self, error: BaseException) -> None:
        self._day = None
        self._view.show_not_read()
        self._work.notices.fail(error, again=self._read_day)

    def _show(self, day: _Day) -> None:
        self._day = day
        self._show_rows()
        self._view.show_waiting(_waiting(day.counts, day.emergencies))
        self._work.navigator.places_changed.emit(
            places_of(self._work.session.account.role, waiting=day.counts.unanswered_referrals)
        )
        self._view.show_facility(self._facility_lines(day))

    def _show_only(self, shown: object) -> None:
        self._shown = shown if isinstance(shown, Shown) else Shown.ALL
        self._show_rows()

    def _show_rows(self) -> None:
        if self._day is None:
            return
        visits = [visit for visit in self._day.visits if self._fits(visit)]
        self._view.show_visits(
            [self._row(visit) for visit in visits],
            len(self._day.visits),
            with_closed=bool(self._day.closed),
        )

    def _fits(self, visit: Visit) -> bool:
        return self._shown is Shown.ALL or visit.screening.closed == (self._shown is Shown.FINISHED)

    def _row(self, visit: Visit) -> Row:
        screening = visit.screening
        cells: list[Cell] = [
            format_time(screening.started_at.astimezone(self._work.session.now.tzinfo)),
            self._name(visit),
            "" if visit.age is None else age_words(visit.age),
            screening.visit_reason,
            _step_chip(visit),
        ]
        if self._day is not None and self._day.closed:
            cells.insert(2, closed_chip() if screening.case_number in self._day.closed else "")
        return Row(screening.screening_id, tuple(cells))

    def _name(self, visit: Visit) -> str:
        parts = [part for part in (visit.family_name, visit.given_name) if part]
        name = ", ".join(parts) or visit.alias
        if self._day is not None and not self._day.named:
            # Translators: in place of a patient's name, for staff who may not read names.
            return tr("Not shown")
        if not name:
            return tr("Name not known")
        if self._work.wishes.current.initials_only and not self._names_shown:
            return initials(name)
        return name

    def _show_names(self) -> None:
        if self._work.wishes.current.initials_only:
            self._names_shown = True
            self._hide_again.start(_NAMES_SHOWN_MS)
            self._show_rows()

    def _hide_names(self) -> None:
        self._names_shown = False
        self._show_rows()

    def _open(self, key: object) -> None:
        if self._day is None or not self._work.session.account.allows(Permission.SCREEN):
            return
        steps = {v.screening.screening_id: v.screening.step for v in self._day.visits}
        screening_id = ScreeningId(str(key))
        # The questions wait for a privacy step confirmed now, whatever was open before.
        step = steps[screening_id]
        if step is VisitStep.QUESTIONS:
            step = VisitStep.IN_PRIVATE
        self._work.navigator.go(SCREEN_OF_STEP[step], screening_id=screening_id)

    def _facility_lines(self, day: _Day) -> list[FacilityLine]:
        made = made_line(day.backups, self._work.session.now)
        lines = [
            _directory_line(day.services, self._work),
            FacilityLine(made.text, made.icon, made.tone),
        ]
        lines += [
            FacilityLine(words, "warning", "caution") for words in missing_words(day.facility)
        ]
        return lines


def _directory_line(services: list[ReferralService], work: Work) -> FacilityLine:
    today = work.session.today
    checked = [s.confirmed_on for s in services if s.confirmed_on is not None]
    if not checked:
        return FacilityLine(tr("No service is confirmed yet"), "warning", "caution")
    oldest = min(checked)
    stale = any(s.age(today) in {EntryAge.AGEING, EntryAge.STALE} for s in services)
    words = tr("Oldest entry of the service list checked {when}").format(
        when=format_days_ago(oldest, today, catalog())
    )
    return FacilityLine(words, "clock" if stale else "check-circle", "caution" if stale else "ok")


def _waiting(counts: DayCounts, emergencies: int) -> list[Waiting]:
    lines = []
    if emergencies:
        text = trn(
            "{count} emergency to read",
            "{count} emergencies to read",
            emergencies,
        )
        hint = tr("It waits until you have looked into it")
        lines.append(
            Waiting(text.format(count=emergencies), hint, "clock", "emergencies", "caution")
        )
    if counts.unanswered_referrals:
        text = trn("{count} referral unanswered", "{count} referrals unanswered",
                   counts.unanswered_referrals)  # fmt: skip
        lines.append(
            Waiting(
                text.format(count=counts.unanswered_referrals),
                _wait_words(counts),
                "arrows-left-right",
                "follow_up",
                "caution" if counts.overdue_referrals else "text2",
            )
        )
    if counts.return_visits_today:
        text = trn("{count} return visit today", "{count} return visits today",
                   counts.return_visits_today)  # fmt: skip
        hint = (
            tr("Next at {time}").format(time=format_time(counts.next_return_at))
            if counts.next_return_at
            else ""
        )
        lines.append(
            Waiting(text.format(count=counts.return_visits_today), hint, "calendar-check", "today")
        )
    if counts.paused:
        text = trn("{count} visit paused", "{count} visits paused", counts.paused)
        hint = (
            tr("Since {time}").format(time=format_time(counts.paused_since))
            if counts.paused_since
            else ""
        )
        lines.append(Waiting(text.format(count=counts.paused), hint, "pause", "today"))
    return lines


def _wait_words(counts: DayCounts) -> str:
    """How many are late, and for how long the oldest waits; both only when there is some."""
    parts = []
    if counts.overdue_referrals:
        late = trn("{count} overdue", "{count} overdue", counts.overdue_referrals)
        parts.append(late.format(count=counts.overdue_referrals))
    if counts.longest_wait_days:
        wait = trn("Longest wait: {count} day", "Longest wait: {count} days",
                   counts.longest_wait_days)  # fmt: skip
        parts.append(wait.format(count=counts.longest_wait_days))
    return " · ".join(parts) or tr("Sent less than a day ago")


def _step_chip(visit: Visit) -> ChipText:
    screening = visit.screening
    if screening.closed:
        return ChipText(tr("Finished"), "ok", "check")
    if screening.status is ScreeningStatus.PAUSED:
        return ChipText(tr("Paused"), "caution", "pause")
    number = tuple(VisitStep).index(screening.step) + 1
    if number == 1:
        return ChipText(tr("Details"), "neutral", "")
    # Translators: the step of a visit that is open, "2 of 7".
    return ChipText(tr("{done} of {total}").format(done=number, total=len(VisitStep)), "accent", "")
