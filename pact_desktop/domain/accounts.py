# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works here and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

AccountId = NewType("AccountId", str)

PASSPHRASE_MINIMUM: Final = 15
"""Shortest passphrase of a user's own choice, in characters (security.md 2.4)."""


class Role(StrEnum):
    NURSE = "nurse"
    DOCTOR = "doctor"
    MANAGER = "manager"
    IT_ADMINISTRATOR = "it-administrator"


class Compartment(StrEnum):
    """One encrypted file with a key of its own."""

    CONFIG = "config"
    IDENTITY = "identity"
    CASES = "cases"
    AUDIT = "audit"


class Permission(StrEnum):
    REGISTER_PATIENT = "register-patient"
    SCREEN = "screen"
    REFER = "refer"
    FOLLOW_UP = "follow-up"
    CONFIRM_DIRECTORY = "confirm-directory"
    MANAGE_FACILITY = "manage-facility"
    MANAGE_ACCOUNTS = "manage-accounts"
    READ_AUDIT = "read-audit"
    INSTALL_CONTENT = "install-content"
    BACK_UP = "back-up"
    CLOSE_RECORD = "close-record"
    OPEN_IN_EMERGENCY = "open-in-emergency"
    READ_EMERGENCIES = "read-emergencies"


CLINICIANS: Final = frozenset({Role.NURSE, Role.DOCTOR})
SECOND_STAFF: Final = CLINICIANS | {Role.MANAGER}
"""Who may be the second of two that pass something on without consent; a small house has one
clinician. Reading along with a judgement is for clinicians alone."""


@dataclass(frozen=True, slots=True)
class Access:
    """What one role opens by key, and what the program lets it do."""

    keys: frozenset[Compartment]
    permissions: frozenset[Permission]


_CLINICAL: Final = frozenset(
    {
        Permission.REGISTER_PATIENT,
        Permission.SCREEN,
        Permission.REFER,
        Permission.FOLLOW_UP,
        Permission.CLOSE_RECORD,
        Permission.READ_EMERGENCIES,
    }
)
MATRIX: Final[dict[Role, Access]] = {
    Role.NURSE: Access(frozenset(Compartment), _CLINICAL),
    Role.DOCTOR: Access(frozenset(Compartment), _CLINICAL | {Permission.OPEN_IN_EMERGENCY}),
    Role.MANAGER: Access(
        frozenset({Compartment.CONFIG, Compartment.CASES, Compartment.AUDIT}),
        frozenset(
            {
                Permission.FOLLOW_UP,
                Permission.CONFIRM_DIRECTORY,
                Permission.MANAGE_FACILITY,
                Permission.MANAGE_ACCOUNTS,
                Permission.READ_AUDIT,
                Permission.READ_EMERGENCIES,
                Permission.INSTALL_CONTENT,
                Permission.BACK_UP,
            }
        ),
    ),
    Role.IT_ADMINISTRATOR: Access(
        frozenset({Compartment.CONFIG}),
        frozenset({Permission.INSTALL_CONTENT, Permission.BACK_UP}),
    ),
}
"""Who may do what, once: keys are given by it, services refuse by it, a test tries every cell."""

KEYRING: Final = {role: access.keys for role, access in MATRIX.items()}
PERMISSIONS: Final = {role: access.permissions for role, access in MATRIX.items()}
NEEDED_KEYS: Final[dict[Permission, frozenset[Compartment]]] = {
    Permission.REGISTER_PATIENT: frozenset({Compartment.IDENTITY, Compartment.CASES}),
    Permission.SCREEN: frozenset({Compartment.CASES}),
    Permission.REFER: frozenset({Compartment.IDENTITY, Compartment.CASES}),
    Permission.FOLLOW_UP: frozenset({Compartment.CASES}),
    Permission.READ_AUDIT: frozenset({Compartment.AUDIT}),
    Permission.CLOSE_RECORD: frozenset(
        {Compartment.IDENTITY, Compartment.CASES, Compartment.AUDIT}
    ),
    Permission.OPEN_IN_EMERGENCY: frozenset(
        {Compartment.IDENTITY, Compartment.CASES, Compartment.AUDIT}
    ),
    Permission.READ_EMERGENCIES: frozenset({Compartment.AUDIT}),
}
"""What a permission is worth nothing without; a new clinician may still wait for the names."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff; `staff_code` is what paper and logs show instead of the name."""

    account_id: AccountId
    sign_in_name: str
    display_name: str
    role: Role
    staff_code: str
    active: bool = True

    def allows(self, permission: Permission) -> bool:
        return self.active and permission in PERMISSIONS[self.role]
