# SPDX-License-Identifier: GPL-3.0-or-later
"""Damage and exchange at rest: everything is found before anything is shown."""

from collections.abc import Sequence

from pact_desktop.domain.accounts import Compartment
from tests.rig import rollback, vault_edits
from tests.rig.damage import PAGE_HARMS, Harm, missed, missed_unchecked, pages
from tests.rig.figures import shows
from tests.rig.running import Rig

AT_ONCE = 50


def parted(harms: Sequence[Harm]) -> list[list[Harm]]:
    return [list(harms[first : first + AT_ONCE]) for first in range(0, len(harms), AT_ONCE)]


@shows("flips")
def rig_flipped_bits(rig: Rig) -> None:
    """One bit anywhere in one of the four files."""
    with rig.row("one bit flipped at rest, four files") as row:
        each = rig.often(3000, 100)
        harms = [Harm(one, "bit", number) for one in Compartment for number in range(each)]
        lost = [
            harm
            for found in rig.each(missed, parted(harms), shared=rig.prepared_in_memory)
            for harm in found
        ]
        row.times, row.problems = len(harms), [str(harm) for harm in lost]
        row.found = f"{len(harms) - len(lost):,} found before anything was shown"


@shows("pages")
def rig_damaged_pages(rig: Rig) -> None:
    """Every page emptied, filled, exchanged; the file cut before it and inside it."""
    with rig.row("every page zeroed, filled, swapped, cut") as row:
        harms = [
            Harm(compartment, how, page)
            for compartment, page in pages(rig.prepared_in_memory)
            for how in PAGE_HARMS
        ]
        lost = [
            harm
            for found in rig.each(missed, parted(harms), shared=rig.prepared_in_memory)
            for harm in found
        ]
        row.times, row.problems = len(harms), [str(harm) for harm in lost]
        row.found = f"{len(harms) - len(lost):,} found before anything was shown"


@shows("rollback")
def rig_older_files(rig: Rig) -> None:
    """Files from before the work put back after it, in every combination."""
    with rig.row("older files put back, alone and together") as row:
        journeys = ["visit", "judging", "referral"]
        found = rig.each(rollback.unnoticed, journeys, shared=rig.prepared_in_memory, chunk=1)
        row.problems = [one for of_journey in found for one in of_journey]
        row.times = len(journeys) * len(rollback.together())
        row.found = f"{row.times - len(row.problems)} found at sign-in"


@shows("vault-attacks")
def rig_edited_key_file(rig: Rig) -> None:
    """Whoever may write the key file and knows its form gains nothing."""
    with rig.row("key file edited with a plan") as row:
        edits = list(vault_edits.EDITS)
        found = rig.each(vault_edits.accepted_edits, edits, shared=rig.prepared_in_memory)
        row.problems = [one for of_edit in found for one in of_edit]
        row.times = len(edits)
        row.found = f"{len(row.problems)} accepted"


@shows("vault-bytes")
def rig_flipped_bytes_of_the_key_file(rig: Rig) -> None:
    """Every byte, as damage and as an edit with the file's check written anew."""
    with rig.row("every byte of the key file flipped, twice") as row:
        size = vault_edits.size(rig.prepared_in_memory)
        step = rig.often(1, 127)
        parts = [
            range(first, min(size, first + AT_ONCE * step), step)
            for first in range(0, size, AT_ONCE * step)
        ]
        found = rig.each(vault_edits.accepted_bytes, parts, shared=rig.prepared_in_memory)
        row.problems = [one for of_part in found for one in of_part]
        row.times = 2 * sum(len(part) for part in parts)
        row.found = f"{len(row.problems)} accepted with other keys"


@shows("flips", control=True)
def rig_flipped_bits_are_missed_unchecked(rig: Rig) -> None:
    """Without the two checks of each file a session opens on damaged records."""
    with rig.row("the same flips without the checks at opening") as row:
        harms = [Harm(one, "bit", number) for one in Compartment for number in range(12)]
        found = rig.once(missed_unchecked, harms, shared=rig.prepared_in_memory)
        row.times, row.found = len(found), f"{len(found)} of {len(harms)} not found"


@shows("pages", control=True)
def rig_damaged_pages_are_missed_unchecked(rig: Rig) -> None:
    """The same for pages."""
    with rig.row("the same pages without the checks at opening") as row:
        harms = [
            Harm(one, how, page) for one in Compartment for how in PAGE_HARMS for page in (2, 5)
        ]
        found = rig.once(missed_unchecked, harms, shared=rig.prepared_in_memory)
        row.times, row.found = len(found), f"{len(found)} of {len(harms)} not found"


@shows("rollback", control=True)
def rig_older_files_are_missed_without_memory(rig: Rig) -> None:
    """Everything put back together and the memory of the computer gone: only paper would tell."""
    with rig.row("the same without what the computer remembers") as row:
        found = rig.once(rollback.unnoticed_without_memory, "visit", shared=rig.prepared_in_memory)
        row.times, row.found = len(found), f"{len(found)} not found: {'; '.join(found)[:80]}"


@shows("vault-attacks", control=True)
def rig_edited_key_file_is_accepted_unsigned(rig: Rig) -> None:
    """A program that looks at no signature gives keys for some of the same edits."""
    with rig.row("the same edits, signatures not looked at") as row:
        edits = list(vault_edits.EDITS)
        found = rig.each(vault_edits.accepted_unsigned, edits, shared=rig.prepared_in_memory)
        row.times = sum(bool(one) for one in found)
        row.found = f"{row.times} of {len(edits)} accepted"


@shows("vault-bytes", control=True)
def rig_whole_key_file_is_accepted(rig: Rig) -> None:
    """The same eyes see that the unchanged file gives everybody their keys."""
    with rig.row("the file unchanged, its check written anew") as row:
        found = rig.once(vault_edits.accepted_unchanged, None, shared=rig.prepared_in_memory)
        row.times, row.found = len(found), f"{len(found)} get their keys"
