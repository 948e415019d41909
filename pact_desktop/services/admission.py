# SPDX-License-Identifier: GPL-3.0-or-later
"""The one way in for every passphrase: at sign-in, for a colleague, and before it is changed."""

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage.kdf import KdfPolicy
from pact_desktop.storage.throttle import Throttle
from pact_desktop.storage.vault import Vault


def admitted(
    stored: Vault,
    throttle: Throttle,
    sign_in_name: str,
    passphrase: str,
    *,
    key: bytes,
    policy: KdfPolicy,
) -> tuple[slots.Person, int]:
    """Who this is, and how many attempts failed before.

    Raises Refusal(SIGN_IN_FAILED) or Refusal(SIGN_IN_DELAYED, seconds).
    """
    tag = slots.name_tag(key, stored.vault_id, sign_in_name)
    throttle.require_turn(tag)
    throttle.charge(tag)
    person = slots.open_slot(stored, stored.slot_of(tag), passphrase, key, policy)
    if person is None or not person.account.active:
        raise Refusal(RefusalCode.SIGN_IN_FAILED)
    return person, throttle.clear(tag)
