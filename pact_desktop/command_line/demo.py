# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration: three invented visits through the real services, to their papers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from pact_desktop.command_line.demo_facility import (
    CLINICIAN,
    MANAGER,
    SECOND_READER,
    SHELTER,
    SOCIAL_WORK,
    DemoFacility,
    demo_facility,
)
from pact_desktop.domain.body_map import anchor
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.consent import (
    DEFAULT_DAYS,
    Consent,
    ConsentDecision,
    ConsentForm,
    ConsentItem,
)
from pact_desktop.domain.danger import DangerAnswer, DangerQuestion
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId, VisitPart
from pact_desktop.domain.patient import (
    AdministrativeGender,
    BirthDate,
    MayBeChild,
    SafeContact,
    SafeContactMode,
)
from pact_desktop.domain.referral import (
    Channel,
    FormKind,
    ImmediateRisk,
    Priority,
    Referral,
    ReferralDetails,
    ReferralStatus,
    SupportKind,
    YesNoUnknown,
    show_reference,
)
from pact_desktop.domain.screening import (
    Alone,
    Answer,
    BodyMark,
    BodyView,
    ChildSteps,
    Companion,
    InterpreterMode,
    Involved,
    MarkKind,
    Offer,
    OfferAnswer,
    Outcome,
    Screening,
    ScreeningId,
    VisitStep,
)
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.services import documents, patients, referrals, screenings, sealing
from pact_desktop.services import facility as places
from pact_desktop.services.content import load_content
from pact_desktop.services.documents import CardOptions, IssuedDocument
from pact_desktop.services.session import Session
from pact_desktop.services.stage import PictureStage, PictureVisits

Announce = Callable[[str, Path], None]
"""Tells what was made and where."""
TakePictures = Callable[[PictureStage, Path, Announce], None]
"""Pictures of every screen of a prepared facility."""

CARD_LOCALE = "ar"


@dataclass(frozen=True, slots=True)
class DemoVisits:
    """What the demonstration left behind, for the pictures."""

    adult: Screening
    child: Screening
    declined: Screening
    adult_referral: Referral
    child_referral: Referral


def demonstrate(
    out: Path,
    *,
    screen_locale: str,
    paper_locale: str | None,
    theme: str,
    take_pictures: TakePictures | None,
) -> int:
    """The word `demo`: 0 only when every paper and picture was written."""
    papers = languages_of_paper(screen_locale, paper_locale)
    _make(out)

    def announce(kind: str, path: Path) -> None:
        print(f"{kind}  {path}")  # noqa: T201 this is the command line

    content = load_content()
    with demo_facility(content, screen_locale=screen_locale, paper_locale=papers[0]) as facility:
        run_demo(facility, out, papers, announce)
        if take_pictures is not None:
            take_pictures(picture_stage(facility, screen_locale, theme), out, announce)
    return 0


def languages_of_paper(screen_locale: str, paper_locale: str | None) -> list[str]:
    """The first is the one papers are issued in: as asked for, else as the screen speaks."""
    if paper_locale is not None:
        return [paper_locale]
    papers = [tag for tag, info in LOCALES.items() if info.paper]
    return sorted(papers, key=lambda tag: tag != screen_locale)


def picture_stage(facility: DemoFacility, locale: str, theme: str) -> PictureStage:
    def prepare(session: Session) -> PictureVisits:
        adult = adult_visit(session, facility, given_name="Amal")
        child = child_visit(session, given_name="Jasmina")
        draft = draft_with_consent(session, adult)
        patient = patients.patient_of(session, draft.case_number)
        few = patients.register_patient(
            session,
            patients.NewPatient(family_name="Zupan", given_name="Lejla", language="sl"),
        )
        sealing.close_record(session, few.patient_id, [session.account.account_id])
        return PictureVisits(adult, child, draft.referral_id, patient.patient_id)

    return PictureStage(
        data=facility.folder,
        device=facility.device_folder,
        clock=facility.clock,
        locale=locale,
        theme=theme,
        clinician=(CLINICIAN, facility.passphrases[CLINICIAN]),
        doctor=(SECOND_READER, facility.passphrases[SECOND_READER]),
        manager=(MANAGER, facility.passphrases[MANAGER]),
        prepare=prepare,
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(FaultCode.FILE_NOT_WRITTEN) from error


def run_demo(
    facility: DemoFacility, out: Path, papers: Sequence[str], announce: Announce
) -> DemoVisits:
    """Carry three visits through; raises Refusal or Fault when any step of it fails."""
    with facility.session(CLINICIAN) as session:
        adult, adult_referral = _adult_who_agrees(session, facility, out, papers, announce)
        facility.clock.forward(timedelta(minutes=25))
        child, child_referral = _child_of_doubtful_age(session, facility, out, papers, announce)
        facility.clock.forward(timedelta(minutes=15))
        declined = _adult_who_declines(session, out, papers[0], announce)
        _papers_of_the_house(session, facility, out, papers[0], announce)
    return DemoVisits(adult, child, declined, adult_referral, child_referral)


def _papers_of_the_house(
    session: Session, facility: DemoFacility, out: Path, paper: str, announce: Announce
) -> None:
    """What hangs in the staff room, and what lies in the safe."""
    _keep(out, documents.urgent_contacts(session, paper), "numbers", announce)
    sheet = documents.recovery_sheet(
        facility.recovery_code,
        paper,
        facility_name=places.facility(session).name,
        made_on=session.today,
    )
    _write(out / "recovery-sheet.pdf", sheet, announce)


def adult_visit(session: Session, facility: DemoFacility, *, given_name: str) -> ScreeningId:
    """An adult who tells, up to the offers; the visit stays open."""
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Al-Hassan",
            given_name=given_name,
            birth_date=BirthDate.estimated(24, today=session.today),
            may_be_child=MayBeChild.NO,
            gender=AdministrativeGender.FEMALE,
            language=CARD_LOCALE,
            interpreter_needed=True,
        ),
    )
    visit = screenings.start_screening(
        session,
        patient,
        visit_reason="Burn, hand",
        companion=Companion.PRESENT,
        interpreter=InterpreterMode.BY_PHONE,
        interpreter_code="14",
    ).screening_id
    screenings.go_to_step(session, visit, VisitStep.OBSERVATIONS)
    _observe(session, visit, yes=("A01", "A04"), explained={"A05": "shyness"})
    facility.clock.forward(timedelta(minutes=5))
    _open_private_part(session, visit, with_interpreter=True)
    screenings.go_to_step(session, visit, VisitStep.QUESTIONS)
    _say(session, visit, "Q1", AnswerValue.NO)
    _say(session, visit, "Q3", AnswerValue.NO, "If I go, he keeps my passport.")
    _say(session, visit, "G02", AnswerValue.YES)
    _say(session, visit, "Q6", AnswerValue.YES, "I still owe for the trip.")
    _say(session, visit, "J02", AnswerValue.YES)
    _say(session, visit, "Q7", AnswerValue.PREFERS_NOT_TO_SAY)
    screenings.go_to_step(session, visit, VisitStep.BODY_MAP)
    for mark in (
        BodyMark("mark-1", *_on(BodyView.FRONT, "left-wrist"), MarkKind.LINEAR_MARK,
                 70, 6, "healing", tender=True, own_words="From the rope, two weeks ago."),
        BodyMark("mark-2", *_on(BodyView.FRONT, "right-wrist"), MarkKind.LINEAR_MARK,
                 55, 6, "healing"),
        BodyMark("mark-3", *_on(BodyView.BACK, "right-upper-back"), MarkKind.BRUISE,
                 40, 30, "yellow-green"),
    ):  # fmt: skip
        screenings.save_mark(session, visit, mark)
    _observe(session, visit, part=VisitPart.FINDINGS, yes=("B02",))
    screenings.go_to_step(session, visit, VisitStep.SUMMARY)
    _judge(session, visit, "Says she cannot leave and that her passport is kept.")
    screenings.go_to_step(session, visit, VisitStep.NEXT_STEPS)
    screenings.record_offers(
        session,
        visit,
        {
            Offer.TREATMENT_AND_RETURN: OfferAnswer.ACCEPTED,
            Offer.INFORMATION_CARD: OfferAnswer.ACCEPTED,
            Offer.CALL_NOW: OfferAnswer.DECLINED,
            Offer.CONTACT_PERSON: OfferAnswer.ACCEPTED,
            Offer.REFERRAL: OfferAnswer.ACCEPTED,
        },
        return_visit_at=session.now + timedelta(days=8),
        return_reason="Dressing change",
        safe_contact=SafeContact(SafeContactMode.APPOINTMENT_ONLY, may_say="Dressing change"),
    )
    return visit


def _adult_who_agrees(
    session: Session, facility: DemoFacility, out: Path, papers: Sequence[str], announce: Announce
) -> tuple[Screening, Referral]:
    visit = adult_visit(session, facility, given_name="Layla")
    referral = draft_with_consent(session, visit)
    referral = _issue_in_each_language(session, referral, out, papers, announce)
    paper = papers[0]
    _keep(out, documents.consent_page(session, referral.referral_id, paper), "consent", announce)
    _keep(out, documents.clinical_note(session, visit, paper), "visit-note", announce)
    _keep(out, documents.visit_slip(session, visit, paper), "visit-slip", announce)
    written = documents.card_locales(session)
    for locale in (tag for tag in dict.fromkeys((CARD_LOCALE, *papers)) if tag in written):
        card = documents.patient_card(session, visit, locale, CardOptions())
        _keep(out, card, f"card-{locale}", announce)
    screenings.record_outcome(session, visit, frozenset({Outcome.REFERRED}))
    screenings.conclude_screening(session, visit)
    referrals.answer_referral(session, show_reference(referral.reference), ReferralStatus.RECEIVED)
    return (
        screenings.load_screening(session, visit),
        referrals.load_referral(session, referral.referral_id),
    )


def child_visit(session: Session, *, given_name: str) -> ScreeningId:
    """A patient of doubtful age, up to the steps of today; the visit stays open."""
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Đorđević",
            given_name=given_name,
            birth_date=BirthDate.estimated(18, today=session.today),
            may_be_child=MayBeChild.NOT_SURE,
            gender=AdministrativeGender.FEMALE,
            language="rom",
            interpreter_needed=True,
        ),
    )
    visit = screenings.start_screening(
        session, patient, visit_reason="Wrist pain", companion=Companion.PRESENT
    ).screening_id
    _observe(session, visit, yes=("A01", "K01"))
    _open_private_part(session, visit, with_interpreter=False)
    _say(session, visit, "KQ1", AnswerValue.PREFERS_NOT_TO_SAY)
    screenings.record_no_mark(session, visit)
    _judge(session, visit, "Age not certain; the person who came along answers for her.")
    screenings.record_child_steps(
        session,
        visit,
        ChildSteps(
            notified_at=session.now,
            notified_body="CSR Podbrdo",
            notified_person_code="31",
            companion_involved=Involved.UNKNOWN,
            told_at=session.now,
            view_in_own_words="I want to stay here today.",
            stays_with="N01",
            second_staff_present=True,
            guardian_asked_for=True,
        ),
    )
    return visit


def _child_of_doubtful_age(
    session: Session, facility: DemoFacility, out: Path, papers: Sequence[str], announce: Announce
) -> tuple[Screening, Referral]:
    visit = child_visit(session, given_name="Milica")
    referral = referrals.draft_referral(session, visit, SOCIAL_WORK, Priority.EMERGENCY)
    referrals.record_child_notification(session, referral.referral_id)
    referral = referrals.confirm_basis(
        session, referral.referral_id, SECOND_READER, facility.passphrases[SECOND_READER]
    )
    referral = referrals.save_referral(
        session,
        replace(
            referral,
            details=ReferralDetails(
                support=frozenset({SupportKind.CHILD_PROTECTION, SupportKind.INTERPRETATION}),
                risks=frozenset({ImmediateRisk.CHILD_IN_DANGER}),
                companions=YesNoUnknown.YES,
                at_facility_until="20:00",
            ),
        ),
    )
    referral = _issue_in_each_language(session, referral, out, papers[:1], announce)
    full = replace(
        referral, form=FormKind.FULL, full_form_reason="The centre asks for the full form."
    )
    pdf = referrals.preview_form(session, full, papers[0])
    _write(out / f"form-full-{papers[0]}-preview.pdf", pdf, announce)
    _keep(out, documents.clinical_note(session, visit, papers[0]), "visit-note-2", announce)
    screenings.record_outcome(session, visit, frozenset({Outcome.REFERRED}))
    return screenings.conclude_screening(session, visit), referral


def _adult_who_declines(session: Session, out: Path, paper: str, announce: Announce) -> Screening:
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            alias="Niko",
            birth_date=BirthDate.unknown(),
            may_be_child=MayBeChild.NO,
            gender=AdministrativeGender.MALE,
            language="mk",
        ),
    )
    visit = screenings.start_screening(
        session, patient, visit_reason="Crushed finger", companion=Companion.NONE
    ).screening_id
    _observe(session, visit, yes=("A14",))
    _open_private_part(session, visit, with_interpreter=False)
    _say(session, visit, "Q7", AnswerValue.NO)
    _say(session, visit, "I03", AnswerValue.YES)
    screenings.record_no_mark(session, visit)
    _judge(session, visit, "Pay is handed to another person; he wants to decide later.")
    screenings.record_offers(
        session,
        visit,
        {
            Offer.TREATMENT_AND_RETURN: OfferAnswer.ACCEPTED,
            Offer.INFORMATION_CARD: OfferAnswer.DECLINED,
            Offer.REFERRAL: OfferAnswer.DECLINED,
        },
        return_visit_at=session.now + timedelta(days=5),
        return_reason="Wound check",
    )
    referrals.decline_referral(session, visit)
    _keep(out, documents.visit_slip(session, visit, paper), "visit-slip-3", announce)
    screenings.record_outcome(session, visit, frozenset({Outcome.DECLINED, Outcome.COME_BACK}))
    return screenings.conclude_screening(session, visit)


def _on(view: BodyView, region: str) -> tuple[BodyView, str, float, float]:
    """A place on the figure, as a mark says it."""
    middle = anchor(view, region)
    if middle is None:
        raise Fault(FaultCode.FORM_INVALID)
    return (view, region, *middle)


def _observe(
    session: Session,
    visit: ScreeningId,
    *,
    part: VisitPart = VisitPart.OBSERVATIONS,
    yes: Sequence[str] = (),
    explained: dict[str, str] | None = None,
) -> None:
    """Mark some signs, and every other row of the part as not noted."""
    screening = screenings.load_screening(session, visit)
    explained = explained or {}
    for item in session.content.set_of(screening).part(part, is_child=screening.is_child):
        marked = item.link_id in yes or item.link_id in explained
        reason = (explained[item.link_id],) if item.link_id in explained else ()
        value = AnswerValue.YES if marked else AnswerValue.NO
        screenings.record_answer(session, visit, Answer(item.link_id, value, reason))


def _open_private_part(session: Session, visit: ScreeningId, *, with_interpreter: bool) -> None:
    screenings.open_private_part(
        session,
        visit,
        alone=Alone.WITH_INTERPRETER if with_interpreter else Alone.YES,
        interpreter=InterpreterMode.BY_PHONE if with_interpreter else InterpreterMode.NOT_NEEDED,
        interpreter_code="14" if with_interpreter else "",
        limits_said=True,
        language=CARD_LOCALE if with_interpreter else "en",
    )


def _say(
    session: Session, visit: ScreeningId, code: str, value: AnswerValue, words: str = ""
) -> None:
    screenings.record_answer(session, visit, Answer(IndicatorId(code), value, own_words=words))


def _judge(session: Session, visit: ScreeningId, sentence: str) -> None:
    """The danger questions, then the suggested level with a sentence of one's own."""
    answers = dict.fromkeys(DangerQuestion, DangerAnswer.NO)
    answers[DangerQuestion.HARM_IF_NOT_BACK] = DangerAnswer.NOT_KNOWN
    screening = screenings.record_danger(session, visit, answers, None)
    level = screenings.danger_suggestion(session, screening)
    screening = screenings.record_danger(session, visit, answers, level)
    suggested = screenings.suggestion(session, screening).level
    if suggested is ConcernLevel.NONE:
        raise Fault(FaultCode.FORM_INVALID)
    screenings.judge(session, visit, suggested, sentence)


def draft_with_consent(session: Session, visit: ScreeningId) -> Referral:
    """A draft to the shelter, with what the patient agreed to."""
    referral = referrals.draft_referral(session, visit, SHELTER, Priority.URGENT)
    referrals.record_consent(
        session,
        referral.referral_id,
        Consent(
            SHELTER,
            ConsentDecision.GIVEN,
            frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED}),
            valid_until=session.today + timedelta(days=DEFAULT_DAYS),
            form=ConsentForm.SPOKEN,
            language=CARD_LOCALE,
            interpreter_code="14",
        ),
    )
    referral = referrals.load_referral(session, referral.referral_id)
    return referrals.save_referral(
        session,
        replace(
            referral,
            form=FormKind.MINIMUM,
            paper_locale=places.facility(session).paper_locale,
            details=ReferralDetails(
                support=frozenset(
                    {
                        SupportKind.SAFE_ACCOMMODATION,
                        SupportKind.MENTAL_HEALTH,
                        SupportKind.INTERPRETATION,
                    }
                ),
                companions=YesNoUnknown.YES,
                dependants=YesNoUnknown.NO,
                at_facility_until="15:00",
            ),
        ),
    )


def _issue_in_each_language(
    session: Session, referral: Referral, out: Path, papers: Sequence[str], announce: Announce
) -> Referral:
    """The form as it leaves, in the first language, and as it would read in the others."""
    for paper in papers[1:]:
        pdf = referrals.preview_form(session, referral, paper)
        _write(out / f"form-{paper}-preview.pdf", pdf, announce)
    issued = referrals.issue_form(
        session, referral.referral_id, channel=Channel.BY_HAND, paper_locale=papers[0]
    )
    _write(out / issued.file_name, issued.pdf, announce)
    return referrals.load_referral(session, referral.referral_id)


def _keep(out: Path, document: IssuedDocument, stem: str, announce: Announce) -> None:
    _write(out / f"{stem}.pdf", document.pdf, announce)


def _write(path: Path, pdf: bytes, announce: Announce) -> None:
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise Fault(FaultCode.FILE_NOT_WRITTEN) from error
    announce("pdf", path)
