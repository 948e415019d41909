# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the copy made, in the form that was asked for."""

from pathlib import Path

from pact_desktop.desktop.printing import save_file
from pact_desktop.desktop.save_dialog import JSON, ask_where_to_save
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.person_copy.view import PersonCopyView
from pact_desktop.desktop.visit_words import paper_language, patient_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import PactError
from pact_desktop.domain.patient import Patient, PatientId
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.locales import LOCALES, PAPER_LOCALES, SOURCE
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.patients import open_patient
from pact_desktop.services.person_copies import FILE_NAME, copy_as_file, copy_on_paper


class PersonCopyPresenter:
    """Between the page and the register."""

    def __init__(self, view: PersonCopyView, work: Work) -> None:
        self._view, self._work = view, work
        self._patient_id = PatientId("")
        view.entered.connect(self._enter)
        view.left.connect(lambda: view.show_patient(""))
        view.back_pressed.connect(work.navigator.back)
        view.print_wanted.connect(self._print)
        view.file_wanted.connect(self._ask_path)

    def _enter(self, arguments: dict[str, object]) -> None:
        self._patient_id = PatientId(str(arguments.get("patient_id", "")))
        view, session, patient_id = self._view, self._work.session, self._patient_id
        view.safe.setChecked(False)
        view.show_problem("")

        def show(patient: Patient) -> None:
            view.show_patient(patient_name(patient))
            view.show_languages(
                [(tag, LOCALES[tag].own_name) for tag in PAPER_LOCALES], paper_language(patient)
            )

        self._work.background.run(view, lambda: open_patient(session, patient_id), show)

    def _asked(self) -> bool:
        """Whether the patient was asked, which nothing here can do for them."""
        if self._view.safe.isChecked():
            return True
        self._view.show_problem(tr("Ask the patient, then tick the line"))
        return False

    def _locale(self) -> str:
        return str(self._view.language.value() or SOURCE)

    def _print(self) -> None:
        if not self._asked():
            return
        session, patient_id, locale = self._work.session, self._patient_id, self._locale()

        def show(issued: IssuedDocument) -> None:
            self._work.navigator.go(
                "print_page",
                pdf=issued.pdf,
                job=issued.file_name.removesuffix(".pdf"),
                file_name=issued.file_name,
                back=("person_copy", {"patient_id": patient_id}),
            )

        self._work.background.run(
            self._view,
            lambda: copy_on_paper(session, patient_id, locale, safe_to_carry=True),
            show,
            self._failed,
        )

    def _ask_path(self) -> None:
        if self._asked():
            ask_where_to_save(self._view, FILE_NAME, self._save, kind=JSON)

    def _save(self, path: Path) -> None:
        session, patient_id, locale = self._work.session, self._patient_id, self._locale()
        self._work.background.run(
            self._view,
            lambda: save_file(copy_as_file(session, patient_id, locale, safe_to_carry=True), path),
            lambda _nothing: self._work.notices.say(tr("The file is saved. It is not encrypted.")),
            self._failed,
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, PactError):
            self._view.show_problem(sentence(catalog(), error))
        else:
            self._work.notices.fail(error)
