# SPDX-License-Identifier: GPL-3.0-or-later
"""No byte of a backup is without a check, and nothing in it comes from a passphrase."""

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.storage import recovery_code as codes
from pact_desktop.storage import vault
from pact_desktop.storage.backup_format import (
    Manifest,
    head_of_file,
    read_manifest,
    seal_people,
    unlock,
)
from pact_desktop.storage.backup_reading import BackupFile
from pact_desktop.storage.keys import KeyRing, SigningKey
from tests.storage.backup_support import made, opened, verdict

FLIPS = 2_000
REFUSED = {"backup-foreign", "backup-newer", "backup-cut", "backup-damaged"}


@pytest.fixture(scope="module")
def backup(
    built_facility: tuple[Path, str],
    keyring_of: Callable[[str], KeyRing],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """One backup, made by the manager; tests work on copies."""
    store = opened(built_facility[0] / "data" / "records", keyring_of("mira"))
    try:
        return made(store, tmp_path_factory.mktemp("stick")).path
    finally:
        store.close()


@pytest.fixture
def copy(backup: Path, tmp_path: Path) -> Path:
    path = tmp_path / backup.name
    path.write_bytes(backup.read_bytes())
    return path


def manifest_of(path: Path) -> Manifest:
    with BackupFile(path) as file:
        return file.manifest


def signed_again(path: Path, signing: SigningKey | None = None, **changes: Any) -> Manifest:
    """The manifest with something else in it, signed by somebody who can only sign."""
    key = signing or SigningKey.generate()
    forged = replace(manifest_of(path), maker_signing=key.public, **changes)
    with BackupFile(path) as file:
        rest = path.read_bytes()[file.size - sum(member.size for member in forged.members) :]
    path.write_bytes(head_of_file(forged, key) + rest)
    return forged


def test_a_backup_is_whole(copy: Path) -> None:
    """What was made passes; the other tests are worth something."""
    assert verdict(copy) == "whole"


def test_no_flipped_bit_is_accepted(copy: Path) -> None:
    """2,000 bits, spread over manifest and files."""
    whole, random = bytearray(copy.read_bytes()), Random(20261124)  # noqa: S311 the same flips each time
    with BackupFile(copy) as file:
        head = file.size - sum(member.size for member in file.manifest.members)
    places = [random.randrange(head) for _ in range(FLIPS // 2)]
    places += [random.randrange(len(whole)) for _ in range(FLIPS // 2)]
    accepted = []
    with copy.open("r+b") as file:
        for place in places:
            file.seek(place)
            file.write(bytes([whole[place] ^ 1 << random.randrange(8)]))
            file.flush()
            if verdict(copy) not in REFUSED:
                accepted.append(place)
            file.seek(place)
            file.write(whole[place : place + 1])
            file.flush()
    assert accepted == []
    assert verdict(copy) == "whole"


def test_no_length_but_its_own_is_accepted(copy: Path) -> None:
    """Cut at every length of the first lines and in small steps through the files."""
    size = copy.stat().st_size
    with BackupFile(copy) as file:
        head = size - sum(member.size for member in file.manifest.members)
    found = {}
    for length in (*range(size - 1, head, -61), *range(head, -1, -1)):
        os.truncate(copy, length)
        found[length] = verdict(copy)
    assert {length: said for length, said in found.items() if said != "backup-cut"} == {}


def test_what_follows_the_end_is_damage(copy: Path) -> None:
    """A longer file is not the one that was signed."""
    with copy.open("ab") as file:
        file.write(b"\n")
    assert verdict(copy) == "backup-damaged"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "backup-cut"),
        (b"intake-backup ", "backup-cut"),
        (b"SQLite format 3\x00", "backup-foreign"),
        (b"%PDF-1.7", "backup-foreign"),
        (b"intake-backup 2\n{}\n", "backup-newer"),
        (b"intake-backup 10\n", "backup-newer"),
        (b"intake-backup 0\n", "backup-damaged"),
        (b"intake-backup 1\n{}\n", "backup-cut"),
        (b"intake-backup 1\n{}\n" + b"0" * 128 + b"\n", "backup-damaged"),
        (b"intake-backup 1\n" + b"[" * 100_000 + b"\n" + b"0" * 128 + b"\n", "backup-damaged"),
        (b"intake-backup 1\n" + b" " * 1_100_000, "backup-damaged"),
        (b"intake-backup " + b"9" * 40, "backup-newer"),
    ],
)
def test_a_foreign_or_newer_file_is_called_what_it_is(
    content: bytes, said: str, tmp_path: Path
) -> None:
    """Each has a sentence of its own."""
    path = tmp_path / "some file"
    path.write_bytes(content)
    assert verdict(path) == said


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_cannot_be_read(kind: str, tmp_path: Path) -> None:
    """A pipe is not waited for."""
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    assert verdict(path) == "file-not-read"


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_stumble(content: bytes) -> None:
    """Whatever lies in a file, the answer is one of ours."""
    for start in (b"", b"intake-backup ", b"intake-backup 1\n"):
        with pytest.raises(Fault) as refused:
            read_manifest(io.BytesIO(start + content))
        assert refused.value.code.value in REFUSED


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_of_a_stranger_reaches_the_log(one: str, other: str) -> None:
    """Identifiers of a file are written down; a stranger's file cannot bring a sentence along."""
    body = (
        f'{{"backup":"{one}","vault":"{other}"}}'.encode("utf-8", "surrogatepass") + b"\n"
    ).replace(b"\r", b"")
    with pytest.raises(Fault):
        read_manifest(io.BytesIO(b"intake-backup 1\n" + body + b"0" * 128 + b"\n"))


def test_the_right_sheet_opens_every_key(
    backup: Path, recovery_code: str, keyring_of: Callable[[str], KeyRing]
) -> None:
    """Also that of the names, which the manager who made the backup never had."""
    unlocked = unlock(manifest_of(backup), recovery_code)
    assert unlocked.keys == keyring_of("nadia").keys
    assert unlocked.signers == keyring_of("nadia").signers


def test_a_slip_and_another_sheet_are_told_apart(backup: Path, recovery_code: str) -> None:
    """Typing again helps in one case, looking for the other paper in the other."""
    slip = recovery_code.replace(recovery_code[0], "Z" if recovery_code[0] != "Z" else "Y", 1)
    with pytest.raises(Refusal) as refused:
        unlock(manifest_of(backup), slip)
    assert refused.value.code is RefusalCode.RECOVERY_CODE_WRONG
    with pytest.raises(Refusal) as refused:
        unlock(manifest_of(backup), codes.to_code(codes.new_seed()))
    assert refused.value.code is RefusalCode.RECOVERY_CODE_OTHER


def test_who_only_signs_does_not_pass_for_the_facility(copy: Path, recovery_code: str) -> None:
    """Signed again by a stranger, the file looks whole; with the sheet it does not open."""
    forged = signed_again(copy, sequence=7)
    assert verdict(copy) == "whole"
    with pytest.raises(Fault) as refused:
        unlock(forged, recovery_code)
    assert refused.value.code is FaultCode.BACKUP_DAMAGED


def test_boxes_of_another_sheet_are_refused(copy: Path, recovery_code: str) -> None:
    """Files of a stranger under the name of the facility: their keys are not ours to open."""
    manifest = manifest_of(copy)
    swapped = (*manifest.recovery_sealed[1:], manifest.recovery_sealed[0])
    with pytest.raises(Fault) as refused:
        unlock(signed_again(copy, recovery_sealed=swapped), recovery_code)
    assert refused.value.code is FaultCode.BACKUP_DAMAGED


def test_a_maker_whom_nobody_knows_is_refused(
    copy: Path, recovery_code: str, keyring_of: Callable[[str], KeyRing]
) -> None:
    """Somebody with a key of the facility, signing in the name of somebody else."""
    signing, keyring = SigningKey.generate(), keyring_of("ivo")
    manifest = replace(manifest_of(copy), maker_signing=signing.public)
    mac = manifest.authenticated(next(iter(keyring.keys.values())))
    with pytest.raises(Fault) as refused:
        unlock(signed_again(copy, signing, mac=mac), recovery_code)
    assert refused.value.code is FaultCode.BACKUP_DAMAGED


def test_people_of_another_facility_are_not_taken_over(
    copy: Path, recovery_code: str, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The list of signers is bound to the facility it was sealed for."""
    keyring = keyring_of("ivo")
    manifest = manifest_of(copy)
    people = seal_people(keyring.signers, manifest.recovery_public, "0" * 32)
    changed = replace(manifest, people=people)
    mac = changed.authenticated(next(iter(keyring.keys.values())))
    with pytest.raises(Fault) as refused:
        unlock(replace(changed, mac=mac), recovery_code)
    assert refused.value.code is FaultCode.BACKUP_DAMAGED


def test_nothing_in_it_comes_from_a_passphrase(
    backup: Path, built_facility: tuple[Path, str], keyring_of: Callable[[str], KeyRing]
) -> None:
    """No slot, no salt, no name, no key of the computer: a finder has nothing to guess against."""
    whole = backup.read_bytes()
    stored = vault.load(built_facility[0] / "data" / "records")
    kept = [stored.header.device_check, keyring_of("nadia").device_key]
    for slot in stored.slots:
        kept += [slot.salt, slot.wrapped, slot.root_pin, slot.label, slot.sealing]
        kept += [slot.certificate, bytes.fromhex(slot.name_tag)]
    kept += [grant.sealed for grant in stored.grants]
    kept += list(keyring_of("nadia").keys.values())
    assert [secret for secret in kept if any(form in whole for form in forms(secret))] == []
    assert b"Nikoli" not in whole
    assert b"SQLite" not in whole


def forms(secret: bytes) -> list[bytes]:
    """As bytes, in hex and in base 64, where JSON would show it."""
    import base64  # noqa: PLC0415 here alone

    return [secret, secret.hex().encode(), base64.b64encode(secret).rstrip(b"=")]


def test_no_word_in_it_says_what_it_holds(backup: Path) -> None:
    """A finder who opens it in an editor reads a neutral name and numbers."""
    readable = re.findall(rb"[A-Za-z _-]{4,}", backup.read_bytes()[:400])
    said = b" ".join(readable).lower()
    assert b"intake-backup" in said
    for word in (b"case", b"identity", b"patient", b"screening", b"names"):
        assert word not in said
