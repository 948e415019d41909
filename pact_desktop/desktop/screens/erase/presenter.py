# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what an erasure would take, and does it when a second person has confirmed."""

from pact_desktop.desktop.erasure_words import ABOUT_THE_COLLEAGUE, done_lines, outside_lines
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.erase.view import EraseView, Problem
from pact_desktop.desktop.visit_words import patient_name
from pact_desktop.desktop.widgets.line_card import Line
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import PatientId
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_date
from pact_desktop.services.erasure import (
    Colleague,
    Erased,
    ErasureView,
    confirms,
    erase_patient,
    preview_erasure,
)
from pact_desktop.terms.log import case_words


class ErasePresenter:
    """Between the page and the register; nothing is read again after it is erased."""

    def __init__(self, view: EraseView, work: Work) -> None:
        self._view, self._work = view, work
        self._known: ErasureView | None = None
        view.entered.connect(self._enter)
        view.left.connect(self._leave)
        view.back_pressed.connect(work.navigator.back)
        view.done.connect(lambda: work.navigator.go("patients"))
        view.erase_wanted.connect(self._ask)
        view.colleague.confirmed.connect(self._erase)

    def _enter(self, arguments: dict[str, object]) -> None:
        patient_id = PatientId(str(arguments.get("patient_id", "")))
        session = self._work.session
        self._view.forget()
        self._work.background.run(
            self._view, lambda: preview_erasure(session, patient_id), self._show
        )

    def _leave(self) -> None:
        self._known = None
        self._view.colleague.reject()
        self._view.forget()

    def _show(self, known: ErasureView) -> None:
        self._known = known
        self._view.show_record(
            _full_name(known) or tr("Name not known"),
            goes=_what_goes(known),
            hinders=_what_hinders(known),
            outside=outside_lines(known.backups, self._work),
            blocked=known.blocked,
        )
        until = known.runs_until
        self._view.show_what_is_typed(
            tr("Type to confirm: {words}").format(
                words=_full_name(known) or case_words(known.patient.case_number)
            ),
            tr("The manager lets it go before the period ends, and confirms that here")
            if until is not None
            else "",
        )
        focus = self._view.first_focus()
        if focus is not None:
            focus.setFocus()

    # Erasing --------------------------------------------------------------------------------

    def _problems(self, known: ErasureView) -> list[Problem]:
        view = self._view
        found: list[Problem] = []
        if not view.reason.value():
            found.append((tr("Choose why it is erased"), view.reason_field))
        if not confirms(known.patient, view.typed.value()):
            words = sentence(catalog(), Refusal(RefusalCode.ERASURE_NOT_CONFIRMED))
            found.append((words, view.typed_field))
        if known.runs_until is not None and not view.overrule.isChecked():
            words = tr("A period still runs. Ask the manager, then tick the line")
            found.append((words, view.overrule))
        return found

    def _ask(self) -> None:
        known = self._known
        if known is None or known.blocked:
            return
        problems = self._problems(known)
        self._view.show_problems(problems)
        if not problems:
            self._view.colleague.ask()

    def _erase(self) -> None:
        known, view, session = self._known, self._view, self._work.session
        reason = view.reason.value()
        if known is None or not isinstance(reason, ErasureReason):
            view.colleague.reject()
            return
        second, typed = Colleague(*view.colleague.given()), view.typed.value()
        overrule = view.overrule.isChecked()
        self._work.background.run(
            view,
            lambda: erase_patient(
                session,
                known.patient.patient_id,
                reason=reason,
                typed=typed,
                second=second,
                overrule=overrule,
            ),
            self._done,
            self._refused,
        )

    def _done(self, erased: Erased) -> None:
        self._known = None
        self._view.colleague.accept()
        self._view.show_erased(done_lines(erased), outside_lines(erased.backups, self._work))

    def _refused(self, error: BaseException) -> None:
        dialog = self._view.colleague
        if isinstance(error, Refusal) and error.code in ABOUT_THE_COLLEAGUE:
            dialog.show_problem(sentence(catalog(), error))
            return
        dialog.reject()
        self._work.notices.fail(error)


def _full_name(known: ErasureView) -> str:
    """As it is typed to confirm: given name first."""
    patient = known.patient
    return f"{patient.given_name} {patient.family_name}".strip() or patient.alias


def _what_goes(known: ErasureView) -> list[Line]:
    name = patient_name(known.patient)
    lines: list[Line] = [
        (tr("{name}: name, age, contact").format(name=name), "user", "text2"),
        (
            trn(
                "{count} visit, with all that was entered",
                "{count} visits, with all that was entered",
                known.visits,
            ).format(count=known.visits),
            "list",
            "text2",
        ),
    ]
    if known.referrals:
        words = trn(
            "{count} referral that was sent, with its copy",
            "{count} referrals that were sent, with their copies",
            known.referrals,
        )
        lines.append((words.format(count=known.referrals), "arrows-left-right", "text2"))
    kept = tr("The log keeps that a record was erased, by whom and why. It holds no name.")
    return [*lines, (kept, "clock-counter-clockwise", "text2")]


def _what_hinders(known: ErasureView) -> list[Line]:
    found: list[Line] = []
    for code, holds in (
        (RefusalCode.ERASURE_VISIT_OPEN, known.visit_open),
        (RefusalCode.ERASURE_REFERRAL_OPEN, known.referral_open),
    ):
        if holds:
            found.append((sentence(catalog(), Refusal(code)), "warning", "caution"))
    if known.runs_until is not None:
        date = format_date(known.runs_until, catalog().locale)
        words = tr("A period of this facility runs until {date}. Only the manager can overrule it.")
        found.append((words.format(date=date), "calendar-check", "caution"))
    return found
