# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be shown before anybody signs in: the cover's notice and the facility's own phones."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.facility import ContactRole, Facility

FILE_NAME: Final = "notice.json"
LARGEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """Plain by design: no name of a person, no agreed words, nothing about any patient."""

    participant: str
    locale: str
    facility_name: str
    cover_notice: str
    opening_hours: str
    contacts: tuple[tuple[ContactRole, str], ...]
    """Role and phone; a role says nothing about who answers."""


def public_notice(folder: Path) -> PublicNotice | None:
    """The notice, or None when there is none that can be read."""
    try:
        raw = (folder / FILE_NAME).read_bytes()
        return msgspec.json.decode(raw, type=PublicNotice) if len(raw) <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        return None


def write_public_notice(folder: Path, facility: Facility) -> None:
    """Replaces the notice in one move. Raises Fault(FILE_NOT_WRITTEN)."""
    content = msgspec.json.format(msgspec.json.encode(notice_of(facility)))
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".notice-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(folder / FILE_NAME)
    except OSError as error:
        raise Fault(FaultCode.FILE_NOT_WRITTEN, file=FILE_NAME) from error


def notice_of(facility: Facility) -> PublicNotice:
    """What of the facility may be shown before anybody signs in."""
    phones = (
        (ContactRole.SECURITY, facility.security_phone),
        (ContactRole.FOCAL_PERSON, facility.focal_person.phone),
        (ContactRole.DEPUTY, facility.deputy.phone),
    )
    return PublicNotice(
        participant=facility.participant,
        locale=facility.staff_locale,
        facility_name=facility.name,
        cover_notice=facility.cover_notice,
        opening_hours=facility.opening_hours,
        contacts=tuple((role, phone) for role, phone in phones if phone),
    )
