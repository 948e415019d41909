# SPDX-License-Identifier: GPL-3.0-or-later
"""The word `backup`: make one, look at one, bring records back from one."""

import argparse
from pathlib import Path
from typing import Final

from pact_desktop.command_line.conversation import CODE, PASSPHRASE, SIGN_IN_NAME, Conversation
from pact_desktop.domain.accounts import Role
from pact_desktop.domain.backup import BackupContents
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_datetime
from pact_desktop.i18n.messages import Message, msg
from pact_desktop.services import accounts, backups, restoring
from pact_desktop.services.content import load_content
from pact_desktop.services.old_copies import record_numbers
from pact_desktop.services.session import Clock
from pact_desktop.services.set_up import NewStaff

_ROLES: Final = (Role.NURSE, Role.DOCTOR)
_ATTEMPTS: Final = 3
_MEBIBYTE: Final = 1024 * 1024

# Translators: the command line of the program, for the manager and the IT administrator.
_MANAGER: Final = msg("Who is the manager? Name")
_CLINICIAN: Final = msg("Who is the first nurse or doctor? Name")
_ROLE: Final = msg("Role: write {nurse} or {doctor}")
_MADE: Final = msg("The backup was written and read back: {file}")
_KEEP_AWAY: Final = msg("Keep it in another place than this computer and the recovery sheet.")
_SAME_DISK: Final = msg("It lies on the same disk as the records. Copy it to a stick as well.")
_MADE_AT: Final = msg("Made: {when}")
_SIZE: Final = msg("Size: {size} MB")
_END: Final = msg("The activity log in it ends with: {code}")
_COMPARE: Final = msg("Compare this code with the newest paper. A higher number is a newer one.")
_COMPLETE: Final = msg("Nothing is missing and nothing was changed since it was signed.")
_NOT_OPENED: Final = msg(
    "It was not opened. Who signed it, and whether the recovery sheet fits, shows with --sheet."
)
_OPENED: Final = msg("The recovery sheet opens it, and everything in it is as it was.")
_LOG_CHANGED: Final = msg("The activity log in it was not whole when the backup was made.")
_FACILITY: Final = msg("Facility: {name}")
_RESTORED: Final = msg("The records are in {folder}. Sign in with --data and this folder.")
_ERASED_AGAIN: Final = msg("Records erased again because they had been erased before: {count}")
_OTHERS: Final = msg("Everybody else gets a new account under Staff, with a new passphrase.")


def back_up(arguments: argparse.Namespace, data: Path, catalog: Catalog, clock: Clock) -> int:
    """The word `backup`; 0 only when all of it was done."""
    conversation = Conversation(catalog)
    if arguments.backup_word == "make":
        _make(conversation, arguments.to, data, clock)
    elif arguments.backup_word == "verify":
        _verify(conversation, arguments.file, with_sheet=arguments.sheet)
    else:
        _restore(conversation, arguments, data, clock)
    return 0


def _make(talk: Conversation, folder: Path, data: Path, clock: Clock) -> None:
    accounts.require_records(data)
    backups.require_target(folder, data)
    name = talk.ask(SIGN_IN_NAME)
    keyring = accounts.sign_in(data, name, talk.ask_secretly(PASSPHRASE), clock)
    session = accounts.open_session(data, keyring, clock, load_content())
    try:
        made = backups.make_backup(session, folder)
    finally:
        accounts.lock(session)
    talk.say(_MADE, file=str(made.path))
    talk.say(_END, code=made.backup.anchor)
    talk.say(_SAME_DISK if made.backup.on_same_disk else _KEEP_AWAY)


def _verify(talk: Conversation, path: Path, *, with_sheet: bool) -> None:
    backups.require_backup(path)
    code = talk.ask_secretly(CODE) if with_sheet else None
    found = backups.check_file(path, code)
    _describe(talk, found.contents)
    talk.say(_COMPLETE)
    if found.log is None:
        talk.say(_NOT_OPENED)
        return
    talk.say(_OPENED)
    if not found.log.whole:
        talk.say(_LOG_CHANGED)


def _restore(talk: Conversation, arguments: argparse.Namespace, data: Path, clock: Clock) -> None:
    if arguments.into is not None:
        restoring.require_new_folder(arguments.into)
    folder = arguments.into or data
    restoring.require_no_records(folder)
    backups.require_backup(arguments.file)
    erased = [] if arguments.erased is None else record_numbers(_text_of(arguments.erased))
    code = talk.ask_secretly(CODE)
    pending = restoring.begin_restore(arguments.file, folder, code, clock)
    try:
        talk.say(_FACILITY, name=pending.facility.name)
        _describe(talk, pending.contents)
        if not pending.log.whole:
            talk.say(_LOG_CHANGED)
        manager = _somebody(talk, pending, _MANAGER, Role.MANAGER)
        clinician = _somebody(talk, pending, _CLINICIAN, None)
        restored = restoring.finish_restore(pending, [manager, clinician], erased)
    except BaseException:
        restoring.abandon_restore(pending)
        raise
    talk.say(_RESTORED, folder=str(folder))
    talk.say(_ERASED_AGAIN, count=str(restored.erased_again))
    talk.say(_OTHERS)


def _text_of(path: Path) -> str:
    """Raises Fault(FILE_NOT_READ)."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise Fault(FaultCode.FILE_NOT_READ) from error


def _somebody(
    talk: Conversation, pending: restoring.PendingRestore, question: Message, role: Role | None
) -> NewStaff:
    name = talk.ask(question)
    chosen = role or _clinical_role(talk)
    sign_in_name = talk.ask(SIGN_IN_NAME)
    context = (*accounts.known_names(pending.facility, pending.earlier), name, sign_in_name)
    passphrase = talk.ask_for_passphrase(
        lambda typed: accounts.check_passphrase(typed, context=context)
    )
    return NewStaff(sign_in_name, name, chosen, passphrase)


def _clinical_role(talk: Conversation) -> Role:
    for _ in range(_ATTEMPTS):
        answer = talk.ask(_ROLE, nurse=Role.NURSE, doctor=Role.DOCTOR).strip().casefold()
        for role in _ROLES:
            if answer == role.value:
                return role
    raise Refusal(RefusalCode.FACILITY_INCOMPLETE)


def _describe(talk: Conversation, contents: BackupContents) -> None:
    made_at = contents.made_at.astimezone()
    talk.say(_MADE_AT, when=format_datetime(made_at, talk.catalog.locale))
    talk.say(_SIZE, size=f"{contents.size / _MEBIBYTE:.1f}")
    talk.say(_END, code=contents.anchor)
    talk.say(_COMPARE)
