# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks for what an emergency needs, opens the record, and starts the time that is shown."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.emergency.view import EmergencyView, Problem
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.sealing import SHORTEST_REASON, EmergencyReason
from pact_desktop.error_texts import sentence
from pact_desktop.services.emergency import emergency_seconds, open_in_emergency

_ABOUT_THE_COLLEAGUE = frozenset({RefusalCode.SIGN_IN_FAILED, RefusalCode.SIGN_IN_DELAYED})
_ABOUT_THE_RECORD = frozenset(
    {RefusalCode.SEVERAL_FOUND, RefusalCode.SOME_DAMAGED, RefusalCode.OWN_RECORD}
)


class EmergencyPresenter:
    """Between the page and the two keys."""

    def __init__(self, view: EmergencyView, work: Work) -> None:
        self._view, self._work = view, work
        self._opening = False
        view.entered.connect(self._enter)
        view.left.connect(self._leave)
        view.back_pressed.connect(work.navigator.back)
        view.open_wanted.connect(self._ask)
        view.colleague.confirmed.connect(self._open)

    def _enter(self, arguments: dict[str, object]) -> None:
        self._view.forget()
        self._view.wanted.setText(str(arguments.get("wanted", "")))
        self._view.first_focus().setFocus()

    def _leave(self) -> None:
        self._view.colleague.reject()
        self._view.forget()

    def _problems(self) -> list[Problem]:
        view = self._view
        found: list[Problem] = []
        if not view.wanted.value():
            found.append((tr("Type the number, or given and family name"), view.wanted_field))
        if not view.reason.value():
            found.append((tr("Choose why"), view.reason_field))
        if len(view.words.value()) < SHORTEST_REASON:
            words = sentence(catalog(), Refusal(RefusalCode.REASON_TOO_SHORT))
            found.append((words, view.words_field))
        return found

    def _ask(self) -> None:
        problems = self._problems()
        self._view.show_problems(problems)
        if not problems:
            self._view.colleague.ask()

    def _open(self) -> None:
        view, session = self._view, self._work.session
        reason = view.reason.value()
        if self._opening:
            return
        if not isinstance(reason, EmergencyReason):
            view.colleague.reject()
            return
        wanted, typed, second = view.wanted.value(), view.words.value(), view.colleague.given()

        def opened() -> tuple[Patient, int]:
            patient = open_in_emergency(session, wanted, reason, typed, second)
            return patient, emergency_seconds(session)

        self._opening = True
        self._work.background.run(view, opened, lambda found: self._opened(*found), self._refused)

    def _opened(self, patient: Patient, seconds: int) -> None:
        self._opening = False
        self._view.colleague.accept()
        navigator = self._work.navigator
        navigator.emergency_opened.emit(seconds)
        name = f"{patient.given_name} {patient.family_name}".strip() or patient.alias
        navigator.go("patients", query=name or patient.case_number)

    def _refused(self, error: BaseException) -> None:
        self._opening = False
        view, dialog = self._view, self._view.colleague
        if not isinstance(error, Refusal):
            dialog.reject()
            self._work.notices.fail(error)
        elif error.code in _ABOUT_THE_COLLEAGUE:
            dialog.show_problem(sentence(catalog(), error))
        elif error.code is RefusalCode.SECOND_STAFF_MISSING:
            dialog.show_problem(tr("Somebody else has to confirm. Nobody opens it alone."))
        elif error.code is RefusalCode.PATIENT_UNKNOWN:
            dialog.reject()
            words = tr(
                "The two of you can open no closed record like this. Check the number or both "
                "names, or ask somebody who is named for the record."
            )
            view.show_problems([(words, view.wanted_field)])
        elif error.code in _ABOUT_THE_RECORD:
            dialog.reject()
            view.show_problems([(sentence(catalog(), error), view.wanted_field)])
        else:
            dialog.reject()
            self._work.notices.fail(error)
