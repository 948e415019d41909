# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists what was sent, and writes down the answers under their references."""

from dataclasses import dataclass

from pact_desktop.desktop.notices import Toast
from pact_desktop.desktop.places import places_of
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.follow_up.answers import options
from pact_desktop.desktop.screens.follow_up.view import FollowUpView, Order, Shown
from pact_desktop.desktop.screens.follow_up.wording import Reading
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import PactError, Refusal, RefusalCode
from pact_desktop.domain.facility import ParticipantPack
from pact_desktop.domain.referral import (
    REFERENCE_LENGTH,
    Reference,
    Referral,
    ReferralStatus,
    parse_reference,
    show_reference,
)
from pact_desktop.error_texts import sentence
from pact_desktop.services.facility import pack_of
from pact_desktop.services.follow_up import FollowUpRow, answer_referral, follow_up_list
from pact_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the list shows, read in one go."""

    rows: list[FollowUpRow]
    pack: ParticipantPack | None


def _read(session: Session) -> _Desk:
    return _Desk(follow_up_list(session), pack_of(session))


class FollowUpPresenter:
    """Between the list and the loop of each referral."""

    def __init__(self, view: FollowUpView, work: Work) -> None:
        self._view, self._work = view, work
        self._desk: _Desk | None = None
        self._shown, self._order = Shown.ALL, Order.LATE_FIRST
        self._chosen = ""
        self._return_to = ""
        self._answered: FollowUpRow | None = None
        view.entered.connect(self._enter)
        view.shown_changed.connect(self._show_only)
        view.order_changed.connect(self._sort)
        view.picked.connect(self._pick)
        view.slip_wanted.connect(lambda: self._ask(None, None))
        view.answer_wanted.connect(self._ask_about_chosen)
        view.open_wanted.connect(self._open)
        view.another_wanted.connect(self._choose_another)
        view.retranslated.connect(self._show)
        view.answer.reference_typed.connect(self._look_up)
        view.answer.confirmed.connect(self._record)

    # The list -------------------------------------------------------------------------------

    def _enter(self, _arguments: dict[str, object]) -> None:
        self._chosen, self._return_to = self._return_to, ""
        self._load(arriving=True)

    def _load(self, *, arriving: bool = False) -> None:
        session = self._work.session

        def show(desk: _Desk) -> None:
            self._desk = desk
            self._show()
            self._count()
            if arriving and not self._view.answer.isVisible():
                self._view.first_focus().setFocus()

        self._work.background.run(
            self._view,
            lambda: _read(session),
            show,
            lambda error: self._work.notices.fail(error, again=self._load),
        )

    def _count(self) -> None:
        """The rail says how many still wait."""
        waiting = sum(row.waiting for row in self._rows)
        role = self._work.session.account.role
        self._work.navigator.places_changed.emit(places_of(role, waiting=waiting))

    @property
    def _rows(self) -> list[FollowUpRow]:
        return self._desk.rows if self._desk else []

    @property
    def _reading(self) -> Reading:
        return Reading(self._work.session.now, self._desk.pack if self._desk else None)

    def _show_only(self, shown: Shown) -> None:
        self._shown = shown
        self._show()

    def _sort(self, order: Order) -> None:
        self._order = order
        self._show()

    def _show(self) -> None:
        """Keeps the chosen row; when it is gone, the one that took its place."""
        if self._desk is None:
            return
        chosen, before = self._chosen, [line.key for line in self._view.lines]
        rows = [row for row in self._rows if _fits(row, self._shown)]
        if self._order is Order.NEWEST_FIRST:
            rows.sort(key=lambda row: row.history[-1].at, reverse=True)
        self._view.show_counts(
            {shown: sum(_fits(row, shown) for row in self._rows) for shown in Shown}
        )
        reading = self._reading
        self._view.show_lines([reading.line(row) for row in rows], *self._nothing())
        keys = [row.referral_id for row in rows]
        if chosen not in keys:
            place = before.index(chosen) if chosen in before else 0
            chosen = keys[min(place, len(keys) - 1)] if keys else ""
        self._view.table.select(chosen)
        self._pick(chosen)

    def _nothing(self) -> tuple[str, str]:
        """What stands in place of an empty list."""
        if not self._rows:
            return tr("Nothing is waiting"), tr("Referrals stand here from the day they are sent.")
        return {
            Shown.WAITING: (tr("Nothing is waiting"), tr("Every referral has an answer.")),
            Shown.OVERDUE: (tr("Nothing is overdue"), ""),
            Shown.PLACE_AGAIN: (tr("No new place is needed"), ""),
        }.get(self._shown, ("", ""))

    def _pick(self, key: object) -> None:
        self._chosen = str(key)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self._row()
        self._view.show_details(None if row is None else self._reading.details(row))

    def _row(self) -> FollowUpRow | None:
        return next((row for row in self._rows if row.referral_id == self._chosen), None)

    # Going elsewhere ------------------------------------------------------------------------

    def _open(self) -> None:
        row = self._row()
        if row is not None and row.screening_id is not None:
            self._return_to = row.referral_id
            self._work.navigator.go(
                "referral", screening_id=row.screening_id, referral_id=row.referral_id
            )

    def _choose_another(self) -> None:
        row = self._row()
        if row is not None:
            self._place_again(row)

    def _place_again(self, row: FollowUpRow) -> None:
        """The same patient, a new referral: nothing that was agreed for the first one counts."""
        if row.screening_id is not None:
            self._return_to = row.referral_id
            self._work.navigator.go("referral", screening_id=row.screening_id)

    # Answers --------------------------------------------------------------------------------

    def _ask_about_chosen(self, status: ReferralStatus | None) -> None:
        row = self._row()
        if row is not None:
            self._ask(row, status)

    def _ask(self, row: FollowUpRow | None, status: ReferralStatus | None) -> None:
        self._answered = None
        self._view.answer.ask(show_reference(row.reference) if row else "")
        if row is not None:
            self._offer(row, status)

    def _look_up(self, typed: str, finished: bool) -> None:  # noqa: FBT001 (slot of a signal)
        """Says whose reference it is as soon as it is complete."""
        complete = sum(letter.isalnum() for letter in typed) >= REFERENCE_LENGTH
        self._answered = None
        if not complete and not finished:
            self._view.answer.show_nothing()
            return
        try:
            row = self._by_reference(parse_reference(typed))
        except Refusal as refusal:
            self._view.answer.show_nothing(sentence(catalog(), refusal))
            return
        self._offer(row, None)

    def _by_reference(self, reference: Reference) -> FollowUpRow:
        """Raises Refusal(REFERENCE_WRONG): to the person typing, unknown and wrong are the same."""
        for row in self._rows:
            if row.reference == reference:
                return row
        raise Refusal(RefusalCode.REFERENCE_WRONG)

    def _offer(self, row: FollowUpRow, status: ReferralStatus | None) -> None:
        """Only what may come next for this referral."""
        offered = options(row.status)
        if not offered:
            self._view.answer.show_nothing(tr("This referral is closed. It takes no more answers."))
            return
        self._answered = row
        reference, words = show_reference(row.reference), self._reading.sent_line(row)
        self._view.answer.show_found(reference, words, offered, status)

    def _record(self) -> None:
        dialog, row, session = self._view.answer, self._answered, self._work.session
        status, code = dialog.status, dialog.code
        if row is None:
            self._look_up(dialog.reference.text(), finished=True)
            return
        if status is None:
            dialog.show_problem(tr("Choose what was answered"))
            return
        if code is None:
            dialog.show_problem(tr("Choose what the slip says"))
            return
        dialog.show_storing(storing=True)
        self._work.background.run(
            self._view,
            lambda: answer_referral(session, row.referral_id, status, code),
            lambda referral: self._recorded(row, referral),
            self._not_recorded,
        )

    def _recorded(self, row: FollowUpRow, referral: Referral) -> None:
        dialog = self._view.answer
        dialog.show_storing(storing=False)
        dialog.accept()
        reference = show_reference(referral.reference)
        if referral.status is ReferralStatus.DECLINED and row.screening_id is not None:
            self._work.notices.say(
                Toast(
                    tr("Kept: {reference} was not accepted.").format(reference=reference),
                    tr("Choose another service"),
                    lambda: self._place_again(row),
                )
            )
        else:
            self._work.notices.say(
                tr("The answer to {reference} is kept.").format(reference=reference)
            )
        self._chosen = row.referral_id
        self._view.table.setFocus()
        self._load()

    def _not_recorded(self, error: BaseException) -> None:
        """Nothing entered is lost: the dialog says what went wrong and can be sent again."""
        dialog = self._view.answer
        dialog.show_storing(storing=False)
        if isinstance(error, PactError) and dialog.isVisible():
            dialog.show_problem(sentence(catalog(), error))
            return
        dialog.reject()
        self._work.notices.fail(error)


def _fits(row: FollowUpRow, shown: Shown) -> bool:
    return {
        Shown.ALL: True,
        Shown.WAITING: row.waiting,
        Shown.OVERDUE: row.overdue,
        Shown.PLACE_AGAIN: row.status is ReferralStatus.DECLINED,
    }[shown]
