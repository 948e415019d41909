# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the log part by part, narrows it, compares a number from paper, prints and saves."""

from pathlib import Path

from pact_desktop.desktop.printing import save_file
from pact_desktop.desktop.save_dialog import CSV, ask_where_to_save
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.log.view import LogView
from pact_desktop.desktop.screens.log.wording import chosen_words, entry_text, row_of, state_words
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Account, AccountId
from pact_desktop.domain.audit import LogFilter, LogPage, LogRow
from pact_desktop.domain.errors import PactError, Refusal
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.locales import PAPER_LOCALES, SOURCE
from pact_desktop.services.accounts import list_accounts
from pact_desktop.services.audit import (
    export_log,
    find_record,
    log_check,
    log_code_fits,
    print_log,
    read_log,
)
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.terms.log import case_words


class LogPresenter:
    """Between the list and the log."""

    def __init__(self, view: LogView, work: Work) -> None:
        self._view, self._work = view, work
        self._rows: list[LogRow] = []
        self._more = False
        self._end = ""
        self._people: dict[AccountId, Account] = {}
        self._wanted = LogFilter()
        self._record = ""
        """Pseudonym behind the record field, when it was filled from a chosen entry."""
        view.entered.connect(lambda _arguments: self._enter())
        view.left.connect(self._forget)
        view.filtered.connect(self._filter)
        view.older_wanted.connect(self._show_older)
        view.picked.connect(lambda _key: self._show_entry())
        view.only_person_wanted.connect(self._only_person)
        view.only_record_wanted.connect(self._only_record)
        view.print_wanted.connect(self._print)
        view.save_wanted.connect(self._ask_path)
        view.code_given.connect(self._compare)
        view.retranslated.connect(self._show_again)
        view.wanted.record.textEdited.connect(lambda _text: self._typed_record())

    # The list -------------------------------------------------------------------------------

    def _enter(self) -> None:
        session = self._work.session

        def show(found: tuple[list[Account], LogPage]) -> None:
            accounts, page = found
            self._people = {account.account_id: account for account in accounts}
            self._show_people()
            self._show_page(page)

        wanted = self._wanted
        self._work.background.run(
            self._view, lambda: (list_accounts(session), read_log(session, wanted)), show
        )

    def _forget(self) -> None:
        """Nothing stays in the list behind another screen; what was asked for does."""
        self._rows, self._more = [], False
        self._show_rows()

    def _show_page(self, page: LogPage) -> None:
        self._rows, self._more, self._end = list(page.rows), page.more, page.end
        self._show_rows()
        self._view.table.select_first()
        self._show_entry()
        self._show_state()

    def _show_older(self) -> None:
        if not self._rows:
            return
        session, wanted, before = self._work.session, self._wanted, self._rows[-1].entry.sequence

        def show(page: LogPage) -> None:
            self._rows += page.rows
            self._more, self._end = page.more, page.end
            self._show_rows()
            self._show_state()
            self._view.table.setFocus()

        self._work.background.run(
            self._view, lambda: read_log(session, wanted, before=before), show
        )

    def _show_rows(self) -> None:
        now = self._work.session.now
        self._view.show_rows(
            [row_of(row, now) for row in self._rows],
            more=self._more,
            all_wanted=self._wanted == LogFilter(),
        )

    def _show_people(self) -> None:
        self._view.wanted.show_people(
            [
                (account.account_id, f"{account.display_name} · {account.staff_code}")
                for account in self._people.values()
            ]
        )

    def _show_again(self) -> None:
        """In another language; what is chosen stays."""
        if self._people:
            self._show_people()
            self._show_rows()
            self._show_entry()
            self._show_state()

    # By what it is narrowed ------------------------------------------------------------------

    def _filter(self) -> None:
        """Reads anew when what was entered makes sense; otherwise says at the field what does."""
        fields = self._view.wanted
        fields.forget_problems()
        try:
            day = fields.day.value()
        except Refusal as refused:
            fields.show_problem(fields.day_field, sentence(catalog(), refused))
            return
        person, session = fields.person.value(), self._work.session
        account_id = AccountId(str(person)) if person else None
        kind, typed, record = fields.chosen_kind, fields.record.value(), self._record

        def read() -> tuple[LogFilter, LogPage]:
            found = record if record and typed else find_record(session, typed)
            wanted = LogFilter(account_id, kind, day, found)
            return wanted, read_log(session, wanted)

        def show(found: tuple[LogFilter, LogPage]) -> None:
            self._wanted, page = found
            self._show_page(page)

        self._work.background.run(self._view, read, show, self._not_read)

    def _not_read(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            fields = self._view.wanted
            fields.show_problem(fields.record_field, sentence(catalog(), error))
        else:
            self._work.notices.fail(error)

    def _typed_record(self) -> None:
        self._record = ""

    def _only_person(self) -> None:
        row = self._chosen()
        if row is not None and row.account is not None:
            self._view.wanted.person.set_value(row.account.account_id)
            self._filter()

    def _only_record(self) -> None:
        row = self._chosen()
        if row is not None and row.entry.record:
            shown = row_of(row, self._work.session.now).cells[-1]
            self._view.wanted.record.setText(
                case_words(row.case_number) if row.case_number else str(shown)
            )
            self._record = row.entry.record
            self._filter()

    # One entry, and the state ------------------------------------------------------------------

    def _chosen(self) -> LogRow | None:
        key = self._view.table.current_key()
        return next((row for row in self._rows if row.entry.sequence == key), None)

    def _show_entry(self) -> None:
        row = self._chosen()
        self._view.show_entry(None if row is None else entry_text(row, self._wanted))

    def _show_state(self) -> None:
        verdict, findings = state_words(log_check(self._work.session))
        self._view.state.show_state(
            self._end, verdict, findings, whole=log_check(self._work.session).whole
        )

    def _compare(self, typed: str) -> None:
        state, session = self._view.state, self._work.session

        def show(fits: bool) -> None:  # noqa: FBT001 what the service found
            if fits:
                words = tr("It fits. Nothing before that number was changed since.")
            else:
                words = tr(
                    "It does not fit: something before that number was changed or removed. "
                    "Keep the paper and tell the coordinator."
                )
            state.show_answer(words, fits=fits)

        def failed(error: BaseException) -> None:
            if isinstance(error, PactError):
                state.show_problem(sentence(catalog(), error))
            else:
                self._work.notices.fail(error)

        self._work.background.run(self._view, lambda: log_code_fits(session, typed), show, failed)

    # Paper and table ---------------------------------------------------------------------------

    def _print(self) -> None:
        session, wanted = self._work.session, self._wanted
        locale = catalog().locale if catalog().locale in PAPER_LOCALES else SOURCE
        chosen = chosen_words(wanted, self._people, self._view.wanted.record.value())

        def show(issued: IssuedDocument) -> None:
            self._work.navigator.go(
                "print_page",
                pdf=issued.pdf,
                job=issued.file_name.removesuffix(".pdf"),
                file_name=issued.file_name,
                back=("log", {}),
            )

        self._work.background.run(
            self._view, lambda: print_log(session, wanted, locale, chosen), show
        )

    def _ask_path(self) -> None:
        day = self._work.session.today
        ask_where_to_save(self._view, f"log-{day:%Y-%m-%d}.csv", self._save, kind=CSV)

    def _save(self, path: Path) -> None:
        session, wanted, words = self._work.session, self._wanted, catalog()
        self._work.background.run(
            self._view,
            lambda: save_file(export_log(session, wanted, words), path),
            lambda _nothing: self._work.notices.say(tr("The table is saved.")),
        )
