# SPDX-License-Identifier: GPL-3.0-or-later
"""The plain page beside the backups on a stick: what the files are, for whoever finds them."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from pact_desktop.domain.errors import Fault
from pact_desktop.domain.facility import Facility
from pact_desktop.i18n.catalog import Catalog, CatalogueMissingError
from pact_desktop.i18n.locales import SOURCE
from pact_desktop.i18n.messages import Message, msg
from pact_desktop.storage.backup_format import ENDING
from pact_desktop.storage.durable_file import write_durably

FILE_NAME: Final = "intake-backup-README.txt"
_FIRST_LINE: Final = "intake-backup"
_BYTE_ORDER_MARK: Final = "\ufeff"
"""Old editors of Windows show letters with accents only with it."""
_SENTENCES: Final[tuple[Message, ...]] = (
    # Translators: a text file on a stick beside the backups; anybody may find and read it.
    msg("Files in this folder that end in {ending} are backups of the program Intake."),
    msg("They belong to: {facility}"),
    msg(
        "They are encrypted. Only the printed recovery sheet of the facility opens them; "
        "no passphrase of a member of staff does."
    ),
    msg(
        "To use one: start Intake on a new computer, choose “Restore from a backup” and have the "
        "recovery sheet at hand."
    ),
    msg("Keep this stick locked away, and never in one place with the recovery sheet."),
    msg("Who finds it: please give it back to the facility. Nobody else can use it."),
)


def write_note(folder: Path, facility: Facility) -> None:
    """Writes or renews the page; a file of that name that is not ours stays as it is.

    The backup is good without it, so that a stick without room for the page is no failure.
    """
    path = folder / FILE_NAME
    with suppress(OSError, Fault, UnicodeDecodeError):
        if path.exists() and not _ours(path):
            return
        write_durably(path, note_text(facility).encode())


def note_text(facility: Facility) -> str:
    """In the language of staff and in English, with line ends that every editor shows."""
    catalogs = [Catalog.source()]
    if facility.staff_locale != SOURCE:
        with suppress(CatalogueMissingError):
            catalogs.insert(0, Catalog.load(facility.staff_locale))
    lines = [_FIRST_LINE, ""]
    for catalog in catalogs:
        lines += [
            sentence.of(catalog).format(ending=ENDING, facility=facility.name)
            for sentence in _SENTENCES
        ]
        lines.append("")
    return _BYTE_ORDER_MARK + "\r\n".join(lines)


def _ours(path: Path) -> bool:
    with path.open(encoding="utf-8-sig") as file:
        return file.readline(len(_FIRST_LINE) + 1).rstrip() == _FIRST_LINE
