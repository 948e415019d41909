# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves on a probe file that the cipher is there and at work, for `self-check`."""

import secrets
from pathlib import Path

from sqlcipher3 import dbapi2

from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.database import KEY_BYTES, raw_key
from pact_desktop.storage.faults import storage_faults

_MARK = b"SQLite format 3"


def cipher_versions(path: Path) -> str:
    """Write an encrypted file and look at its first bytes; the versions of what wrote it.

    Raises Fault(STORAGE_FAILED) when the file can be read without a key.
    """
    with storage_faults():
        connection = dbapi2.connect(str(path), isolation_level=None)
        try:
            connection.set_key(raw_key(secrets.token_bytes(KEY_BYTES)))
            connection.execute("CREATE TABLE probe (word TEXT)")
            cipher = connection.execute("PRAGMA cipher_version").fetchone()
            provider = connection.execute("PRAGMA cipher_provider_version").fetchone()
        finally:
            connection.close()
    if not cipher or path.read_bytes().startswith(_MARK):
        raise Fault(FaultCode.STORAGE_FAILED)
    return f"SQLCipher {cipher[0]}, {provider[0] if provider else 'unknown provider'}"
