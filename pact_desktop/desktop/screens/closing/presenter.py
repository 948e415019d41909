# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads who can be named for a record, and closes it, changes that, or opens it to all."""

from dataclasses import dataclass

from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.closing.view import ClosingView, Colleague
from pact_desktop.desktop.visit_words import patient_name
from pact_desktop.desktop.widgets.line_card import Line
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Account, AccountId
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import Patient, PatientId
from pact_desktop.domain.sealing import ClosedRecord
from pact_desktop.error_texts import sentence
from pact_desktop.services.patients import open_patient
from pact_desktop.services.sealing import (
    change_named,
    close_record,
    closed_record,
    open_record_to_all,
    who_can_be_named,
)
from pact_desktop.services.session import Session
from pact_desktop.services.staff import list_accounts
from pact_desktop.terms import term

_ABOUT_THE_PEOPLE = frozenset(
    {
        RefusalCode.NAMED_MISSING,
        RefusalCode.NAMED_ALONE,
        RefusalCode.NAMED_LEFT_OUT,
        RefusalCode.OWN_RECORD,
    }
)
"""What is told where the boxes are ticked."""


@dataclass(frozen=True, slots=True)
class _Known:
    patient: Patient
    closed: ClosedRecord | None
    able: list[Account]
    staff: list[Account]


def _read(session: Session, patient_id: PatientId) -> _Known:
    return _Known(
        open_patient(session, patient_id),
        closed_record(session, patient_id),
        who_can_be_named(session),
        [account for account in list_accounts(session) if account.active],
    )


class ClosingPresenter:
    """Between the list of colleagues and the keys of the record."""

    def __init__(self, view: ClosingView, work: Work) -> None:
        self._view, self._work = view, work
        self._known: _Known | None = None
        view.entered.connect(self._enter)
        view.left.connect(self._leave)
        view.back_pressed.connect(work.navigator.back)
        view.save_wanted.connect(self._save)
        view.open_wanted.connect(self._ask_to_open)

    def _enter(self, arguments: dict[str, object]) -> None:
        patient_id = PatientId(str(arguments.get("patient_id", "")))
        session = self._work.session
        self._view.forget()
        self._work.background.run(self._view, lambda: _read(session, patient_id), self._show)

    def _leave(self) -> None:
        self._known = None
        self._view.forget()

    def _show(self, known: _Known) -> None:
        self._known = known
        closed, own = known.closed, self._work.session.account.account_id
        about = None if closed is None else closed.about
        at_work = {account.account_id for account in known.staff}
        self._view.show_record(
            patient_name(known.patient),
            [_line(one, own) for one in known.able if one.account_id != about],
            {own} if closed is None else closed.named,
            closed=closed is not None,
            can_open=closed is not None and about not in at_work,
        )
        self._view.show_about([] if closed is not None else self._about_options(known))
        self._view.show_effects(self._effects(known, about))
        focus = self._view.first_focus()
        if focus is not None:
            focus.setFocus()

    def _about_options(self, known: _Known) -> list[tuple[object, str]]:
        own = self._work.session.account.account_id
        others = [one for one in known.staff if one.account_id != own]
        return [
            ("", tr("About nobody who works here")),
            *((one.account_id, one.display_name) for one in others),
        ]

    def _effects(self, known: _Known, about: AccountId | None) -> list[Line]:
        lines: list[Line] = [
            (
                tr("For everybody else it is not there: in no list, search or count."),
                "lock-simple",
                "text2",
            ),
            (
                tr(
                    "In an emergency a doctor opens it for 15 minutes together with the manager "
                    "or one of these people."
                ),
                "clock",
                "text2",
            ),
            (
                tr("Each such opening waits on your list of today until you have read why."),
                "list",
                "text2",
            ),
            (
                tr("Choose at least two people, so that somebody is there when you are not."),
                "users",
                "text2",
            ),
            (
                tr("Backups made before still hold it open, and who has read it may remember it."),
                "hard-drives",
                "text2",
            ),
        ]
        if about is not None:
            named = [one.display_name for one in known.staff if one.account_id == about]
            lines += [
                (
                    tr("It is about {name}, and stays closed while {name} works here.").format(
                        name=name
                    ),
                    "identification-card",
                    "text2",
                )
                for name in named
            ]
        return lines

    # Changing -------------------------------------------------------------------------------

    def _save(self) -> None:
        known, view, session = self._known, self._view, self._work.session
        if known is None:
            return
        view.show_problem("")
        named = [AccountId(str(key)) for key in view.ticked()]
        patient_id = known.patient.patient_id
        if known.closed is not None:
            self._work.background.run(
                view,
                lambda: change_named(session, patient_id, named),
                lambda _record: self._done(tr("Saved. Only the people you chose can open it.")),
                self._refused,
            )
            return
        about = AccountId(str(view.about.value() or "")) or None
        self._work.background.run(
            view,
            lambda: close_record(session, patient_id, named, about=about),
            self._closed,
            self._refused,
        )

    def _ask_to_open(self) -> None:
        if self._known is None or self._known.closed is None:
            return
        self._work.notices.ask(
            Question(
                tr("Open this record to all nurses and doctors?"),
                tr("Every nurse and doctor of this facility finds and opens it from then on."),
                (AnswerButton(tr("Keep it closed")), AnswerButton(tr("Open to all"))),
            ),
            self._answered,
        )

    def _answered(self, answer: int) -> None:
        known, session = self._known, self._work.session
        if answer != 1 or known is None:
            return
        patient_id = known.patient.patient_id
        self._work.background.run(
            self._view,
            lambda: open_record_to_all(session, patient_id),
            lambda _nothing: self._done(tr("Every nurse and doctor can open this record again.")),
            self._refused,
        )

    def _closed(self, settled: bool) -> None:  # noqa: FBT001 what the service gives
        words = tr("Closed. Only the people you chose can open it.")
        if not settled:
            later = tr("The files are written anew at the next sign-in, when there is room for it.")
            words = f"{words} {later}"
        self._done(words)

    def _done(self, words: str) -> None:
        self._known = None
        self._work.notices.say(words)
        self._work.navigator.back()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refusal) and error.code in _ABOUT_THE_PEOPLE:
            self._view.show_problem(sentence(catalog(), error))
            return
        self._work.notices.fail(error)


def _line(account: Account, own: AccountId) -> Colleague:
    role = term(catalog(), account.role)
    if account.account_id == own:
        # Translators: after the role of a member of staff: it is the reader's own account.
        role = tr("{role}, this is you").format(role=role)
    return Colleague(account.account_id, account.display_name, role)
