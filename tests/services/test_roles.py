# SPDX-License-Identifier: GPL-3.0-or-later
"""Every cell of who may do what: services refuse by it, and keys open by it.

A permission cell is tried by calling the service, a key cell by trying to decrypt.
"""

import inspect
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import (
    MATRIX,
    NEEDED_KEYS,
    AccountId,
    Compartment,
    Permission,
    Role,
)
from pact_desktop.domain.audit import LogFilter
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.consent import Consent
from pact_desktop.domain.errors import PactError, RefusalCode
from pact_desktop.domain.facility import ContactRole, ServiceId, ServiceKind
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.periods import Retention
from pact_desktop.domain.referral import Channel, Priority, ReferralStatus
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.domain.screening import (
    Alone,
    BodyMark,
    BodyView,
    ChildSteps,
    InterpreterMode,
    MarkKind,
    ScreeningId,
    VisitStep,
)
from pact_desktop.domain.sealing import EmergencyReason
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services.documents import CardOptions
from pact_desktop.services.erasure import Colleague
from pact_desktop.services.facility import UrgentContact
from pact_desktop.services.patients import NewPatient
from pact_desktop.services.session import Session
from pact_desktop.storage import sign_in, vault
from pact_desktop.storage.database import file_name
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from tests.factories import (
    CHEAP,
    MONDAY_MORNING,
    STAFF,
    a_facility,
    a_patient,
    a_referral,
    a_screening,
    a_service,
    an_answer,
    new_staff,
    passphrase_of,
)
from tests.rig.completeness import all_services

NAMES: Final = {role: name for name, _, role in STAFF}
EVERYBODY: Final = None

BY_MODULE: Final[dict[str, Permission | None]] = {
    "accounts": EVERYBODY,
    "audit": Permission.READ_AUDIT,
    "backups": Permission.BACK_UP,
    "documents": Permission.SCREEN,
    "emergency": Permission.OPEN_IN_EMERGENCY,
    "erasure": Permission.REGISTER_PATIENT,
    "facility": EVERYBODY,
    "follow_up": Permission.FOLLOW_UP,
    "key_changes": EVERYBODY,
    "old_copies": Permission.MANAGE_FACILITY,
    "one_record": EVERYBODY,
    "own_passphrase": EVERYBODY,
    "patients": Permission.REGISTER_PATIENT,
    "person_copies": Permission.REGISTER_PATIENT,
    "record_access": Permission.REGISTER_PATIENT,
    "referral_issue": Permission.REFER,
    "referrals": Permission.REFER,
    "retention": Permission.FOLLOW_UP,
    "screenings": Permission.SCREEN,
    "sealing": Permission.CLOSE_RECORD,
    "staff": Permission.MANAGE_ACCOUNTS,
    "visit_change": Permission.SCREEN,
    "visit_results": Permission.SCREEN,
    "visits": Permission.FOLLOW_UP,
}
"""What the services of a module demand; the exceptions stand below."""
EXCEPTIONS: Final[dict[str, Permission | None]] = {
    "audit.log_check": EVERYBODY,
    "backups.backup_standing": EVERYBODY,
    "documents.card_locales": EVERYBODY,
    "documents.card_support_line": EVERYBODY,
    "documents.consent_page": Permission.REFER,
    "documents.urgent_contacts": EVERYBODY,
    "facility.add_service": Permission.CONFIRM_DIRECTORY,
    "facility.change_facility": Permission.MANAGE_FACILITY,
    "facility.close_service": Permission.CONFIRM_DIRECTORY,
    "facility.confirm_service": Permission.CONFIRM_DIRECTORY,
    "facility.correct_service": Permission.CONFIRM_DIRECTORY,
    "retention.change_periods": Permission.MANAGE_FACILITY,
    "retention.periods": EVERYBODY,
    "one_record.case_of": Permission.REGISTER_PATIENT,
    "key_changes.old_backups": Permission.BACK_UP,
    "emergency.emergency_seconds": EVERYBODY,
    "emergency.emergency_uses": Permission.READ_EMERGENCIES,
    "emergency.mark_emergency_read": Permission.READ_EMERGENCIES,
    "emergency.waiting_uses": Permission.READ_EMERGENCIES,
    "sealing.is_closed": EVERYBODY,
    "sealing.keep_keys_current": EVERYBODY,
    "sealing.unreadable_records": EVERYBODY,
    "staff.confirm_colleague": Permission.REGISTER_PATIENT,
    "staff.let_go_of_ended": EVERYBODY,
    "staff.list_accounts": EVERYBODY,
    "staff.names_known_here": EVERYBODY,
    "staff.verified_vault": EVERYBODY,
    "staff.waiting_colleagues": EVERYBODY,
    "visit_results.danger_suggestion": EVERYBODY,
    "visit_results.judgement_outdated": EVERYBODY,
    "visit_results.judging_floor": EVERYBODY,
    "visit_results.suggestion": EVERYBODY,
    "visits.may_see_names": EVERYBODY,
}
"""What is for everybody reads no record: it is given one, or shows the facility alone."""

GIVEN: Final[dict[str, Any]] = {
    "account_id": AccountId("nobody"),
    "alone": next(iter(Alone)),
    "answer": an_answer("A01"),
    "answers": {},
    "at": TypedAt(next(iter(TypedField))),
    "backup_id": "none",
    "case_number": "CASE23456789",
    "case_numbers": ["CASE23456789"],
    "catalog": Catalog.load("en"),
    "changed": a_facility(),
    "channel": next(iter(Channel)),
    "code": "none",
    "concern": True,
    "consent": Consent(ServiceId("house")),
    "contact": UrgentContact(ContactRole.SECURITY, "", "000", confirmed=True),
    "day": MONDAY_MORNING.date(),
    "folder": Path("/nowhere"),
    "interpreter": next(iter(InterpreterMode)),
    "interpreter_code": "",
    "kind": ServiceKind.SHELTER,
    "language": "en",
    "level": next(iter(ConcernLevel)),
    "limits_said": True,
    "link_id": IndicatorId("A01"),
    "locale": "en",
    "compartments": (),
    "progress": lambda _done: None,
    "mark": BodyMark("", BodyView.FRONT, "left-wrist", 0.88, 0.49, MarkKind.BRUISE),
    "mark_id": "m",
    "name": "House",
    "new": NewPatient(family_name="N"),
    "offers": {},
    "options": CardOptions(),
    "outcomes": frozenset(),
    "paper_locale": "en",
    "passphrase": "none",
    "path": Path("/nowhere/none"),
    "patient": a_patient(),
    "patient_id": "nobody",
    "present": "none",
    "priority": Priority.URGENT,
    "query": "none",
    "reason": ErasureReason.PATIENT_ASKED,
    "reference_or_id": "none",
    "referral": a_referral(),
    "referral_id": "none",
    "safe_to_carry": True,
    "screening": a_screening(),
    "screening_id": ScreeningId("none"),
    "second": Colleague("nobody", "none"),
    "sentence": "none",
    "service": a_service(),
    "service_id": ServiceId("house"),
    "sign_in_name": "nobody",
    "status": ReferralStatus.ACCEPTED,
    "step": next(iter(VisitStep)),
    "steps": ChildSteps(),
    "typed": "none",
    "wanted": LogFilter(),
    "words": "none",
}
"""Something of the right kind for each argument, about nobody who is here."""
OTHERWISE: Final[dict[str, dict[str, Any]]] = {
    "accounts.present_colleague": {"roles": frozenset(Role)},
    "emergency.mark_emergency_read": {"use_id": "none"},
    "emergency.open_in_emergency": {
        "wanted": "Lejla Zupan",
        "reason": EmergencyReason.UNCONSCIOUS,
        "typed": "Somebody needs help at once",
        "second": ("nobody", "none"),
    },
    "own_passphrase.change_passphrase": {"new": "none"},
    "sealing.change_named": {"named": []},
    "sealing.close_record": {"named": []},
    "retention.change_periods": {"changed": Retention()},
    "staff.create_account": {"new": new_staff(("nina", "Nina N", Role.NURSE))[0]},
}


ALWAYS_REFUSED: Final = frozenset({"staff.confirm_colleague", "emergency.mark_emergency_read"})
"""Say no to everybody for somebody, or something, that is not there."""


def need_of(service: str) -> Permission | None:
    module = service.split(".", maxsplit=1)[0]
    return EXCEPTIONS[service] if service in EXCEPTIONS else BY_MODULE[module]


def services() -> list[str]:
    return sorted({name.removeprefix("pact_desktop.services.") for name in all_services()})


def called(service: str, session: Session) -> PactError | None:
    """How a service refused; None when it did what it was asked."""
    module, name = service.split(".")
    function = getattr(import_module(f"pact_desktop.services.{module}"), name)
    given = {**GIVEN, **OTHERWISE.get(service, {})}
    wanted = inspect.signature(function).parameters.values()
    named = {
        one.name: given[one.name]
        for one in wanted
        if one.default is one.empty and one.kind is not one.VAR_KEYWORD and one.name != "session"
    }
    try:
        function(session, **named)
    except PactError as refused:
        return refused
    return None


def test_table_of_needs_names_every_service_once() -> None:
    """A new module of services says here what it demands; nothing here is left over."""
    known = services()
    assert {name.split(".")[0] for name in known} == set(BY_MODULE)
    assert set(EXCEPTIONS) <= set(known)


@pytest.mark.parametrize("role", Role)
def test_each_service_is_refused_or_allowed_as_the_matrix_says(
    role: Role, open_as: Callable[[str], Session]
) -> None:
    """Role by role, service by service; what is refused is refused before anything else."""
    session = open_as(NAMES[role])
    wrong = []
    for service in services():
        if service == "accounts.lock":
            continue
        need, refused = need_of(service), called(service, session)
        said_no = refused is not None and refused.code is RefusalCode.NOT_ALLOWED
        if service in ALWAYS_REFUSED and need in MATRIX[role].permissions:
            continue
        if said_no is not (need is not None and need not in MATRIX[role].permissions):
            wrong.append(f"{service}: {refused and refused.code}")
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_no_permission_is_worth_more_than_its_keys(role: Role) -> None:
    """What a role may do it can also open, by the keys of the role."""
    access = MATRIX[role]
    for permission in access.permissions:
        assert NEEDED_KEYS.get(permission, frozenset()) <= access.keys


def test_permission_without_its_key_is_refused(
    open_as: Callable[[str], Session], keyring_of: Callable[[str], KeyRing], data_folder: Path
) -> None:
    """A clinician who still waits for the key of the names registers nobody and refers nobody."""
    whole = open_as("nadia")
    keys = {c: k for c, k in keyring_of("nadia").keys.items() if c is not Compartment.IDENTITY}
    whole.store.close()
    store = Store.open(
        data_folder / "records",
        replace(keyring_of("nadia"), keys=keys),
        whole.account,
        whole.clock,
    )
    waiting = Session(whole.account, store, whole.clock, whole.content)
    for service in services():
        if need_of(service) in {Permission.REGISTER_PATIENT, Permission.REFER}:
            refused = called(service, waiting)
            assert refused is not None, service
            assert refused.code is RefusalCode.NOT_ALLOWED, service
    assert waiting.may(Permission.SCREEN)
    store.close()


# Keys ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("compartment", Compartment)
@pytest.mark.parametrize("role", Role)
def test_each_key_cell_by_decrypting(
    role: Role,
    compartment: Compartment,
    data_folder: Path,
    keyring_of: Callable[[str], KeyRing],
) -> None:
    """With every key that a signed-in person of this role holds, on the file itself."""
    path = data_folder / "records" / file_name(compartment)
    held = keyring_of(NAMES[role]).keys.values()
    opens = any(reads(path, key) for key in held)
    assert opens is (compartment in MATRIX[role].keys)


@pytest.mark.parametrize("compartment", Compartment)
@pytest.mark.parametrize("role", Role)
def test_no_passphrase_opens_the_key_of_another(
    role: Role, compartment: Compartment, data_folder: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """Whatever lies sealed in the key file, a person's own pair opens what their role says."""
    stored = vault.load(data_folder / "records")
    keyring = keyring_of(NAMES[role])
    slot = stored.slot(keyring.account.account_id)
    person = sign_in.open_slot(stored, slot, passphrase_of(NAMES[role]), keyring.device_key, CHEAP)
    assert person is not None
    opened = False
    for grant in stored.grants:
        if grant.compartment is compartment:
            context = vault.grant_context(
                stored.vault_id, grant.user, grant.compartment, grant.epoch
            )
            opened = opened or person.sealing.open(grant.sealed, context) is not None
    assert opened is (compartment in MATRIX[role].keys)


def reads(path: Path, key: bytes) -> bool:
    driver = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        driver.execute("PRAGMA cipher_log_level = NONE")
        driver.set_key(bytearray(b"x'" + key.hex().encode() + b"'"))
        driver.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError:
        return False
    finally:
        driver.close()
    return True


def test_matrix_is_that_of_the_design() -> None:
    """Written out once more by hand: a slip in the one home would else prove itself."""
    everything = set(Compartment)
    keys = {role: set(access.keys) for role, access in MATRIX.items()}
    assert keys == {
        Role.NURSE: everything,
        Role.DOCTOR: everything,
        Role.MANAGER: everything - {Compartment.IDENTITY},
        Role.IT_ADMINISTRATOR: {Compartment.CONFIG},
    }
    clinical = {
        Permission.REGISTER_PATIENT,
        Permission.SCREEN,
        Permission.REFER,
        Permission.FOLLOW_UP,
        Permission.CLOSE_RECORD,
        Permission.READ_EMERGENCIES,
    }
    managing = {
        Permission.FOLLOW_UP,
        Permission.CONFIRM_DIRECTORY,
        Permission.MANAGE_FACILITY,
        Permission.MANAGE_ACCOUNTS,
        Permission.READ_AUDIT,
        Permission.READ_EMERGENCIES,
        Permission.INSTALL_CONTENT,
        Permission.BACK_UP,
    }
    assert {role: set(access.permissions) for role, access in MATRIX.items()} == {
        Role.NURSE: clinical,
        Role.DOCTOR: clinical | {Permission.OPEN_IN_EMERGENCY},
        Role.MANAGER: managing,
        Role.IT_ADMINISTRATOR: {Permission.INSTALL_CONTENT, Permission.BACK_UP},
    }
