# SPDX-License-Identifier: GPL-3.0-or-later
"""A throw-away facility with invented staff, for the demonstration and its pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pact_desktop.domain.accounts import Role
from pact_desktop.domain.facility import Facility, FocalPerson, ServiceId, ServiceKind
from pact_desktop.services import accounts
from pact_desktop.services.content import Content
from pact_desktop.services.facility import add_service, confirm_service, directory
from pact_desktop.services.session import Clock, Session

CLINICIAN: Final = "demo.nurse"
MANAGER: Final = "demo.manager"
SECOND_READER: Final = "demo.doctor"
SHELTER: Final = ServiceId("demo-house")
SOCIAL_WORK: Final = ServiceId("demo-social-work")
HOSPITAL: Final = ServiceId("demo-hospital")
LEGAL_AID: Final = ServiceId("demo-legal-aid")
POLICE: Final = ServiceId("demo-police")

PARTICIPANT_OF_PAPER: Final = {
    "en": "XK",
    "mk": "MK",
    "sq": "AL",
    "sr-Cyrl": "RS",
    "sr-Latn": "XK",
    "bs-Latn": "BA",
    "cnr-Latn": "ME",
}
"""One participant for each language of paper, so that a demonstration shows all six."""

_NAME_OF_PAPER: Final = {
    "en": "Health Centre Podbrdo",
    "mk": "Здравствен дом Подбрдо",
    "sq": "Qendra Shëndetësore Podbrdo",
    "sr-Cyrl": "Дом здравља Подбрдо",
}

FIRST_MOMENT: Final = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class SteppingClock:
    """A clock for invented visits: each look at it is one second later."""

    def __init__(self, start: datetime = FIRST_MOMENT) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def forward(self, step: timedelta) -> None:
        self._now += step


@dataclass(frozen=True, slots=True)
class DemoFacility:
    """Where the invented facility lies and how its people sign in."""

    folder: Path
    device_folder: Path
    passphrases: dict[str, str]
    recovery_code: str
    content: Content
    clock: SteppingClock

    @contextmanager
    def session(self, sign_in_name: str) -> Iterator[Session]:
        """One invented person at work, through the real sign-in."""
        keyring = accounts.sign_in(
            self.folder,
            sign_in_name,
            self.passphrases[sign_in_name],
            self.clock,
            device_folder=self.device_folder,
        )
        session = accounts.open_session(self.folder, keyring, self.clock, self.content)
        try:
            yield session
        finally:
            accounts.lock(session)


@contextmanager
def demo_facility(
    content: Content, *, screen_locale: str, paper_locale: str
) -> Iterator[DemoFacility]:
    """A facility that is set up, confirmed and ready, on a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="intake-") as name:
        clock = SteppingClock()
        folder, device_folder = Path(name) / "data", Path(name) / "device"
        passphrases = {
            person: accounts.offer_passphrase(screen_locale)
            for person in (MANAGER, CLINICIAN, SECOND_READER)
        }
        facility = _facility(screen_locale, paper_locale)
        code = _set_up(folder, device_folder, facility, passphrases, clock)
        place = DemoFacility(folder, device_folder, passphrases, code, content, clock)
        with place.session(MANAGER) as manager:
            _confirm_directory(manager)
        yield place


def _facility(screen_locale: str, paper_locale: str) -> Facility:
    return Facility(
        name=_NAME_OF_PAPER.get(paper_locale, "Dom zdravlja Podbrdo"),
        participant=PARTICIPANT_OF_PAPER[paper_locale],
        address="Lipa 4, Podbrdo",
        phone="000 000 000",
        phone_hours="08:00-15:00",
        paper_locale=paper_locale,
        staff_locale=screen_locale,
        focal_person=FocalPerson("Damir Kovačević", "214", "07:00-15:00"),
        deputy=FocalPerson("Ljiljana Babić", "231", "07:00-15:00"),
        security_phone="200",
        security_words="Grey folder",
        opening_hours="07:00-20:00",
    )


def _set_up(
    folder: Path,
    device_folder: Path,
    facility: Facility,
    passphrases: dict[str, str],
    clock: Clock,
) -> str:
    """Gives the recovery code."""
    people = (
        (MANAGER, "Arta Krasniqi", Role.MANAGER),
        (CLINICIAN, "Amra Hodžić", Role.NURSE),
        (SECOND_READER, "Јелена Марковић", Role.DOCTOR),
    )
    staff = [
        accounts.NewStaff(name, display, role, passphrases[name]) for name, display, role in people
    ]
    pending = accounts.begin_set_up(folder, facility, staff, clock, device_folder=device_folder)
    accounts.confirm_recovery(pending, pending.recovery_code)
    return pending.recovery_code


def _confirm_directory(manager: Session) -> None:
    """Invented services with sample numbers, so that no real line is ever printed by a demo."""
    for service_id, kind, name, serves, languages, offers in (
        (SHELTER, ServiceKind.SHELTER, "“Jasen”", "women", ("ar", "sq"),
         ("safe-accommodation", "mental-health")),
        (HOSPITAL, ServiceKind.HEALTH, "Klinika “Breza”", "everyone", (), ("mental-health",)),
        (LEGAL_AID, ServiceKind.LEGAL_AID, "“Jela”", "everyone", (), ("legal", "documents")),
        (SOCIAL_WORK, ServiceKind.SOCIAL_WORK, "CSR Podbrdo", "children", (),
         ("child-protection",)),
        (POLICE, ServiceKind.POLICE, "Podbrdo", "everyone", (), ()),
    ):  # fmt: skip
        service = add_service(
            manager,
            service_id=service_id,
            kind=kind,
            name=name,
            phones=("000 000 000",),
            hours="00:00-24:00",
            serves=serves,
            languages=languages,
            offers=offers,
        )
        confirm_service(manager, service)
    for service in directory(manager):
        if service.service_id == LEGAL_AID:
            earlier = manager.today - timedelta(days=96)
            confirm_service(manager, replace(service, confirmed_on=earlier))
