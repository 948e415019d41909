# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads who was at a record, and has the page for the patient made."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.access.view import AccessView
from pact_desktop.desktop.visit_words import paper_language, patient_name
from pact_desktop.desktop.widgets import Row
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.audit import RecordAccess
from pact_desktop.domain.errors import PactError
from pact_desktop.domain.patient import Patient, PatientId
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.locales import LOCALES, PAPER_LOCALES, SOURCE
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.patients import open_patient
from pact_desktop.services.record_access import access_page, record_access
from pact_desktop.terms import term
from pact_desktop.terms.log import access_when, access_who


class AccessPresenter:
    """Between the list and the log."""

    def __init__(self, view: AccessView, work: Work) -> None:
        self._view, self._work = view, work
        self._patient_id = PatientId("")
        view.entered.connect(self._enter)
        view.left.connect(self._forget)
        view.back_pressed.connect(work.navigator.back)
        view.print_wanted.connect(self._print)

    def _enter(self, arguments: dict[str, object]) -> None:
        self._patient_id = PatientId(str(arguments.get("patient_id", "")))
        view, session, patient_id = self._view, self._work.session, self._patient_id
        view.safe.setChecked(False)
        view.show_problem("")

        def show(found: tuple[Patient, list[RecordAccess]]) -> None:
            patient, accesses = found
            view.show_patient(patient_name(patient))
            view.show_rows([_row(number, access) for number, access in enumerate(accesses)])
            view.show_languages(
                [(tag, LOCALES[tag].own_name) for tag in PAPER_LOCALES],
                paper_language(patient),
            )

        self._work.background.run(
            view,
            lambda: (open_patient(session, patient_id), record_access(session, patient_id)),
            show,
        )

    def _forget(self) -> None:
        self._view.show_patient("")
        self._view.show_rows([])

    def _print(self) -> None:
        view, session, patient_id = self._view, self._work.session, self._patient_id
        if not view.safe.isChecked():
            view.show_problem(tr("Ask the patient, then tick the line"))
            return
        locale = str(view.language.value() or SOURCE)

        def show(issued: IssuedDocument) -> None:
            self._work.navigator.go(
                "print_page",
                pdf=issued.pdf,
                job=issued.file_name.removesuffix(".pdf"),
                file_name=issued.file_name,
                back=("access", {"patient_id": patient_id}),
            )

        def failed(error: BaseException) -> None:
            if isinstance(error, PactError):
                view.show_problem(sentence(catalog(), error))
            else:
                self._work.notices.fail(error)

        self._work.background.run(
            view,
            lambda: access_page(session, patient_id, locale, safe_to_carry=True),
            show,
            failed,
        )


def _row(number: int, access: RecordAccess) -> Row:
    words = catalog()
    return Row(
        number,
        (access_when(access, words.locale), access_who(access, words), term(words, access.kind)),
    )
