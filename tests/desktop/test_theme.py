# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours, sizes and fonts come from the tokens, at every text size and in both themes."""

import itertools

import pytest
from PySide6.QtGui import QFontInfo, QPalette, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import icons, theme, tokens
from pact_desktop.desktop.stylesheet import make_sheet
from pact_desktop.desktop.widgets import ActionButton, PlainLabel


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("scale", tokens.scale_steps())
def test_the_sheet_has_no_open_place(name: str, scale: int) -> None:
    """Every name in the style sheet is a token."""
    sheet = make_sheet(name, scale)
    assert "$" not in sheet
    assert "size(" not in sheet


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_palette_follows_the_theme(qapp: QApplication, name: str) -> None:
    """Painted and styled widgets have the same ground."""
    theme.apply_theme(qapp, theme.Theme(name))
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("canvas")
    assert theme.colour("canvas").name().upper() == tokens.colour_value("canvas", name)


def test_sizes_grow_with_the_text(qapp: QApplication) -> None:
    """At 200 percent a button is twice as high and a word twice as large."""
    theme.apply_theme(qapp, theme.Theme(scale=200))
    assert theme.size("control") == 2 * tokens.number("size", "control")
    assert theme.font("body").pixelSize() == 2 * tokens.type_size("body")


def test_a_label_takes_the_size_of_its_role(qtbot: QtBot, qapp: QApplication) -> None:
    """A title is as large as the tokens say, before and after another text size."""
    label = PlainLabel("Today", role="title")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert QFontInfo(label.font()).pixelSize() == tokens.type_size("title")
    theme.apply_theme(qapp, theme.Theme(scale=150))
    label.ensurePolished()
    assert QFontInfo(label.font()).pixelSize() == theme.scaled(tokens.type_size("title"))


LETTERS = {
    "Albanian": "ëçËÇ",
    "Macedonian": "ЃѓЌќЅѕЉљЊњЏџЀѐЍѝ",
    "Serbian": "ЂђЋћЉљЊњЏџĐđŽžĆćČčŠš",
    "Montenegrin": "ŚśŹź",
    "Romani": "ǏǐŘřƵƶ",
    "Arabic": "كلماتقولهنايبقىبينناأآإئؤةى",
    "Urdu and Pashto": "ہےۓۍۀڵړ",
    "signs": "≤≥–…·“”’→",
}


@pytest.mark.parametrize("language", LETTERS)
def test_the_font_has_every_letter(language: str) -> None:
    """One bundled family writes all scripts, so no computer shows boxes."""
    for bold in (False, True):
        face = QRawFont.fromFont(theme.font("body", bold=bold))
        assert [
            letter for letter in LETTERS[language] if not face.supportsCharacter(ord(letter))
        ] == []


def test_every_icon_of_the_design_exists(qapp: QApplication) -> None:
    """Each name of the tokens is drawn, in its colour."""
    del qapp
    for name in tokens.tokens()["icons"]["names"]:
        picture = icons.pixmap(name, "accent").toImage()
        corners = itertools.product(range(picture.width()), range(picture.height()))
        assert any(picture.pixelColor(x, y).alpha() for x, y in corners), name


def test_only_pointing_icons_are_mirrored() -> None:
    """An arrow turns round where text runs from right to left; a tick and a phone do not."""
    assert (
        icons.pixmap("arrow-left").toImage() != icons.pixmap("arrow-left", mirrored=True).toImage()
    )
    for name in ("check", "phone", "clock"):
        assert icons.pixmap(name).toImage() == icons.pixmap(name, mirrored=True).toImage()


def test_high_contrast_takes_the_colours_of_the_system(qapp: QApplication) -> None:
    """No style sheet then, and painted widgets take their colours from the palette."""
    theme._state["theme"] = theme.Theme("contrast")  # noqa: SLF001 the system cannot be asked here
    try:
        palette = QApplication.palette()
        assert theme.colour("accent") == palette.color(QPalette.ColorRole.Highlight)
        assert theme.colour("text") == palette.color(QPalette.ColorRole.WindowText)
        assert not ActionButton("Save").grab().isNull()
    finally:
        theme.apply_theme(qapp, theme.Theme())
