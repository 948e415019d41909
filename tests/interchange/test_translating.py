# SPDX-License-Identifier: GPL-3.0-or-later
"""A translator gets a list of what is missing and gives it back; nothing wrong gets in."""

import json
import shutil
from pathlib import Path

import pytest

from pact_desktop.i18n.catalog import Catalog
from pact_desktop.interchange.translating import drift, fill, main, missing, update

ROOT = Path(__file__).parents[2]
SOURCE = '''"""A module."""
tr("Nurse")
msg("Wait {seconds} s.")
trn("{n} day", "{n} days", 3)
# Translators: on a button.
ptr("button", "Open")
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout: one module, one form, one content folder."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "pact_desktop" / "documents").mkdir(parents=True)
    (tmp_path / "pact_desktop" / "desktop.py").write_text(SOURCE, encoding="utf-8")
    paper = 'catalog.gettext("Referral for support")\n'
    (tmp_path / "pact_desktop" / "documents" / "paper.py").write_text(paper, encoding="utf-8")
    card = 'catalog.gettext("You are welcome here")\n'
    (tmp_path / "pact_desktop" / "documents" / "patient_card.py").write_text(card, encoding="utf-8")
    (tmp_path / "ui" / "screens").mkdir(parents=True)
    form = '<ui version="4.0"><class>TodayView</class><string>Today</string></ui>'
    (tmp_path / "ui" / "screens" / "today.ui").write_text(form, encoding="utf-8")
    pack = ROOT / "indicator_sets" / "participants" / "XK"
    shutil.copytree(pack, tmp_path / "indicator_sets" / "participants" / "XK")
    for path in (tmp_path / "indicator_sets").rglob("*.po"):
        path.unlink()
    update(tmp_path)
    return tmp_path


def finished(root: Path, tag: str) -> list[dict[str, object]]:
    """The list as a diligent translator gives it back."""
    entries = missing(root, tag)
    for entry in entries:
        if "texts" in entry:
            entry["texts"] = [f"Ж{entry['plural']}" for _ in entry["texts"]]
        else:
            entry["text"] = f"Ж{entry['id']}"
    return entries


def test_a_finished_list_leaves_nothing_missing(checkout: Path) -> None:
    """Program and content through one file."""
    entries = finished(checkout, "mk")
    assert {str(entry["file"]).split("/")[0] for entry in entries} == {
        "translations",
        "indicator_sets",
    }
    assert fill(checkout, "mk", entries) == []
    assert missing(checkout, "mk") == []
    catalog = Catalog.load("mk", checkout / "translations")
    assert catalog.gettext("Nurse") == "ЖNurse"
    assert catalog.pgettext("TodayView", "Today") == "ЖToday"
    assert catalog.ngettext("{n} day", "{n} days", 1).format(n=1) == "Ж1 days"


def test_what_is_wrong_is_left_out_and_said(checkout: Path) -> None:
    """The rest is kept."""
    entries = finished(checkout, "mk")
    for entry in entries:
        if entry["id"] == "Wait {seconds} s.":
            entry["text"] = "Чекајте {секунди}"
        if entry["id"] == "{n} day":
            entry["texts"] = ["една форма"]
    problems = fill(checkout, "mk", [*entries, {"id": "gone", "context": None, "text": "x"}])
    assert len(problems) == 3
    assert {entry["id"] for entry in missing(checkout, "mk")} == {"Wait {seconds} s.", "{n} day"}


def test_paper_and_card_languages_get_only_their_own(checkout: Path) -> None:
    """Nobody translates a screen that is never shown in that language."""
    program = {
        tag: {entry["id"] for entry in missing(checkout, tag) if "translations" in entry["file"]}
        for tag in ("mk", "bs-Latn", "ar")
    }
    assert program["bs-Latn"] == {"Referral for support", "You are welcome here"}
    assert program["ar"] == {"You are welcome here"}
    assert program["mk"] > program["bs-Latn"]


def test_plural_forms_come_with_numbers(checkout: Path) -> None:
    """So that a translator need not read the rule."""
    forms = {
        tag: next(entry["texts_are_for"] for entry in missing(checkout, tag) if entry["plural"])
        for tag in ("mk", "sr-Cyrl")
    }
    assert forms["mk"] == ["1, 21, 31, 41", "0, 2, 3, 4"]
    assert [form.split(",")[0] for form in forms["sr-Cyrl"]] == ["1", "2", "0"]


def test_a_changed_source_is_noticed_and_taken_over(checkout: Path) -> None:
    """Old translations stay where the English stayed."""
    fill(checkout, "mk", finished(checkout, "mk"))
    update(checkout)
    assert drift(checkout) == []
    module = checkout / "pact_desktop" / "desktop.py"
    module.write_text(SOURCE.replace('tr("Nurse")', 'tr("Doctor")'), encoding="utf-8")
    assert drift(checkout)
    update(checkout)
    assert {entry["id"] for entry in missing(checkout, "mk")} == {"Doctor"}
    assert "Nurse" not in (checkout / "translations" / "pact_desktop.pot").read_text("utf-8")


def test_latin_serbian_follows_cyrillic(checkout: Path) -> None:
    """Without anybody's hand."""
    fill(checkout, "sr-Cyrl", finished(checkout, "sr-Cyrl"))
    update(checkout)
    latin = Catalog.load("sr-Latn", checkout / "translations")
    assert latin.gettext("Nurse") == "ŽNurse"


def test_a_reviewer_stays_in_the_file(checkout: Path) -> None:
    """Whatever else is brought up to date."""
    path = checkout / "translations" / "mk" / "pact_desktop.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("nobody yet", "A. B., doctor, 2027"), encoding="utf-8")
    fill(checkout, "mk", finished(checkout, "mk"))
    update(checkout)
    assert Catalog.load("mk", checkout / "translations").reviewed_by == "A. B., doctor, 2027"


def test_the_command_speaks_json(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Out and in again by file."""
    assert main(["--missing", "sq"], checkout) == 0
    entries = json.loads(capsys.readouterr().out)
    for entry in entries:
        entry["text"] = entry["id"]
        entry["texts"] = [entry["plural"]] * 2 if entry["plural"] else None
    file = checkout / "done.json"
    file.write_text(json.dumps(entries), encoding="utf-8")
    assert main(["--fill", "sq", str(file)], checkout) == 0
    assert "texts put into sq" in capsys.readouterr().out
    assert main(["--fill", "sr-Latn", str(file)], checkout) == 1
    assert main(["--check"], checkout) == 0


def test_a_file_outside_is_never_written(checkout: Path) -> None:
    """Only what belongs to the two folders of words."""
    stranger = {"file": "../outside.po", "context": None, "id": "Nurse", "text": "x"}
    content = {"file": "indicator_sets/../../x.po", "context": "name", "id": "y", "text": "z"}
    assert fill(checkout, "mk", [content]) == ["name: no such text any more"]
    fill(checkout, "mk", [stranger])
    assert not (checkout.parent / "outside.po").exists()
