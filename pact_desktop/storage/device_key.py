# SPDX-License-Identifier: GPL-3.0-or-later
"""The key of this computer: without it a copied vault gives nothing to guess against.

It is a private file outside the data folder. Keeping it in DPAPI, Keychain or the
Secret Service is a later step.
"""

import secrets
from pathlib import Path
from typing import Final

from platformdirs import user_config_dir

from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.durable_file import create_durably, make_folder
from pact_desktop.storage.keys import KEY_BYTES

FILE_NAME: Final = "device.key"


def default_folder() -> Path:
    return Path(user_config_dir("Intake", appauthor=False))


def load(folder: Path) -> bytes:
    """Raises Fault(DEVICE_KEY_MISSING)."""
    key = _read(folder)
    if key is None:
        raise Fault(FaultCode.DEVICE_KEY_MISSING)
    return key


def load_or_make(folder: Path) -> bytes:
    """The key that is there, or a new one in memory; `keep` writes it. A bad file stays."""
    if not (folder / FILE_NAME).exists():
        return secrets.token_bytes(KEY_BYTES)
    return load(folder)


def keep(folder: Path, key: bytes) -> None:
    """Writes a new key; one that is there already must be the same."""
    found = _read(folder)
    if found is None:
        make_folder(folder)
        create_durably(folder / FILE_NAME, key.hex().encode("ascii") + b"\n")
    elif found != key:
        raise Fault(FaultCode.DEVICE_KEY_MISSING)


def _read(folder: Path) -> bytes | None:
    path = folder / FILE_NAME
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        raise Fault(FaultCode.DEVICE_KEY_MISSING) from None
    if len(key) != KEY_BYTES:
        raise Fault(FaultCode.DEVICE_KEY_MISSING)
    return key
