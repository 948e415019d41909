# SPDX-License-Identifier: GPL-3.0-or-later
"""Published content keeps its digest: a folder that left draft never changes again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from pact_desktop.interchange.guidance import load_guidance
from pact_desktop.interchange.indicator_sets import load_indicator_set
from pact_desktop.interchange.participants import load_participant_pack

LIST_FILE: Final = "digests.json"
DRAFT: Final = "draft"


class Entry(msgspec.Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """What is known of one folder; a draft may still change and has no digest yet."""

    status: str
    digest: str = ""


def read_list(root: Path) -> dict[str, Entry]:
    """Folder under `indicator_sets/` -> its entry."""
    return msgspec.json.decode((root / LIST_FILE).read_bytes(), type=dict[str, Entry])


def current_list(root: Path) -> dict[str, Entry]:
    """The list as the folders are now. Raises Refusal for a folder that cannot be read."""
    return dict(_entries(root))


def changed_folders(root: Path) -> list[str]:
    """Folders that are missing from the list, or that changed after they were published."""
    listed, current = read_list(root), current_list(root)
    return sorted(
        name for name in listed.keys() | current.keys() if listed.get(name) != current.get(name)
    )


def list_text(root: Path) -> str:
    """The text of the list file, to be written when a version is added or published."""
    encoded = msgspec.json.encode(current_list(root), order="sorted")
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _entries(root: Path) -> Iterator[tuple[str, Entry]]:
    for folder in sorted(root.glob("indicators/*/*")):
        indicator_set = load_indicator_set(folder)
        yield _entry(root, folder, indicator_set.status, indicator_set.digest)
    for folder in sorted(root.glob("guidance/*/*")):
        guidance = load_guidance(folder)
        yield _entry(root, folder, guidance.status, guidance.digest)
    for folder in sorted(root.glob("participants/*/*")):
        pack = load_participant_pack(folder)
        yield _entry(root, folder, pack.status, pack.digest)


def _entry(root: Path, folder: Path, status: str, digest: str) -> tuple[str, Entry]:
    name = folder.relative_to(root).as_posix()
    return name, Entry(status, "" if status == DRAFT else digest)
