# SPDX-License-Identifier: GPL-3.0-or-later
"""The participant packs that ship: complete words, cited claims, nothing that looks confirmed."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import EntryAge, ParticipantPack, ServiceKind
from pact_desktop.i18n.locales import PAPER_LOCALES
from pact_desktop.i18n.serbian import is_cyrillic, to_latin
from pact_desktop.interchange import participants
from pact_desktop.interchange.content_files import Problem
from pact_desktop.interchange.participants import (
    PARTICIPANTS,
    check_participant_pack,
    load_participant_pack,
)
from pact_desktop.resources import shipped

FIELD_WORDS = re.compile(
    r"traffick|victim|trafik|viktim|trgovin|žrtv|трговин|жртв|трговија", re.IGNORECASE
)


def folder(participant: str) -> Path:
    return shipped("indicator_sets") / "participants" / participant / "0.1.0"


@pytest.fixture(scope="module", params=PARTICIPANTS)
def pack(request: pytest.FixtureRequest) -> ParticipantPack:
    return load_participant_pack(folder(request.param))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A pack that a test may spoil."""
    return Path(copytree(folder("MK"), tmp_path / "MK" / "0.1.0"))


def spoil(copy: Path, old: str, new: str) -> list[Problem]:
    path = copy / "pack.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [problem for problem in check_participant_pack(copy) if problem.blocking]


def test_pack_is_clean_and_unreviewed(pack: ParticipantPack) -> None:
    """A pack loads without a problem and claims no review that did not happen."""
    assert check_participant_pack(folder(pack.participant)) == []
    assert (pack.status, pack.reviewed_by) == ("draft", "")
    assert len(pack.digest) == 64


def test_nothing_is_confirmed(pack: ParticipantPack) -> None:
    """No shipped entry can be printed before the facility has confirmed it."""
    today = date(2026, 11, 24)
    for service in pack.services:
        assert service.age(today) is EntryAge.NOT_CONFIRMED
        with pytest.raises(Refusal) as refused:
            service.require_printable(today, override_reason="urgent")
        assert refused.value.code is RefusalCode.SERVICE_NOT_CONFIRMED


def test_every_number_has_a_source(pack: ParticipantPack) -> None:
    """A telephone number stands with its source; general knowledge never brings one."""
    for service in pack.services:
        if service.phones:
            assert service.source, service.service_id
            assert service.confidence in {"L", "L*", "C"}


def test_names_say_nothing_about_a_person(pack: ParticipantPack) -> None:
    """A name that may be printed or seen by a companion carries no word of the field."""
    for service in pack.services:
        for locale in pack.words:
            assert not FIELD_WORDS.search(pack.service_name(service, locale))


def test_words_are_complete(pack: ParticipantPack) -> None:
    """Every paper language has every sentence and every descriptive name of the pack."""
    needed = {
        key for key in pack.words["en"] if not key.startswith("service.") or key in pack.words["mk"]
    }
    for locale in PAPER_LOCALES:
        assert needed <= set(pack.words[locale]), locale


def test_each_language_keeps_its_script(pack: ParticipantPack) -> None:
    """Cyrillic stays out of the Latin texts, and Serbian Latin is made from Serbian Cyrillic."""
    for locale in ("sq", "sr-Latn", "bs-Latn", "cnr-Latn", "en"):
        assert not any(is_cyrillic(text) for text in pack.words[locale].values()), locale
    made = {key: to_latin(text) for key, text in pack.words["sr-Cyrl"].items()}
    assert made == pack.words["sr-Latn"]


def test_what_a_nurse_needs_is_there(pack: ParticipantPack) -> None:
    """Each participant has a coordinator, police, social work, emergency codes and a duty row."""
    kinds = {service.kind for service in pack.services}
    assert kinds >= {
        ServiceKind.COORDINATOR,
        ServiceKind.POLICE,
        ServiceKind.SOCIAL_WORK,
        ServiceKind.EMERGENCY,
        ServiceKind.SHELTER,
    }
    assert {duty.about for duty in pack.duties} == {"child", "adult"}
    assert pack.text("who_identifies", "en")
    for service in pack.services:
        if service.remark:
            assert pack.remark_of(service, "sq") != service.remark


def test_kosovo_always_carries_its_asterisk() -> None:
    """The name is never written without the asterisk, and the footnote is there to print."""
    pack = load_participant_pack(folder("XK"))
    assert pack.needs_status_note
    for locale in PAPER_LOCALES:
        words = pack.words[locale]
        assert words["status_note"].startswith("* ")
        for key, text in words.items():
            if key != "status_note":
                assert not re.search(r"(Kosov[oa]|Косово)(?!\*)", text), (locale, key)


def test_reflection_period_only_where_it_was_read() -> None:
    """Two lengths were read; the other four stay empty and say so."""
    packs = {name: load_participant_pack(folder(name)) for name in PARTICIPANTS}
    known = {name: p.reflection_period_days for name, p in packs.items()}
    assert known == {"AL": None, "BA": None, "XK": 90, "ME": None, "MK": 60, "RS": None}
    assert all(p.text("reflection.note", "en") for p in packs.values())


def test_a_corrected_name_is_not_translated_away() -> None:
    """A name that the facility wrote stays as it was written, in every language."""
    pack = load_participant_pack(folder("RS"))
    police = next(s for s in pack.services if s.service_id == "rs-police")
    assert pack.service_name(police, "sr-Cyrl") == "Полиција"
    assert (
        pack.service_name(replace(police, name="Policija Vračar"), "sr-Cyrl") == "Policija Vračar"
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("remark: remark.only-shelter", "remark: remark.nothing", "no words under"),
        ("sources: [S37]", "sources: [S99]", "unknown source"),
        ("sources: [S37]", "sources: []", "needs a source"),
        ("confidence: L*", "confidence: O", "needs a source"),
        ("id: mk-shelter", "id: mk-police", "twice"),
        ("id: mk-shelter", "id: rs-shelter", "another participant"),
        ("own_name: Open Gate", "name: x\n    own_name: Open Gate", "either a name"),
        ("phones: [0800 11111,", "phones: [call us,", "phones"),
        ("paper_locales: [mk,", "paper_locales: [tr,", "no words in"),
        ("hours: 08:00–20:00", "confirmed_on: 2026-11-24", "unknown key"),
        ("version: 0.1.0", "version: 0.2.0", "stands in the folder"),
    ],
)
def test_a_mistake_is_named_with_its_line(copy: Path, old: str, new: str, told: str) -> None:
    """An author learns the file, the line and the mistake; the program refuses the pack."""
    found = spoil(copy, old, new)
    assert any(told in problem.text for problem in found), found
    assert all(problem.file == "pack.yaml" and problem.line > 1 for problem in found), found
    with pytest.raises(Refusal) as refused:
        load_participant_pack(copy)
    assert refused.value.code is RefusalCode.PACK_INVALID


def test_changed_words_change_the_digest(copy: Path) -> None:
    """Nobody can change a number unnoticed: the digest follows every value."""
    before = load_participant_pack(copy).digest
    assert spoil(copy, "0800 11111", "0800 11112") == []
    assert load_participant_pack(copy).digest != before


def test_schema_knows_the_same_keys() -> None:
    """The schema for authors and the loader agree on every key."""
    path = shipped("indicator_sets") / "schema" / "participant_pack.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    known = schema["properties"]
    for described, shape in (
        (schema, participants.PackFile),
        (known["services"]["items"], participants.ServiceFile),
        (known["duties"]["items"], participants.DutyFile),
        (known["reflection_period"], participants.ReflectionFile),
        (known["numbers"], participants.NumbersFile),
        (known["sources"]["additionalProperties"], participants.SourceFile),
    ):
        assert set(described["properties"]) == set(shape.__struct_fields__)
    kinds = known["services"]["items"]["properties"]["kind"]["enum"]
    assert set(kinds) == {kind.value for kind in ServiceKind}
