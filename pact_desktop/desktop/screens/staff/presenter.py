# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads who works here, adds somebody, ends an account; no passphrase is ever read back."""

from typing import Final

from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.staff.ending import (
    Cost,
    change_keys_held,
    consequences,
    cost_of_end,
)
from pact_desktop.desktop.screens.staff.view import Details, StaffView
from pact_desktop.desktop.widgets import ChipText, Row
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Account, AccountId
from pact_desktop.domain.errors import Fault, PactError, Refusal, RefusalCode
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_date, format_moment
from pact_desktop.i18n.names import fold
from pact_desktop.services.accounts import (
    NewStaff,
    StaffMember,
    create_account,
    end_account,
    offer_passphrase,
    staff_members,
)
from pact_desktop.terms import term

_ABOUT_WORDS: Final = frozenset(
    {RefusalCode.PASSPHRASE_TOO_SHORT, RefusalCode.PASSPHRASE_TOO_COMMON}
)


class StaffPresenter:
    """Between the list of staff and the services for accounts."""

    def __init__(self, view: StaffView, work: Work) -> None:
        self._view, self._work = view, work
        self._dialog = view.adding
        self._members: dict[AccountId, StaffMember] = {}
        view.entered.connect(lambda _arguments: self._load())
        view.left.connect(self._dialog.close_and_forget)
        view.picked.connect(self._show_chosen)
        view.end_wanted.connect(self._ask_end)
        self._dialog.confirmed.connect(self._onward)
        self._dialog.words_wanted.connect(self._offer)

    # The list -------------------------------------------------------------------------------

    def _load(self, chosen: AccountId | None = None) -> None:
        session = self._work.session

        def show(members: list[StaffMember]) -> None:
            # Who has left comes last; the others stand by name.
            ordered = sorted(
                members, key=lambda m: (not m.account.active, fold(m.account.display_name))
            )
            self._members = {member.account.account_id: member for member in ordered}
            self._view.show_staff([self._row(member) for member in ordered])
            if chosen is not None:
                self._view.table.select(chosen)
            self._show_chosen(self._view.table.current_key())

        self._work.background.run(self._view, lambda: staff_members(session), show)

    def _row(self, member: StaffMember) -> Row:
        account = member.account
        return Row(
            account.account_id,
            (
                account.display_name,
                account.staff_code,
                term(catalog(), account.role),
                self._seen(member),
                _state(member),
            ),
        )

    def _seen(self, member: StaffMember) -> str:
        if member.signed_in_at is None:
            # Translators: when somebody last signed in.
            return tr("never")
        now = self._work.session.now
        at = member.signed_in_at.astimezone(now.tzinfo)
        if at.date() == now.date():
            return format_moment(at, now, catalog())
        return format_date(at.date(), catalog().locale)

    def _show_chosen(self, key: object) -> None:
        member = self._members.get(AccountId(str(key)))
        self._view.show_details(None if member is None else self._details(member))

    def _details(self, member: StaffMember) -> Details:
        account = member.account
        own = account.account_id == self._work.session.account.account_id
        note, icon, tone = _note(member, own=own)
        return Details(
            name=account.display_name,
            role=f"{term(catalog(), account.role)} · {account.staff_code}",
            sign_in=tr("Signs in as: {name}").format(name=account.sign_in_name),
            seen=tr("Last sign-in: {when}").format(when=self._seen(member)),
            note=note,
            note_icon=icon,
            note_tone=tone,
            can_end=account.active and not own,
        )

    # Adding somebody ------------------------------------------------------------------------

    def _onward(self) -> None:
        self._dialog.clear_problems()
        if self._dialog.choosing_words:
            self._create()
        elif self._person_is_complete():
            self._offer()

    def _offer(self) -> None:
        self._dialog.show_words(offer_passphrase(catalog().locale))

    def _person_is_complete(self) -> bool:
        dialog = self._dialog
        taken = {m.account.sign_in_name.casefold() for m in self._members.values()}
        found = []
        if not dialog.display_name.value():
            found.append((dialog.display_name_field, tr("Enter a name")))
        if not dialog.sign_in_name.value():
            found.append((dialog.sign_in_name_field, tr("Enter a name for signing in")))
        elif dialog.sign_in_name.value().casefold() in taken:
            words = sentence(catalog(), Refusal(RefusalCode.ACCOUNT_NAME_TAKEN))
            found.append((dialog.sign_in_name_field, words))
        if dialog.chosen_role() is None:
            found.append((dialog.role_field, tr("Choose a role")))
        # The last one set keeps the focus: the first problem.
        for field, words in reversed(found):
            dialog.show_problem(field, words)
        return not found

    def _create(self) -> None:
        dialog, session, role = self._dialog, self._work.session, self._dialog.chosen_role()
        if role is None:
            return
        if not dialog.words.repeated:
            dialog.show_problem(dialog.words.typed_field, tr("This is not the same as above"))
            return
        new = NewStaff(
            dialog.sign_in_name.value(), dialog.display_name.value(), role, dialog.words.chosen
        )
        dialog.show_waiting(waiting=True)
        self._work.background.run(
            self._view, lambda: create_account(session, new), self._created, self._not_created
        )

    def _created(self, account: Account) -> None:
        self._dialog.show_waiting(waiting=False)
        self._dialog.close_and_forget()
        self._work.notices.say(tr("Account {code} added.").format(code=account.staff_code))
        self._load(account.account_id)

    def _not_created(self, error: BaseException) -> None:
        dialog = self._dialog
        dialog.show_waiting(waiting=False)
        if not isinstance(error, PactError):
            dialog.close_and_forget()
            self._work.notices.fail(error)
            return
        if error.code in _ABOUT_WORDS and dialog.words.own.isChecked():
            field = dialog.words.own_field
        elif error.code in _ABOUT_WORDS or isinstance(error, Fault):
            field = dialog.words.typed_field
        elif error.facts.get("field") == "display-name":
            field = dialog.display_name_field
        else:
            field = dialog.sign_in_name_field
        dialog.show_problem(field, sentence(catalog(), error))

    # Ending an account ----------------------------------------------------------------------

    def _ask_end(self, key: object) -> None:
        member = self._members.get(AccountId(str(key)))
        if member is None:
            return
        account, session = member.account, self._work.session

        def answered(answer: int) -> None:
            if answer == 1:
                self._end(account)

        def ask(cost: Cost) -> None:
            self._work.notices.ask(
                Question(
                    tr("End the account of {name}?").format(name=account.display_name),
                    consequences(account, cost),
                    (AnswerButton(tr("Go back")), AnswerButton(tr("End account"), "danger")),
                ),
                answered,
            )

        self._work.background.run(self._view, lambda: cost_of_end(session, account), ask)

    def _end(self, account: Account) -> None:
        session = self._work.session

        def ended(_nothing: None) -> None:
            self._load(account.account_id)
            self._work.notices.say(tr("The keys of the records are being changed …"))
            self._work.background.run(
                self._view, lambda: change_keys_held(session), changed, not_changed
            )

        def changed(left: int) -> None:
            words = (
                tr(
                    "Account {code} has ended. "
                    "The key to names changes when a nurse or doctor signs in."
                )
                if left
                else tr("Account {code} has ended. The keys of the records were changed.")
            )
            self._work.notices.say(words.format(code=account.staff_code))

        def not_changed(error: BaseException) -> None:
            # The account has ended all the same; every sign-in tries the change again.
            self._work.notices.say(tr("Account {code} has ended.").format(code=account.staff_code))
            self._work.notices.fail(error)

        self._work.background.run(
            self._view, lambda: end_account(session, account.account_id), ended
        )


def _state(member: StaffMember) -> ChipText:
    if not member.account.active:
        return ChipText(tr("Ended"), "neutral", "lock-simple")
    if member.waits:
        return ChipText(tr("To be confirmed"), "caution", "clock")
    if member.signed_in_at is None:
        return ChipText(tr("Not yet signed in"), "caution", "clock")
    return ChipText(tr("Active"), "ok", "check")


def _note(member: StaffMember, *, own: bool) -> tuple[str, str, str]:
    """What is special about an account, with icon and tone."""
    if own:
        return tr("This is your own account. Another manager can end it."), "info", "text2"
    if not member.account.active:
        return tr("Ended. Nobody can sign in with it any more."), "lock-simple", "text2"
    if member.waits:
        words = tr(
            "Cannot open names of patients yet. A nurse or doctor who works here signs in and "
            "confirms this colleague."
        )
        return words, "clock", "caution"
    return "", "info", "text2"
