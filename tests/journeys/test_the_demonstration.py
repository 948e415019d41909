# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration, as a stranger runs it: three visits to their papers, nothing left behind."""

import re
import tempfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from pact_desktop.main import main

PAPERS = ("en", "mk", "sq", "sr-Cyrl", "sr-Latn", "bs-Latn", "cnr-Latn")
FORBIDDEN = re.compile(
    r"victim|traffick|exploit|žrtv|жртв|trgovin|трговиј|трговин|viktim|trafik", re.IGNORECASE
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run for all looks at its papers: screen in Macedonian, paper in all languages."""
    out = tmp_path_factory.mktemp("demo")
    home = tmp_path_factory.mktemp("temporary")
    before, tempfile.tempdir = tempfile.tempdir, str(home)
    try:
        assert main(["demo", "--out", str(out), "--language", "mk"]) == 0
    finally:
        tempfile.tempdir = before
    assert list(home.iterdir()) == [], "the throw-away records are still there"
    return out


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def all_papers(papers: Path) -> list[Path]:
    found = sorted(papers.glob("*.pdf"))
    assert found
    return found


def test_every_paper_of_the_three_visits_is_there(papers: Path) -> None:
    """Two forms, consent page, notes, slips, a card in each language and in Arabic."""
    names = {path.name for path in all_papers(papers)}
    references = {name for name in names if re.fullmatch(r"\w{3}-\w{3}-\w\.pdf", name)}
    assert len(references) == 2
    assert {"consent.pdf", "visit-note.pdf", "visit-slip.pdf", "card-ar.pdf"} <= names
    assert {f"form-{paper}-preview.pdf" for paper in PAPERS if paper != "mk"} <= names
    assert {f"card-{paper}.pdf" for paper in PAPERS} <= names


def test_no_paper_says_what_a_companion_must_not_read(papers: Path) -> None:
    """Not in the text, not in the title, not in the name of the file."""
    for path in all_papers(papers):
        info = PdfReader(path).metadata
        words = " ".join(str(value) for value in (info or {}).values())
        assert not FORBIDDEN.search(path.name), path.name
        assert not FORBIDDEN.search(words), path.name
        assert not FORBIDDEN.search(text_of(path)), path.name


def test_the_minimum_form_names_nobody(papers: Path) -> None:
    """Neither the patient's name nor what she said leaves on one page."""
    for path in papers.glob("???-???-?.pdf"):
        words = text_of(path)
        for secret in ("Al-Hassan", "Layla", "Đorđević", "Milica", "passport"):
            assert secret not in words, path.name


def test_every_font_is_embedded(papers: Path) -> None:
    """The paper looks the same on any computer."""
    for path in all_papers(papers):
        for page in PdfReader(path).pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                shown = font.get_object()
                kids = shown.get("/DescendantFonts", [shown])
                descriptor = kids[0].get_object()["/FontDescriptor"].get_object()
                assert "/FontFile2" in descriptor, path.name


def test_what_is_issued_is_in_the_language_of_the_screen(papers: Path) -> None:
    """Nobody asked for another one."""
    for path in papers.glob("???-???-?.pdf"):
        assert re.search("[а-шѓѕјљњќџ]{3}", text_of(path).casefold()), path.name


def test_the_form_reads_in_the_language_of_the_paper(papers: Path) -> None:
    """A Serbian form has Serbian words, whatever the screen speaks."""
    cyrillic = text_of(papers / "form-sr-Cyrl-preview.pdf")
    latin = text_of(papers / "form-sr-Latn-preview.pdf")
    assert "подршк" in cyrillic.casefold()
    assert "podršk" in latin.casefold()
    # A name that the facility typed stays as it is.
    own_words = latin.replace("Здравствен дом Подбрдо", "")
    assert not re.search("[а-шђјљњћџ]{3}", own_words.casefold())
