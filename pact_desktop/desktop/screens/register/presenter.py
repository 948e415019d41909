# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a patient of what was typed, and tells about similar ones without ever blocking."""

from dataclasses import replace

from PySide6.QtCore import QTimer

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.register.fields import EMPTY, Typed
from pact_desktop.desktop.screens.register.view import Problem, RegisterView, Similar
from pact_desktop.desktop.visit_words import age_words, patient_name
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import PactError, Refusal, RefusalCode
from pact_desktop.domain.patient import (
    BirthDate,
    BirthDateKind,
    CaseNumber,
    Patient,
    PatientId,
    SafeContact,
)
from pact_desktop.domain.screening import InterpreterMode, Screening
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import parse_date
from pact_desktop.services.patients import (
    NewPatient,
    SimilarPatient,
    change_patient,
    open_patient,
    register_patient,
    similar_patients,
)
from pact_desktop.services.screenings import start_screening
from pact_desktop.terms import term

_AFTER_TYPING_MS = 250
_SHORTEST_NAME = 2


class RegisterPresenter:
    """Between the fields and the register of patients."""

    def __init__(self, view: RegisterView, work: Work) -> None:
        self._view, self._work = view, work
        self._known: Patient | None = None
        self._draft: Typed = EMPTY
        self._not_the_same: set[PatientId] = set()
        self._compared: tuple[object, ...] = ()
        self._similar_people: list[SimilarPatient] = []
        self._compare = QTimer(view)
        self._compare.setSingleShot(True)
        self._compare.setInterval(_AFTER_TYPING_MS)
        self._compare.timeout.connect(self._look_for_similar)
        view.entered.connect(self._enter)
        view.left.connect(self._keep_draft)
        view.edited.connect(self._edited)
        view.primary_pressed.connect(lambda: self._save(start_visit=True))
        view.secondary_pressed.connect(lambda: self._save(start_visit=False))
        view.back_pressed.connect(self._cancel)
        view.same_person.connect(self._same_person)
        view.not_the_same.connect(self._leave_out)

    # Entering and leaving ---------------------------------------------------------------------

    def _enter(self, arguments: dict[str, object]) -> None:
        patient_id = arguments.get("patient_id")
        self._view.show_problems([])
        self._view.show_mode(editing=patient_id is not None)
        if patient_id is None:
            self._known = None
            self._view.fields.fill(self._draft)
            self._edited()
            return
        session = self._work.session
        self._work.background.run(
            self._view, lambda: open_patient(session, PatientId(str(patient_id))), self._show_known
        )

    def _show_known(self, patient: Patient) -> None:
        self._known = patient
        self._view.fields.fill(_typed_of(patient))
        self._edited()

    def _keep_draft(self) -> None:
        """Leaving for another screen keeps what was typed; only saving or Cancel empties it."""
        self._compare.stop()
        self._forget_similar()
        if self._known is None:
            self._draft = self._view.fields.typed()

    def _cancel(self) -> None:
        self._forget()
        self._work.navigator.back()

    def _forget(self) -> None:
        self._draft, self._known = EMPTY, None
        self._not_the_same.clear()
        self._view.fields.clear()
        self._forget_similar()

    def _forget_similar(self) -> None:
        self._compared, self._similar_people = (), []
        self._view.show_similar([])

    # While typing -----------------------------------------------------------------------------

    def _edited(self) -> None:
        typed = self._view.fields.typed()
        self._compare.start()
        self._view.fields.show_child_rule(self._child_rule(typed))

    def _child_rule(self, typed: Typed) -> str:
        try:
            birth_date = self._birth_date(typed)
        except Refusal:
            return ""
        probe = Patient(
            PatientId(""),
            CaseNumber(""),
            "",
            "",
            birth_date=birth_date,
            may_be_child=typed.may_be_child,
        )
        today = self._work.session.today
        if probe.age_is_doubtful(today):
            return tr("Age not certain: the rules for patients under 18 apply.")
        if probe.is_child_or_doubtful(today) and birth_date.kind is BirthDateKind.EXACT:
            return tr("The rules for patients under 18 apply.")
        return ""

    def _look_for_similar(self) -> None:
        typed = self._view.fields.typed()
        if (
            self._known is not None
            or len((typed.family_name + typed.given_name + typed.alias).strip()) < _SHORTEST_NAME
        ):
            self._forget_similar()
            return
        try:
            birth_date = self._birth_date(typed)
        except Refusal:
            birth_date = BirthDate.unknown()
        session, new = self._work.session, _new_patient(typed, birth_date)
        names = (new.family_name, new.given_name, new.alias)
        compared = (*names, new.birth_date, new.safe_contact.phone)
        if compared == self._compared:
            # Each search is in the log, so the same one is not made again for another field.
            self._show_similar(self._similar_people)
            return
        self._compared = compared
        self._work.background.run(
            self._view,
            lambda: similar_patients(session, new),
            lambda found: self._show_found(compared, found),
            lambda _error: self._forget_similar(),
        )

    def _show_found(self, compared: tuple[object, ...], found: list[SimilarPatient]) -> None:
        """What was asked for before the last key was pressed, or before leaving, is out of date."""
        if compared == self._compared:
            self._similar_people = found
            self._show_similar(found)

    def _show_similar(self, found: list[SimilarPatient]) -> None:
        self._view.show_similar(
            [
                self._similar(one)
                for one in found
                if one.patient.patient_id not in self._not_the_same
            ]
        )

    def _similar(self, one: SimilarPatient) -> Similar:
        patient = one.patient
        facts = (
            term(catalog(), patient.gender),
            age_words(patient.birth_date.age_on(self._work.session.today)),
        )
        return Similar(
            patient.patient_id,
            patient_name(patient),
            " · ".join(facts),
            one.likely,
            tuple(term(catalog(), reason) for reason in one.reasons),
        )

    def _same_person(self, key: object) -> None:
        self._forget()
        self._work.navigator.go("register", patient_id=PatientId(str(key)))

    def _leave_out(self, key: object) -> None:
        self._not_the_same.add(PatientId(str(key)))
        self._look_for_similar()

    # Saving -----------------------------------------------------------------------------------

    def _birth_date(self, typed: Typed) -> BirthDate:
        """Raises Refusal: DATE_INVALID, BIRTH_DATE_IN_FUTURE, AGE_OUT_OF_RANGE."""
        today = self._work.session.today
        if typed.birth_kind is BirthDateKind.EXACT:
            try:
                day = parse_date(typed.birth_date)
            except ValueError:
                raise Refusal(RefusalCode.DATE_INVALID) from None
            return BirthDate.exact(day, today=today)
        if typed.birth_kind is BirthDateKind.ESTIMATED:
            if not typed.years.isdecimal():
                raise Refusal(RefusalCode.AGE_OUT_OF_RANGE, oldest=120)
            return BirthDate.estimated(int(typed.years[:4]), today=today)
        return BirthDate.unknown()

    def _problems(self, typed: Typed) -> list[Problem]:
        fields = self._view.fields
        problems: list[Problem] = []
        if not (typed.name_not_known or typed.family_name.strip() or typed.given_name.strip()):
            problems.append((tr("Enter a name, or tick “Name not known”"), fields.family_field))
        try:
            self._birth_date(typed)
        except Refusal as refusal:
            exact = typed.birth_kind is BirthDateKind.EXACT
            field = fields.date_field if exact else fields.years_field
            problems.append((sentence(catalog(), refusal), field))
        return problems

    def _save(self, *, start_visit: bool) -> None:
        typed = self._view.fields.typed()
        problems = self._problems(typed)
        self._view.show_problems(problems)
        if problems:
            return
        session, known = self._work.session, self._known
        new = _new_patient(typed, self._birth_date(typed))
        if known is not None:
            self._work.background.run(
                self._view,
                lambda: change_patient(session, _changed(known, new)),
                lambda _patient: self._saved(None),
                self._refused,
            )
            return

        def register() -> Screening | None:
            patient = register_patient(session, new)
            if not start_visit:
                return None
            mode = InterpreterMode.BY_PHONE if typed.interpreter else InterpreterMode.NOT_NEEDED
            return start_screening(
                session,
                patient,
                visit_reason=typed.visit_reason,
                companion=typed.companion,
                interpreter=mode,
            )

        self._work.background.run(self._view, register, self._saved, self._refused)

    def _saved(self, visit: Screening | None) -> None:
        edited = self._known is not None
        self._forget()
        if visit is not None:
            self._work.navigator.go("details", screening_id=visit.screening_id)
        elif edited:
            self._work.navigator.back()
        else:
            self._work.navigator.go("today")

    def _refused(self, error: BaseException) -> None:
        """A problem with a field is shown there; anything else goes the common way."""
        fields = self._view.fields
        field = {
            "family-name": fields.family_field,
            "given-name": fields.given_field,
            "fathers-name": fields.father_field,
            "alias": fields.alias_field,
            "phone": fields.phone_field,
            "visit-reason": fields.reason_field,
        }.get(str(error.facts.get("field", "")) if isinstance(error, PactError) else "")
        if field is not None and isinstance(error, PactError):
            self._view.show_problems([(sentence(catalog(), error), field)])
        else:
            self._work.notices.fail(error)


def _new_patient(typed: Typed, birth_date: BirthDate) -> NewPatient:
    named = not typed.name_not_known
    return NewPatient(
        family_name=typed.family_name if named else "",
        given_name=typed.given_name if named else "",
        fathers_name=typed.fathers_name if named else "",
        alias="" if named else typed.alias,
        birth_date=birth_date,
        may_be_child=typed.may_be_child,
        gender=typed.gender,
        language=typed.language,
        interpreter_needed=typed.interpreter,
        safe_contact=SafeContact(mode=typed.contact, phone=typed.phone),
    )


def _changed(known: Patient, new: NewPatient) -> Patient:
    return replace(
        known,
        family_name=new.family_name,
        given_name=new.given_name,
        fathers_name=new.fathers_name,
        alias=new.alias,
        birth_date=new.birth_date,
        may_be_child=new.may_be_child,
        gender=new.gender,
        language=new.language,
        interpreter_needed=new.interpreter_needed,
        safe_contact=replace(
            known.safe_contact, mode=new.safe_contact.mode, phone=new.safe_contact.phone
        ),
    )


def _typed_of(patient: Patient) -> Typed:
    birth = patient.birth_date
    return Typed(
        name_not_known=not patient.name_known,
        family_name=patient.family_name,
        given_name=patient.given_name,
        fathers_name=patient.fathers_name,
        alias=patient.alias,
        birth_kind=birth.kind,
        birth_date=f"{birth.value:%d.%m.%Y}" if birth.value else "",
        years="" if birth.years is None else str(birth.years),
        may_be_child=patient.may_be_child,
        gender=patient.gender,
        language=patient.language,
        interpreter=patient.interpreter_needed,
        phone=patient.safe_contact.phone,
        contact=patient.safe_contact.mode,
        visit_reason="",
        companion=EMPTY.companion,
    )
