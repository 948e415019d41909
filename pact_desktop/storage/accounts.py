# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of accounts, and where each person's work stood when the program was locked."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from pact_desktop.domain.accounts import Account, AccountId, Role
from pact_desktop.storage.keys import KeyRing, decrypt, encrypt
from pact_desktop.storage.tables import account, resume_point

_RESUME: Final = b"pact resume point "


def insert_account(connection: Connection, new: Account, created_at: datetime) -> None:
    """A row that an interrupted attempt left under this name is replaced; one that ended stays."""
    connection.execute(
        delete(account).where(account.c.sign_in_name == new.sign_in_name, account.c.active)
    )
    connection.execute(
        insert(account).values(
            account_id=new.account_id,
            sign_in_name=new.sign_in_name,
            display_name=new.display_name,
            role=new.role.value,
            staff_code=new.staff_code,
            active=new.active,
            created_at=created_at.isoformat(),
        )
    )


def close_account(connection: Connection, account_id: AccountId) -> None:
    """The row stays: old visits and papers still name their author."""
    connection.execute(
        update(account).where(account.c.account_id == account_id).values(active=False)
    )


def left_behind(old: Account) -> Account:
    """The account as a restore leaves it: ended, with its sign-in name free for the same person.

    Nobody has its keys any more, but old visits and papers still name their author.
    """
    mark = f" ({old.staff_code})"
    freed = old.sign_in_name.removesuffix(mark) + mark
    return replace(old, active=False, sign_in_name=freed)


def leave_accounts_behind(connection: Connection) -> None:
    known = load_accounts(connection)
    # First to names that nobody has, so that none is in the way of another.
    connection.execute(update(account).values(active=False, sign_in_name=account.c.account_id))
    for old in known:
        connection.execute(
            update(account)
            .where(account.c.account_id == old.account_id)
            .values(sign_in_name=left_behind(old).sign_in_name)
        )


def load_accounts(connection: Connection) -> list[Account]:
    rows = connection.execute(select(account).order_by(account.c.staff_code))
    return [
        Account(
            account_id=AccountId(row.account_id),
            sign_in_name=row.sign_in_name,
            display_name=row.display_name,
            role=Role(row.role),
            staff_code=row.staff_code,
            active=row.active,
        )
        for row in rows
    ]


def save_resume_point(connection: Connection, keyring: KeyRing, text: str) -> None:
    """Sealed to the person: whoever else opens the configuration learns nothing about a visit."""
    account_id = keyring.account.account_id
    connection.execute(delete(resume_point).where(resume_point.c.account_id == account_id))
    sealed = encrypt(keyring.personal_key, text.encode(), _RESUME + account_id.encode())
    connection.execute(insert(resume_point).values(account_id=account_id, sealed=sealed))


def load_resume_point(connection: Connection, keyring: KeyRing) -> str:
    account_id = keyring.account.account_id
    sealed = connection.execute(
        select(resume_point.c.sealed).where(resume_point.c.account_id == account_id)
    ).scalar_one_or_none()
    if sealed is None:
        return ""
    plain = decrypt(keyring.personal_key, sealed, _RESUME + account_id.encode())
    return "" if plain is None else plain.decode()
