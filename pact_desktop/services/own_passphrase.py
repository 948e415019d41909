# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's own passphrase changes: only their private halves are wrapped anew.

The pairs, the grants, the files and everybody else's slot stay as they are, so no manager has to
vouch again. A copy of the key file from before still opens with the passphrase from before: after
a theft only new keys of the files help (`key_changes`).
"""

from pact_desktop.boot_clock import Seconds, since_boot
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.passphrases import same_passphrase
from pact_desktop.services.admission import admitted
from pact_desktop.services.passphrases import check_passphrase
from pact_desktop.services.session import Session
from pact_desktop.services.staff import names_known_here, save_vault, verified_vault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage import vault
from pact_desktop.storage.throttle import Throttle
from pact_desktop.storage.vault import Vault


def check_own_passphrase(
    session: Session, present: str, *, boot_clock: Seconds = since_boot
) -> None:
    """Before a new one is chosen; attempts count and wait as they do at the sign-in.

    Raises Refusal: PASSPHRASE_WRONG, SIGN_IN_DELAYED with the seconds.
    """
    _owner(session, verified_vault(session), present, boot_clock)


def change_passphrase(
    session: Session, present: str, new: str, *, boot_clock: Seconds = since_boot
) -> None:
    """From now on this person signs in with `new`; whoever else works here notices nothing.

    Raises Refusal: as `check_own_passphrase`, PASSPHRASE_SAME, PASSPHRASE_TOO_SHORT,
    PASSPHRASE_TOO_COMMON. Raises Fault of the disk; then the present one still holds.
    """
    if same_passphrase(present, new):
        raise Refusal(RefusalCode.PASSPHRASE_SAME)
    account, keyring = session.account, session.store.keyring
    own_names = (account.sign_in_name, account.display_name)
    check_passphrase(new, context=(*names_known_here(session), *own_names))
    stored = verified_vault(session)
    person = _owner(session, stored, present, boot_clock)
    slot = slots.wrapped_anew(
        _own_slot(session, stored),
        person,
        new,
        vault_id=keyring.vault_id,
        root=keyring.root,
        device_key=keyring.device_key,
        cost=keyring.kdf.for_new_slot(),
    )
    event = AuditEvent(AuditAction.PASSPHRASE_CHANGED, subject=account.staff_code)
    with session.store.changing(event):
        pass
    save_vault(
        session,
        stored,
        slots=tuple(slot if known.user == slot.user else known for known in stored.slots),
    )


def _owner(session: Session, stored: Vault, present: str, boot_clock: Seconds) -> slots.Person:
    """The person at work with the private halves, which no session keeps."""
    keyring = session.store.keyring
    guard = Throttle(session.store.place, keyring.device_key, boot_clock)
    try:
        person, failed = admitted(
            stored,
            guard,
            session.account.sign_in_name,
            present,
            key=keyring.device_key,
            policy=keyring.kdf,
        )
    except Refusal as refusal:
        if refusal.code is RefusalCode.SIGN_IN_FAILED:
            raise Refusal(RefusalCode.PASSPHRASE_WRONG) from None
        raise
    if failed:
        with session.store.changing(AuditEvent(AuditAction.SIGN_IN_FAILED, count=failed)):
            pass
    return person


def _own_slot(session: Session, stored: Vault) -> vault.Slot:
    slot = stored.slot(session.account.account_id)
    if slot is None:
        raise Refusal(RefusalCode.ACCOUNT_UNKNOWN)
    return slot
