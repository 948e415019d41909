# SPDX-License-Identifier: GPL-3.0-or-later
"""What staff do, as the real services do it; each `yield` is a "saved" that somebody was shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pytest

from pact_desktop.domain.accounts import Role
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ServiceId, ServiceKind
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import MayBeChild
from pact_desktop.domain.referral import Channel, Priority, ReferralStatus, show_reference
from pact_desktop.domain.screening import (
    Answer,
    BodyMark,
    BodyView,
    MarkKind,
    Offer,
    OfferAnswer,
    Outcome,
    ScreeningId,
)
from pact_desktop.services import accounts, facility, patients, referrals, screenings
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.storage.keys import KeyRing
from tests.factories import (
    CHEAP,
    STAFF,
    SteppableClock,
    a_birth_date,
    a_facility,
    new_staff,
    passphrase_of,
)
from tests.private_part import open_private_part

SHELTER: Final = ServiceId("shelter")
YES, NO = AnswerValue.YES, AnswerValue.NO


@dataclass(slots=True)
class Desk:
    """A computer of a facility: its folders, its clock, and who is at work."""

    home: Path
    content: Content
    clock: SteppableClock = field(default_factory=SteppableClock)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def device(self) -> Path:
        return self.home / "device"

    @property
    def records(self) -> Path:
        return self.data / "records"

    def keyring(self, name: str) -> KeyRing:
        return accounts.sign_in(
            self.data,
            name,
            passphrase_of(name),
            self.clock,
            device_folder=self.device,
            kdf=CHEAP,
        )

    def at_work(self, name: str) -> Session:
        return accounts.open_session(self.data, self.keyring(name), self.clock, self.content)


Journey = Callable[[Desk], Iterator[str]]


def set_up(desk: Desk) -> Iterator[str]:
    """A facility from nothing to its first records."""
    pending = accounts.begin_set_up(
        desk.data,
        a_facility(),
        new_staff(*STAFF),
        desk.clock,
        device_folder=desk.device,
        kdf=CHEAP,
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    (desk.home / "recovery-code").write_text(pending.recovery_code)
    yield "set up"


def sign_in(desk: Desk) -> Iterator[str]:
    """A mistyped passphrase, the right one, a look, and home."""
    with pytest.raises(Refusal, match=RefusalCode.SIGN_IN_FAILED.value):
        accounts.sign_in(
            desk.data, "nadia", "x" * 20, desk.clock, device_folder=desk.device, kdf=CHEAP
        )
    yield "refused"
    keyring = desk.keyring("nadia")
    yield "signed in"
    session = accounts.open_session(desk.data, keyring, desk.clock, desk.content)
    yield "open"
    patients.find_patients(session, "Marković")
    yield "looked"
    accounts.lock(session, "visits")
    yield "locked"


def a_visit(session: Session, name: str = "Marković") -> ScreeningId:
    known = patients.NewPatient(
        family_name=name,
        given_name="Ana",
        birth_date=a_birth_date(30),
        may_be_child=MayBeChild.NO,
    )
    patient = patients.register_patient(session, known)
    return screenings.start_screening(session, patient, visit_reason="Burn").screening_id


def visit(desk: Desk) -> Iterator[str]:
    """A new patient, what was seen, what was said in private, marks, a pause and the end."""
    session = desk.at_work("nadia")
    yield "signed in"
    known = patients.NewPatient(
        family_name="Hodžić",
        given_name="Lejla",
        birth_date=a_birth_date(24),
        may_be_child=MayBeChild.NO,
    )
    patient = patients.register_patient(session, known)
    yield "patient"
    screening_id = screenings.start_screening(session, patient).screening_id
    yield "visit"
    for code, value in (("A01", YES), ("A04", NO), ("A01", NO), ("A05", YES)):
        screenings.record_answer(session, screening_id, Answer(IndicatorId(code), value))
        yield f"answer {code}"
    open_private_part(session, screening_id, language="sq")
    yield "private"
    said = Answer(IndicatorId("Q3"), NO, own_words="He keeps my passport. " * 80)
    screenings.record_answer(session, screening_id, said)
    yield "answer Q3"
    mark = BodyMark("", BodyView.FRONT, "left-wrist", 0.88, 0.49, MarkKind.BRUISE)
    screenings.save_mark(session, screening_id, mark)
    yield "mark"
    screenings.withdraw_answer(session, screening_id, IndicatorId("A05"))
    yield "withdrawn"
    screenings.pause_screening(session, screening_id)
    yield "paused"
    accounts.lock(session, screening_id)
    yield "locked"


def judging(desk: Desk) -> Iterator[str]:
    """Danger, the judgement, what was offered, and the end of the visit that waits."""
    session = desk.at_work("nadia")
    yield "signed in"
    screening_id = waiting_visit(session)
    answers = dict.fromkeys(DangerQuestion, DangerAnswer.NO)
    screenings.record_danger(session, screening_id, answers, DangerLevel.NONE)
    yield "danger"
    screenings.record_staff_concern(session, screening_id, concern=True)
    yield "concern"
    sentence = "Says she cannot leave and that her passport is kept."
    screenings.judge(session, screening_id, ConcernLevel.SOME, sentence)
    yield "judged"
    screenings.record_offers(
        session,
        screening_id,
        {Offer.INFORMATION_CARD: OfferAnswer.ACCEPTED, Offer.REFERRAL: OfferAnswer.DECLINED},
        no_return_visit=True,
    )
    yield "offers"
    screenings.record_outcome(session, screening_id, frozenset({Outcome.DECLINED}))
    yield "outcome"
    screenings.conclude_screening(session, screening_id)
    yield "concluded"
    accounts.lock(session)
    yield "locked"


def referral(desk: Desk) -> Iterator[str]:
    """From the draft to the paper that leaves, and the answer of who received it."""
    session = desk.at_work("nadia")
    yield "signed in"
    screening_id = waiting_visit(session)
    draft = referrals.draft_referral(session, screening_id, SHELTER, Priority.URGENT)
    yield "draft"
    open_private_part(session, screening_id)
    yield "private"
    items = frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED})
    agreed = Consent(SHELTER, ConsentDecision.GIVEN, items)
    referrals.record_consent(session, draft.referral_id, agreed)
    yield "consent"
    referrals.issue_form(session, draft.referral_id, channel=Channel.BY_HAND, paper_locale="en")
    yield "issued"
    reference = show_reference(draft.reference)
    referrals.answer_referral(session, reference, ReferralStatus.RECEIVED)
    yield "received"
    accounts.lock(session)
    yield "locked"


def staff(desk: Desk) -> Iterator[str]:
    """A new nurse, whom a colleague lets open names, and one who leaves."""
    manager = desk.at_work("mira")
    yield "manager signed in"
    new = accounts.NewStaff("nina", "Nina N", Role.NURSE, passphrase_of("nina"))
    nina = accounts.create_account(manager, new)
    yield "account"
    accounts.lock(manager)
    nurse = desk.at_work("nadia")
    accounts.confirm_colleague(nurse, nina.account_id)
    yield "confirmed"
    accounts.lock(nurse)
    manager = desk.at_work("mira")
    accounts.end_account(manager, nina.account_id)
    yield "ended"
    service = facility.add_service(manager, kind=ServiceKind.LEGAL_AID, name="Sample aid")
    yield "service"
    facility.confirm_service(manager, replace(service, phones=("000 111 333",)))
    yield "called"
    accounts.lock(manager)
    yield "locked"


JOURNEYS: Final[Mapping[str, Journey]] = {
    "set-up": set_up,
    "sign-in": sign_in,
    "visit": visit,
    "judging": judging,
    "referral": referral,
    "staff": staff,
}


def prepare(home: Path, content: Content) -> None:
    """A facility with a directory and one visit that waits, for every journey but the first."""
    desk = Desk(home, content)
    for _ in set_up(desk):
        pass
    manager = desk.at_work("mira")
    added = facility.add_service(
        manager, kind=ServiceKind.SHELTER, name="Sample house", service_id=SHELTER
    )
    facility.confirm_service(manager, replace(added, phones=("000 111 222",)))
    accounts.lock(manager)
    nurse = desk.at_work("nadia")
    waiting = a_visit(nurse)
    for code in ("A01", "A04"):
        screenings.record_answer(nurse, waiting, Answer(IndicatorId(code), YES))
    (home / "waiting-visit").write_text(waiting)
    accounts.lock(nurse, waiting)


def waiting_visit(session: Session) -> ScreeningId:
    """The visit that `prepare` left."""
    return ScreeningId((session.store.place.parents[1] / "waiting-visit").read_text())
