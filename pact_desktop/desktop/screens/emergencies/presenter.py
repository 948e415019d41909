# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what was opened, and keeps the sentence of who has looked into it."""

from dataclasses import dataclass

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.emergencies.view import EmergenciesView
from pact_desktop.desktop.widgets import ChipText, Row
from pact_desktop.desktop.widgets.line_card import Line
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.sealing import EmergencyUse
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_datetime
from pact_desktop.services.emergency import emergency_uses, mark_emergency_read
from pact_desktop.services.session import Session
from pact_desktop.services.staff import list_accounts
from pact_desktop.terms import term
from pact_desktop.terms.log import case_words, record_words


@dataclass(frozen=True, slots=True)
class _Known:
    uses: list[EmergencyUse]
    names: dict[AccountId, str]


def _read(session: Session) -> _Known:
    names = {account.account_id: account.display_name for account in list_accounts(session)}
    return _Known(emergency_uses(session), names)


class EmergenciesPresenter:
    """Between the list and what both sides have to say about it."""

    def __init__(self, view: EmergenciesView, work: Work) -> None:
        self._view, self._work = view, work
        self._known = _Known([], {})
        self._chosen: EmergencyUse | None = None
        view.entered.connect(lambda _arguments: self._load())
        view.left.connect(self._leave)
        view.back_pressed.connect(work.navigator.back)
        view.picked.connect(self._show_chosen)
        view.read_wanted.connect(self._mark)

    def _load(self) -> None:
        session = self._work.session
        self._work.background.run(self._view, lambda: _read(session), self._show)

    def _leave(self) -> None:
        self._known, self._chosen = _Known([], {}), None
        self._view.show_rows([])

    def _show(self, known: _Known) -> None:
        """What waits for this person comes first, and is chosen."""
        self._known = known
        uses = sorted(known.uses, key=lambda use: not self._waits(use))
        self._view.show_rows([self._row(use) for use in uses])
        self._chosen = None
        if uses:
            self._view.table.select(uses[0].use_id)
            self._show_chosen(uses[0].use_id)
            focus = self._view.first_focus()
            if focus is not None:
                focus.setFocus()

    def _waits(self, use: EmergencyUse) -> bool:
        return use.waits_for(self._work.session.account)

    def _row(self, use: EmergencyUse) -> Row:
        cells = (self._when(use), self._name(use.used_by), self._chip(use))
        return Row(use.use_id, cells)

    def _chip(self, use: EmergencyUse) -> ChipText:
        if self._waits(use):
            return ChipText(tr("Waits for you"), "caution", "clock")
        if use.waits:
            return ChipText(tr("Waits for others"), "neutral", "clock")
        return ChipText(tr("Read by both"), "ok", "check")

    def _when(self, use: EmergencyUse) -> str:
        zone = self._work.session.now.tzinfo
        return format_datetime(use.used_at.astimezone(zone), catalog().locale)

    def _name(self, account: AccountId | None) -> str:
        return "" if account is None else self._known.names.get(account, "?")

    def _show_chosen(self, key: object) -> None:
        chosen = next((use for use in self._known.uses if use.use_id == key), None)
        if chosen is None or chosen == self._chosen:
            return
        self._chosen = chosen
        self._view.show_chosen(self._lines(chosen), waits=self._waits(chosen))

    def _lines(self, use: EmergencyUse) -> list[Line]:
        record = case_words(use.case_number) if use.case_number else record_words(use.record)
        lines: list[Line] = [
            (tr("Record: {record}").format(record=record), "identification-card", "text2"),
            (
                tr("Confirmed by {name}").format(name=self._name(use.confirmed_by)),
                "users",
                "text2",
            ),
            (tr("Why: {reason}").format(reason=term(catalog(), use.reason)), "info", "text2"),
        ]
        if use.typed:
            lines.append((use.typed, "chat-text", "text2"))
        for account, words, said in (
            (use.read_by, use.read_words, tr("Read by {name}: {words}")),
            (use.named_by, use.named_words, tr("Read by {name}: {words}")),
        ):
            if account is not None:
                text = said.format(name=self._name(account), words=words)
                lines.append((text.removesuffix(": "), "check", "ok"))
        return lines

    def _mark(self) -> None:
        chosen, session = self._chosen, self._work.session
        if chosen is None:
            return
        use_id, words = chosen.use_id, self._view.words.value()

        def marked(_nothing: None) -> None:
            self._work.notices.say(tr("Marked as read."))
            self._load()

        self._work.background.run(
            self._view,
            lambda: mark_emergency_read(session, use_id, words),
            marked,
            self._refused,
        )

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refusal) and error.code is RefusalCode.REASON_TOO_SHORT:
            self._view.show_problem(sentence(catalog(), error))
            return
        self._work.notices.fail(error)
