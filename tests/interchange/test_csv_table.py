# SPDX-License-Identifier: GPL-3.0-or-later
"""No cell of a table is ever run as a formula, and none is lost."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.interchange.csv_table import cell, csv_table


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1+1",
        "\t=1+1",
        "\r=1+1",
        "\x00=1+1",
        "\u200b=1+1",
        "\ufeff=1+1",
        "\u202e=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "\u00a0=1+1",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("file://x";"y")',
    ],
)
def test_formula_is_text(text: str) -> None:
    """Also behind what cannot be seen."""
    assert cell(text).startswith("'")
    ((found,),) = read(csv_table([text], []))
    assert found.startswith("'")


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=8))
def test_every_table_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    """Whatever is in a cell, it moves nothing into another one."""
    found = read(csv_table(["a", "b", "c"], rows))
    assert found == [["a", "b", "c"], *([cell(text) for text in row] for row in rows)]
    for row in found:
        for text in row:
            assert text.lstrip()[:1] not in set("=+-@＝＋－＠")
            assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in text)


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    """In every script; only composed letters are written as one."""
    assert cell(text) == unicodedata.normalize("NFC", text)


def test_office_programs_see_letters_and_columns() -> None:
    """UTF-8 with its mark, semicolons, everything quoted, lines as Windows ends them."""
    data = csv_table(["Ko", "Šta"], [["Ђорђевић", 'a;"b"']])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == '"Ko";"Šta"\r\n"Ђорђевић";"a;""b"""\r\n'
