# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what is due, and erases it when a second person has confirmed."""

from collections.abc import Sequence

from pact_desktop.desktop.erasure_words import (
    ABOUT_THE_COLLEAGUE,
    done_lines,
    outside_lines,
)
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.due.view import DueView
from pact_desktop.desktop.widgets import Row
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.retention import DueRecord
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_date
from pact_desktop.services.erasure import Colleague, Erased, erase_due
from pact_desktop.services.retention import DueLine, DueList, due_list
from pact_desktop.services.visits import may_see_names
from pact_desktop.terms.log import case_words


class DuePresenter:
    """Between the list and the records."""

    def __init__(self, view: DueView, work: Work) -> None:
        self._view, self._work = view, work
        self._known: DueList | None = None
        self._wanted: tuple[CaseNumber, ...] = ()
        view.entered.connect(lambda _arguments: self._enter())
        view.left.connect(self._leave)
        view.back_pressed.connect(work.navigator.back)
        view.one_wanted.connect(self._ask_one)
        view.all_wanted.connect(self._ask_all)
        view.colleague.confirmed.connect(self._erase)

    def _enter(self) -> None:
        self._view.show_outcome([])
        self._load()

    def _load(self) -> None:
        session = self._work.session
        self._work.background.run(self._view, lambda: due_list(session), self._show)

    def _leave(self) -> None:
        self._known, self._wanted = None, ()
        self._view.colleague.reject()
        self._view.show_rows([], named=False)
        self._view.show_outcome([])

    def _show(self, known: DueList) -> None:
        self._known = known
        rows = [_row(line) for line in known.lines]
        self._view.show_rows(rows, named=may_see_names(self._work.session))
        held = trn(
            "{count} visit waits: it or a referral is still open",
            "{count} visits wait: they or a referral are still open",
            known.held,
        )
        self._view.show_held(held.format(count=known.held) if known.held else "")

    # Erasing --------------------------------------------------------------------------------

    def _ask_one(self) -> None:
        key = self._view.table.current_key()
        if key is not None:
            self._ask([CaseNumber(str(key))])

    def _ask_all(self) -> None:
        if self._known is not None:
            self._ask([line.record.case_number for line in self._known.lines])

    def _ask(self, wanted: Sequence[CaseNumber]) -> None:
        self._wanted = tuple(wanted)
        if wanted:
            self._view.colleague.ask()

    def _erase(self) -> None:
        session, wanted = self._work.session, self._wanted
        second = Colleague(*self._view.colleague.given())
        self._work.background.run(
            self._view,
            lambda: erase_due(session, wanted, second=second),
            self._done,
            self._refused,
        )

    def _done(self, erased: Erased) -> None:
        self._view.colleague.accept()
        self._view.show_outcome([*done_lines(erased), *outside_lines(erased.backups, self._work)])
        self._load()

    def _refused(self, error: BaseException) -> None:
        dialog = self._view.colleague
        if isinstance(error, Refusal) and error.code in ABOUT_THE_COLLEAGUE:
            dialog.show_problem(sentence(catalog(), error))
            return
        dialog.reject()
        self._work.notices.fail(error)


def _row(line: DueLine) -> Row:
    record = line.record
    return Row(
        record.case_number,
        (
            line.name or case_words(record.case_number),
            _what(record),
            format_date(record.since, catalog().locale),
        ),
    )


def _what(record: DueRecord) -> str:
    if record.whole:
        return tr("The whole record")
    visits, copies = len(record.visits), len(record.copies)
    parts = []
    if visits:
        parts.append(trn("{count} visit", "{count} visits", visits).format(count=visits))
    if copies:
        words = trn("{count} copy of a referral", "{count} copies of referrals", copies)
        parts.append(words.format(count=copies))
    return ", ".join(parts)
