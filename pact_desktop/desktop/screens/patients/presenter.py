# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the register of patients, and leads on to a visit or to the details."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.patients.view import PatientsView
from pact_desktop.desktop.visit_words import (
    age_words,
    closed_chip,
    patient_name,
    sex_and_age,
)
from pact_desktop.desktop.widgets import Row
from pact_desktop.desktop.widgets.tables import Cell
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.patient import PatientId
from pact_desktop.domain.sealing import ClosedRecord
from pact_desktop.i18n.formats import format_date
from pact_desktop.i18n.locales import NOT_KNOWN, language_name
from pact_desktop.services.patients import PatientSummary, find_patients
from pact_desktop.services.screenings import start_screening
from pact_desktop.services.sealing import closed_record, is_closed
from pact_desktop.services.session import Session

_SHORTEST_QUERY = 2


class PatientsPresenter:
    """Between the search and the register."""

    def __init__(self, view: PatientsView, work: Work) -> None:
        self._view, self._work = view, work
        self._found: dict[PatientId, PatientSummary] = {}
        self._closed: dict[PatientId, ClosedRecord] = {}
        self._asked = ""
        self._in_front = False
        view.entered.connect(self._enter)
        view.left.connect(self._leave)
        view.searched.connect(self._search)
        view.picked.connect(self._show_chosen)
        view.visit_wanted.connect(self._start)
        view.edit_wanted.connect(self._edit)
        view.access_wanted.connect(lambda key: self._go_on("access", key))
        view.secondary_pressed.connect(lambda: work.navigator.go("due"))
        view.emergency_wanted.connect(
            lambda: work.navigator.go("emergency", wanted=self._view.search.text().strip())
        )
        view.offer_emergency(offered=work.session.may(Permission.OPEN_IN_EMERGENCY))
        view.closing_wanted.connect(lambda key: self._go_on("closing", key))
        view.copy_wanted.connect(lambda key: self._go_on("person_copy", key))
        view.erase_wanted.connect(lambda key: self._go_on("erase", key))

    def _leave(self) -> None:
        """No name stays on a screen that nobody looks at, and none is asked for any more."""
        self._in_front = False
        self._forget()

    def _forget(self) -> None:
        """An answer on its way is too late."""
        self._asked = ""
        self._show_none()

    def _enter(self, arguments: dict[str, object]) -> None:
        self._in_front = True
        query = str(arguments.get("query", ""))
        if query:
            self._view.search.setText(query)
        # What was found before may be closed, erased or out of time by now.
        self._forget()
        self._search(self._view.search.text())

    def _search(self, text: str) -> None:
        query = text.strip()
        if query == self._asked or not self._in_front:
            return
        self._asked = query
        if len(query) < _SHORTEST_QUERY:
            self._show_none()
            return
        session = self._work.session
        self._work.background.run(
            self._view,
            lambda: _read(session, query),
            lambda found: self._show(query, *found),
            self._not_read,
        )

    def _not_read(self, error: BaseException) -> None:
        """What was found before belongs to other words; nothing says that nobody was found."""
        self._asked = ""
        self._show_none()
        self._work.notices.fail(error)

    def _show_none(self) -> None:
        self._found, self._closed = {}, {}
        self._view.show_found([], searched=False)

    def _show(
        self, query: str, found: list[PatientSummary], closed: dict[PatientId, ClosedRecord]
    ) -> None:
        if query != self._asked:
            return
        self._closed = closed
        self._found = {summary.patient.patient_id: summary for summary in found}
        rows = [self._row(summary) for summary in found]
        self._view.show_found(rows, searched=True, with_closed=bool(closed))
        if found:
            self._view.table.select(found[0].patient.patient_id)
            self._show_chosen(found[0].patient.patient_id)

    def _row(self, summary: PatientSummary) -> Row:
        patient = summary.patient
        cells: list[Cell] = [
            patient_name(patient),
            age_words(patient.birth_date.age_on(self._work.session.today)),
            _language(patient.language),
            self._last_visit(summary),
        ]
        if self._closed:
            closed = patient.patient_id in self._closed
            cells.insert(1, closed_chip() if closed else "")
        return Row(patient.patient_id, tuple(cells))

    def _last_visit(self, summary: PatientSummary) -> str:
        if summary.last_visit_at is None:
            return tr("none yet")
        return format_date(summary.last_visit_at.date(), catalog().locale)

    def _show_chosen(self, key: object) -> None:
        summary = self._found.get(PatientId(str(key)))
        if summary is None:
            self._view.show_chosen("", "")
            return
        patient = summary.patient
        facts = (
            sex_and_age(patient, self._work.session.today),
            _language(patient.language),
        )
        closed = self._closed.get(patient.patient_id)
        self._view.show_chosen(
            patient_name(patient),
            " · ".join(fact for fact in facts if fact),
            closed=closed is not None,
            may_change=closed is None or closed.until is None,
        )

    def _start(self, key: object) -> None:
        summary = self._found.get(PatientId(str(key)))
        if summary is None:
            return
        session = self._work.session
        self._work.background.run(
            self._view,
            lambda: start_screening(session, summary.patient),
            lambda visit: self._work.navigator.go("details", screening_id=visit.screening_id),
        )

    def _edit(self, key: object) -> None:
        if PatientId(str(key)) in self._found:
            self._work.navigator.go("register", patient_id=PatientId(str(key)))

    def _go_on(self, screen: str, key: object) -> None:
        if PatientId(str(key)) in self._found:
            self._work.navigator.go(screen, patient_id=PatientId(str(key)))


def _read(
    session: Session, query: str
) -> tuple[list[PatientSummary], dict[PatientId, ClosedRecord]]:
    """Who was found, and which of these records are closed to others."""
    found = find_patients(session, query)
    closed = {
        one.patient.patient_id: closed_record(session, one.patient.patient_id)
        for one in found
        if is_closed(session, one.patient.case_number)
    }
    return found, {key: record for key, record in closed.items() if record is not None}


def _language(tag: str) -> str:
    return "" if tag == NOT_KNOWN else language_name(tag, catalog().locale)
