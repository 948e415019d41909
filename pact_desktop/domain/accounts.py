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


CLINICIANS: Final = frozenset({Role.NURSE, Role.DOCTOR})
SECOND_STAFF: Final = CLINICIANS | {Role.MANAGER}
"""Who may be the second of two that pass something on without consent; a small house has one
clinician. Reading along with a judgement is for clinicians alone."""

_CLINICAL: Final = frozenset(
    {Permission.REGISTER_PATIENT, Permission.SCREEN, Permission.REFER, Permission.FOLLOW_UP}
)
PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.NURSE: _CLINICAL,
    Role.DOCTOR: _CLINICAL,
    Role.MANAGER: frozenset(
        {
            Permission.FOLLOW_UP,
            Permission.CONFIRM_DIRECTORY,
            Permission.MANAGE_FACILITY,
            Permission.MANAGE_ACCOUNTS,
            Permission.READ_AUDIT,
            Permission.INSTALL_CONTENT,
            Permission.BACK_UP,
        }
    ),
    Role.IT_ADMINISTRATOR: frozenset({Permission.INSTALL_CONTENT, Permission.BACK_UP}),
}
KEYRING: Final[dict[Role, frozenset[Compartment]]] = {
    Role.NURSE: frozenset(Compartment),
    Role.DOCTOR: frozenset(Compartment),
    Role.MANAGER: frozenset({Compartment.CONFIG, Compartment.CASES, Compartment.AUDIT}),
    Role.IT_ADMINISTRATOR: frozenset({Compartment.CONFIG}),
}


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
