# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses every service once at least, as staff would in the course of some days."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.domain.audit import LogFilter
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.facility import ContactRole, ServiceId, ServiceKind
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.domain.patient import MayBeChild
from pact_desktop.domain.periods import Kept, Period, Retention, Unit
from pact_desktop.domain.referral import Channel, Priority, ReferralStatus, show_reference
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.domain.screening import (
    Alone,
    Answer,
    BodyMark,
    BodyView,
    InterpreterMode,
    Involved,
    MarkKind,
    Offer,
    OfferAnswer,
    Outcome,
    ScreeningId,
    VisitStep,
)
from pact_desktop.domain.sealing import EmergencyReason
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services import (
    accounts,
    audit,
    backups,
    documents,
    emergency,
    erasure,
    facility,
    follow_up,
    key_changes,
    old_copies,
    one_record,
    own_passphrase,
    patients,
    person_copies,
    record_access,
    referral_issue,
    referrals,
    retention,
    screenings,
    sealing,
    staff,
    visit_change,
    visit_results,
    visits,
)
from pact_desktop.services.session import Session
from tests.factories import a_birth_date, new_staff, passphrase_of
from tests.private_part import open_private_part
from tests.rig.completeness import Watch
from tests.rig.journeys import SHELTER, Desk

YES, NO = AnswerValue.YES, AnswerValue.NO
SOCIAL_WORK: Final = ServiceId("social-work")
_NEW: Final = patients.NewPatient(
    family_name="Hodžić",
    given_name="Lejla",
    birth_date=a_birth_date(24),
    may_be_child=MayBeChild.NO,
)


def use_everything(watch: Watch, desk: Desk) -> None:
    """By whoever's work it is; a session ends before the next begins."""
    _manage(watch, desk)
    nurse = desk.at_work("nadia")
    adult, child = _visits(watch, nurse)
    _papers(watch, nurse, adult)
    _refer(watch, nurse, adult)
    _refer_child(watch, nurse, child)
    _look_around(watch, nurse)
    _change_own_passphrase(watch, nurse)
    watch(accounts.lock, nurse, "visits")
    _oversee(watch, desk)
    _close_records(watch, desk)
    _let_go(watch, desk)


def _change_own_passphrase(watch: Watch, nurse: Session) -> None:
    """And back again, so that whoever comes later still knows it."""
    usual, other = passphrase_of("nadia"), "copper-meadow-lattice-sparrow"
    watch(own_passphrase.check_own_passphrase, nurse, usual)
    watch(own_passphrase.change_passphrase, nurse, usual, other)
    watch(own_passphrase.change_passphrase, nurse, other, usual)


def _manage(watch: Watch, desk: Desk) -> None:
    manager = desk.at_work("mira")
    here = watch(facility.facility, manager)
    watch(facility.change_facility, manager, replace(here, phone="000 111 333"))
    watch(facility.pack_of, manager)
    added = watch(
        facility.add_service,
        manager,
        kind=ServiceKind.SOCIAL_WORK,
        name="Sample centre",
        service_id=SOCIAL_WORK,
    )
    watch(facility.confirm_service, manager, replace(added, phones=("000 111 444",)))
    watch(facility.correct_service, manager, replace(added, phones=("000 111 555",)))
    watch(facility.confirm_service, manager, replace(added, phones=("000 111 555",)))
    other = watch(facility.add_service, manager, kind=ServiceKind.LEGAL_AID, name="Sample aid")
    watch(facility.close_service, manager, other.service_id)
    watch(facility.directory, manager)
    (new,) = new_staff(("nina", "Nina N", Role.NURSE))
    account = watch(staff.create_account, manager, new)
    watch(staff.staff_members, manager)
    watch(staff.list_accounts, manager)
    watch(staff.names_known_here, manager)
    accounts.lock(manager)
    nurse = desk.at_work("nadia")
    watch(staff.waiting_colleagues, nurse)
    watch(staff.confirm_colleague, nurse, account.account_id)
    watch(staff.verified_vault, nurse)
    accounts.lock(nurse)
    manager = desk.at_work("mira")
    watch(staff.end_account, manager, account.account_id)
    watch(staff.let_go_of_ended, manager)
    watch(key_changes.keys_to_change, manager)
    watch(key_changes.seconds_needed, manager, [Compartment.CASES])
    watch(key_changes.change_open_keys, manager)
    watch(key_changes.change_keys, manager, [Compartment.CONFIG], KeyChangeReason.ASKED)
    watch(key_changes.old_backups, manager)
    watch(key_changes.settle_key_changes, manager)
    accounts.lock(manager)


def _visits(watch: Watch, nurse: Session) -> tuple[ScreeningId, ScreeningId]:
    """One of an adult, step by step; one of a child."""
    watch(patients.similar_patients, nurse, _NEW)
    patient = watch(patients.register_patient, nurse, _NEW)
    watch(patients.similar_patients, nurse, _NEW)
    watch(patients.find_patients, nurse, "Hodz")
    watch(patients.open_patient, nurse, patient.patient_id)
    watch(patients.patient_of, nurse, patient.case_number)
    watch(patients.change_patient, nurse, replace(patient, alias="Leja"))
    visit = watch(screenings.start_screening, nurse, patient).screening_id
    watch(screenings.change_details, nurse, visit, visit_reason="Burn")
    watch(screenings.go_to_step, nurse, visit, VisitStep.OBSERVATIONS)
    watch(screenings.record_answer, nurse, visit, Answer(IndicatorId("A01"), YES))
    watch(screenings.withdraw_answer, nurse, visit, IndicatorId("A01"))
    watch(visit_change.keep_draft, nurse, visit, TypedAt(TypedField.VISIT_REASON), "Bur")
    _private_part(watch, nurse, visit)
    _results(watch, nurse, visit)
    child = replace(
        _NEW, given_name="Edi", birth_date=a_birth_date(12), may_be_child=MayBeChild.YES
    )
    return visit, watch(patients.register_and_start, nurse, child).screening_id


def _private_part(watch: Watch, nurse: Session, visit: ScreeningId) -> None:
    watch(
        screenings.open_private_part,
        nurse,
        visit,
        alone=Alone.YES,
        interpreter=InterpreterMode.NOT_NEEDED,
        interpreter_code="",
        limits_said=True,
        language="sq",
    )
    said = Answer(IndicatorId("Q3"), NO, own_words="He keeps my passport.")
    watch(screenings.record_answer, nurse, visit, said)
    mark = BodyMark("", BodyView.FRONT, "left-wrist", 0.88, 0.49, MarkKind.BRUISE)
    marked = watch(screenings.save_mark, nurse, visit, mark)
    watch(screenings.remove_mark, nurse, visit, marked.marks[0].mark_id)
    watch(screenings.record_no_mark, nurse, visit)
    watch(screenings.close_private_part, nurse, visit)
    watch(screenings.pause_screening, nurse, visit)
    watch(screenings.resume_screening, nurse, visit)


def _results(watch: Watch, nurse: Session, visit: ScreeningId) -> None:
    answers = dict.fromkeys(DangerQuestion, DangerAnswer.NO)
    watch(visit_results.record_danger, nurse, visit, answers, DangerLevel.NONE)
    watch(visit_results.record_staff_concern, nurse, visit, concern=True)
    now = watch(screenings.load_screening, nurse, visit)
    watch(visit_results.suggestion, nurse, now)
    watch(visit_results.danger_suggestion, nurse, now)
    watch(visit_results.judge, nurse, visit, ConcernLevel.SOME, "Says that her passport is kept.")
    judged = watch(screenings.load_screening, nurse, visit)
    watch(visit_results.judgement_outdated, nurse, judged)
    watch(visit_results.judging_floor, nurse, judged)
    watch(
        visit_results.record_offers,
        nurse,
        visit,
        {Offer.INFORMATION_CARD: OfferAnswer.ACCEPTED},
        return_visit_at=nurse.now + timedelta(days=7),
        return_reason="Dressing",
    )
    watch(visit_results.record_outcome, nurse, visit, frozenset({Outcome.REFERRED}))


def _papers(watch: Watch, nurse: Session, visit: ScreeningId) -> None:
    options = documents.CardOptions()
    locale = watch(documents.card_locales, nurse)[0]
    watch(documents.card_support_line, nurse)
    now = watch(screenings.load_screening, nurse, visit)
    watch(documents.read_patient_card, nurse, now, Catalog.load(locale), options)
    watch(documents.preview_patient_card, nurse, visit, locale, options)
    watch(documents.patient_card, nurse, visit, locale, options)
    watch(documents.visit_slip, nurse, visit, "en")
    watch(documents.clinical_note, nurse, visit, "en")
    watch(documents.urgent_contacts, nurse, "en")
    line = facility.UrgentContact(ContactRole.SECURITY, "", "000 111 222")
    watch(facility.log_urgent_call, nurse, line, now.case_number)


def _refer(watch: Watch, nurse: Session, visit: ScreeningId) -> None:
    """One that the patient declined before anything left, then one that is sent and answered."""
    watch(referrals.services_for, nurse)
    watch(referrals.draft_referral, nurse, visit, SHELTER, Priority.URGENT)
    watch(referrals.decline_referral, nurse, visit)
    draft = watch(referrals.draft_referral, nurse, visit, SHELTER, Priority.URGENT)
    items = frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED})
    agreed = Consent(SHELTER, ConsentDecision.GIVEN, items)
    open_private_part(nurse, visit)
    watch(referrals.record_consent, nurse, draft.referral_id, agreed)
    now = watch(referrals.load_referral, nurse, draft.referral_id)
    watch(referrals.save_referral, nurse, replace(now, priority=Priority.ROUTINE))
    watch(referrals.referrals_of_visit, nurse, visit)
    watch(referral_issue.form_content, nurse, now)
    watch(referral_issue.preview_form, nurse, now, "en")
    watch(referral_issue.missing_before_issue, nurse, now)
    watch(referral_issue.check_form, nurse, now, "en")
    watch(documents.consent_page, nurse, draft.referral_id, "en")
    watch(
        referral_issue.issue_form,
        nurse,
        draft.referral_id,
        channel=Channel.BY_HAND,
        paper_locale="en",
    )
    watch(referral_issue.print_again, nurse, draft.referral_id)
    watch(
        referral_issue.issue_new_version,
        nurse,
        draft.referral_id,
        channel=Channel.BY_HAND,
        paper_locale="en",
    )
    reference = show_reference(draft.reference)
    watch(follow_up.answer_referral, nurse, reference, ReferralStatus.RECEIVED)
    watch(follow_up.follow_up_list, nurse)
    watch(screenings.conclude_screening, nurse, visit)


def _refer_child(watch: Watch, nurse: Session, visit: ScreeningId) -> None:
    """The authority is told in place of consent, and a colleague confirms it."""
    now = watch(screenings.load_screening, nurse, visit)
    steps = replace(now.child_steps, companion_involved=Involved.NO)
    watch(visit_results.record_child_steps, nurse, visit, steps)
    draft = watch(referrals.draft_referral, nurse, visit, SOCIAL_WORK, Priority.EMERGENCY)
    watch(
        referrals.record_child_notification,
        nurse,
        draft.referral_id,
        notified_at=nurse.now,
        notified_body="Centre for social work",
        notified_person_code="12",
    )
    watch(referrals.confirm_basis, nurse, draft.referral_id, "dren", passphrase_of("dren"))


def _look_around(watch: Watch, nurse: Session) -> None:
    watch(visits.visits_of_day, nurse, nurse.today)
    watch(visits.may_see_names, nurse)
    watch(visits.day_counts, nurse)
    found = watch(patients.find_patients, nurse, "Hodz")[0].patient
    watch(record_access.record_access, nurse, found.patient_id)
    safe = {"safe_to_carry": True}
    watch(person_copies.copy_on_paper, nurse, found.patient_id, "en", **safe)
    watch(person_copies.copy_as_file, nurse, found.patient_id, "en", **safe)
    watch(record_access.access_page, nurse, found.patient_id, "en", safe_to_carry=True)
    watch(accounts.resume_point, nurse)
    watch(accounts.session_anchor, nurse)
    watch(accounts.verify_colleague, nurse, "dren", passphrase_of("dren"))


def _oversee(watch: Watch, desk: Desk) -> None:
    """The manager at the log and at the backups."""
    manager = desk.at_work("mira")
    watch(audit.log_check, manager)
    page = watch(audit.read_log, manager)
    watch(audit.log_code_fits, manager, page.end)
    record = next(row.entry.record for row in page.rows if row.entry.record)
    watch(audit.find_record, manager, "NOBODY")
    watch(audit.print_log, manager, LogFilter(record=record), "en")
    watch(audit.export_log, manager, LogFilter(), Catalog.source())
    stick = desk.home / "stick"
    stick.mkdir()
    made = watch(backups.make_backup, manager, stick)
    watch(backups.backup_standing, manager)
    watch(backups.list_backups, manager)
    watch(backups.examine_backup, manager, made.path)
    code = (desk.home / "recovery-code").read_text()
    watch(backups.rehearse_restore, manager, made.path, code)
    accounts.lock(manager)


def _close_records(watch: Watch, desk: Desk) -> None:
    """A record that few may open, an emergency, and the two who read of it."""
    nurse = desk.at_work("nadia")
    few = patients.register_patient(nurse, replace(_NEW, family_name="Zupan"))
    able = watch(sealing.who_can_be_named, nurse)
    own = nurse.account.account_id
    both = [account.account_id for account in able]
    watch(sealing.close_record, nurse, few.patient_id, both)
    watch(sealing.closed_record, nurse, few.patient_id)
    watch(sealing.is_closed, nurse, few.case_number)
    watch(one_record.case_of, nurse, few.patient_id)
    watch(one_record.only_in_emergency, nurse, few.case_number)
    watch(one_record.require_own_right, nurse, few.case_number)
    watch(sealing.unreadable_records, nurse)
    watch(patients.find_patients, nurse, "Zupan")
    watch(visits.visits_of_day, nurse, nurse.today)
    watch(sealing.change_named, nurse, few.patient_id, [own])
    watch(sealing.keep_keys_current, nurse)
    accounts.lock(nurse)
    doctor = desk.at_work("dren")
    second = ("mira", passphrase_of("mira"))
    why = "She cannot speak and is alone"
    watch(accounts.present_colleague, doctor, *second, roles=frozenset(Role))
    watch(
        emergency.open_in_emergency,
        doctor,
        "Lejla Zupan",
        EmergencyReason.UNCONSCIOUS,
        why,
        second,
    )
    watch(emergency.emergency_seconds, doctor)
    watch(emergency.end_emergency, doctor)
    named = ("nadia", passphrase_of("nadia"))
    emergency.open_in_emergency(doctor, "Lejla Zupan", EmergencyReason.UNCONSCIOUS, why, named)
    emergency.end_emergency(doctor)
    code = (desk.home / "recovery-code").read_text()
    watch(sealing.recover_closed_records, doctor, code)
    accounts.lock(doctor)
    manager = desk.at_work("mira")
    watch(emergency.waiting_uses, manager)
    uses = watch(emergency.emergency_uses, manager)
    (use,) = [one for one in uses if one.waits_for(manager.account)]
    watch(emergency.mark_emergency_read, manager, use.use_id, "I asked the doctor")
    accounts.lock(manager)
    nurse = desk.at_work("nadia")
    watch(emergency.waiting_uses, nurse)
    uses = watch(emergency.emergency_uses, nurse)
    (use,) = [one for one in uses if one.waits_for(nurse.account)]
    watch(emergency.mark_emergency_read, nurse, use.use_id, "I have spoken with the doctor")
    watch(sealing.open_record_to_all, nurse, few.patient_id)
    accounts.lock(nurse)


def _let_go(watch: Watch, desk: Desk) -> None:
    """A period ends, somebody asks, and the backups from before are named."""
    manager = desk.at_work("mira")
    kept = {Kept.NO_CONCERN: Period(1, Unit.DAYS, "Sample rule")}
    watch(retention.change_periods, manager, Retention(kept))
    watch(retention.periods, manager)
    accounts.lock(manager)
    nurse = desk.at_work("nadia")
    quiet = patients.register_patient(nurse, replace(_NEW, family_name="Petrova"))
    screenings.conclude_screening(nurse, screenings.start_screening(nurse, quiet).screening_id)
    asked = patients.register_patient(nurse, replace(_NEW, family_name="Kola"))
    watch(erasure.preview_erasure, nurse, asked.patient_id)
    # The period runs from the day of registration, so only the manager lets it go before.
    watch(
        erasure.erase_patient,
        nurse,
        asked.patient_id,
        reason=ErasureReason.PATIENT_ASKED,
        typed="Lejla Kola",
        second=erasure.Colleague("mira", passphrase_of("mira")),
        overrule=True,
    )
    desk.clock.step(days=3)
    due = watch(retention.due_list, nurse)
    numbers = [line.record.case_number for line in due.lines]
    second = erasure.Colleague("dren", passphrase_of("dren"))
    watch(erasure.erase_due, nurse, numbers, second=second)
    watch(retention.visit_counts, nurse)
    accounts.lock(nurse)
    manager = desk.at_work("mira")
    held = watch(old_copies.old_copies, manager)
    watch(old_copies.copies_list, manager, "en")
    watch(old_copies.note_copy_destroyed, manager, held.backups[0].backup_id)
    accounts.lock(manager)
