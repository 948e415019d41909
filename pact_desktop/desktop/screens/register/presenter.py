# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a patient of what was typed, and tells about similar ones without ever blocking."""

from dataclasses import fields as fields_of
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QTimer

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.register.fields import EMPTY, Typed
from pact_desktop.desktop.screens.register.view import Problem, RegisterView, Similar
from pact_desktop.desktop.visit_words import patient_name, sex_and_age
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
    register_and_start,
    register_patient,
    similar_patients,
)
from pact_desktop.terms import term

_AFTER_TYPING_MS = 250
_SHORTEST_NAME = 2


class RegisterPresenter:
    """Between the fields and the register of patients."""

    def __init__(self, view: RegisterView, work: Work) -> None:
        self._view, self._work = view, work
        self._shown: PatientId | None = None
        """Whose details the screen is for; None for a new patient."""
        self._known: Patient | None = None
        """The record of `_shown`, once it has come."""
        self._loaded: Typed = EMPTY
        """What stood in the fields before anybody corrected them."""
        self._draft: Typed = EMPTY
        self._corrections: dict[PatientId, tuple[Typed, Typed]] = {}
        """Of known patients: what stood there, and what was made of it and not saved yet."""
        self._saving = False
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
        argument = arguments.get("patient_id")
        patient_id = None if argument is None else PatientId(str(argument))
        self._shown, self._known, self._loaded = patient_id, None, EMPTY
        self._view.show_problems([])
        self._view.show_mode(editing=patient_id is not None)
        # Nothing of the patient before stands here while the details are on their way.
        self._view.fields.fill(self._draft if patient_id is None else EMPTY)
        self._show_busy()
        self._edited()
        if patient_id is None:
            return
        session = self._work.session
        self._work.background.run(
            self._view, lambda: open_patient(session, patient_id), self._show_known
        )

    def _show_known(self, patient: Patient) -> None:
        if patient.patient_id != self._shown or self._known is not None:
            return
        fields = self._view.fields
        fields.fill(_typed_of(patient))
        self._known, self._loaded = patient, fields.typed()
        kept = self._corrections.get(patient.patient_id)
        if kept is not None:
            fields.fill(_with_corrections(self._loaded, *kept))
        self._show_busy()
        self._edited()

    def _keep_draft(self) -> None:
        """Leaving for another screen keeps what was typed; only saving or Cancel empties it."""
        self._compare.stop()
        self._forget_similar()
        typed = self._view.fields.typed()
        if self._shown is None:
            self._draft = typed
        elif self._known is not None and typed != self._loaded:
            self._corrections[self._shown] = (self._loaded, typed)
        elif self._known is not None:
            self._corrections.pop(self._shown, None)

    def _cancel(self) -> None:
        if not self._saving:
            self._forget()
            self._work.navigator.back()

    def _forget(self) -> None:
        self._drop_draft(self._shown)
        self._known, self._loaded = None, EMPTY
        self._view.fields.clear()
        self._view.show_unsaved(unsaved=False)
        self._forget_similar()

    def _drop_draft(self, of: PatientId | None) -> None:
        if of is None:
            self._draft = EMPTY
            self._not_the_same.clear()
        else:
            self._corrections.pop(of, None)

    def _show_busy(self) -> None:
        """Off while something is saved, and until the details that would be saved have come."""
        coming = self._shown is not None and self._known is None
        self._view.show_busy(busy=self._saving or coming)

    def _forget_similar(self) -> None:
        self._compared, self._similar_people = (), []
        self._view.show_similar([])

    # While typing -----------------------------------------------------------------------------

    def _edited(self) -> None:
        typed = self._view.fields.typed()
        self._compare.start()
        self._view.fields.show_child_rule(self._child_rule(typed))
        self._view.show_unsaved(unsaved=self._known is not None and typed != self._loaded)

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
            self._shown is not None
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
            ],
            looked=True,
        )

    def _similar(self, one: SimilarPatient) -> Similar:
        patient = one.patient
        return Similar(
            patient.patient_id,
            patient_name(patient),
            sex_and_age(patient, self._work.session.today),
            one.likely,
            tuple(term(catalog(), reason) for reason in one.reasons),
        )

    def _same_person(self, key: object) -> None:
        if self._saving:
            return
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
        session, shown, known = self._work.session, self._shown, self._known
        if self._saving or (shown is not None and known is None):
            return
        typed = self._view.fields.typed()
        problems = self._problems(typed)
        self._view.show_problems(problems)
        if problems:
            return
        new = _new_patient(typed, self._birth_date(typed))

        def save() -> Screening | None:
            if known is not None:
                change_patient(session, _changed(known, new))
                return None
            if not start_visit:
                register_patient(session, new)
                return None
            mode = InterpreterMode.BY_PHONE if typed.interpreter else InterpreterMode.NOT_NEEDED
            return register_and_start(
                session,
                new,
                visit_reason=typed.visit_reason,
                companion=typed.companion,
                interpreter=mode,
            )

        self._saving = True
        self._show_busy()
        self._work.background.run(
            self._view,
            save,
            lambda visit: self._saved(shown, visit),
            lambda error: self._refused(shown, error),
        )

    def _still_shows(self, shown: PatientId | None) -> bool:
        return self._work.navigator.current is self._view and self._shown == shown

    def _saved(self, shown: PatientId | None, visit: Screening | None) -> None:
        """Whoever has left meanwhile stays where they are."""
        self._saving = False
        if not self._still_shows(shown):
            self._drop_draft(shown)
            self._show_busy()
            return
        self._forget()
        self._show_busy()
        if visit is not None:
            self._work.navigator.go("details", screening_id=visit.screening_id)
        elif shown is not None:
            self._work.navigator.back()
        else:
            self._work.navigator.go("today")

    def _refused(self, shown: PatientId | None, error: BaseException) -> None:
        """A problem with a field is shown there; anything else goes the common way."""
        self._saving = False
        if not shiboken6.isValid(self._view):
            self._work.notices.fail(error)
            return
        self._show_busy()
        if not self._still_shows(shown):
            self._work.notices.fail(error)
            return
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


def _with_corrections(now: Typed, before: Typed, after: Typed) -> Typed:
    """Only what was corrected; the rest is the record as it stands now."""
    return replace(
        now,
        **{
            one.name: getattr(after, one.name)
            for one in fields_of(Typed)
            if getattr(after, one.name) != getattr(before, one.name)
        },
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
