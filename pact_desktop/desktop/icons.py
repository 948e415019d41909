# SPDX-License-Identifier: GPL-3.0-or-later
"""Icons from the Phosphor font, drawn in a colour of the theme."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPixmap

from pact_desktop.desktop import theme
from pact_desktop.domain.errors import Fault, FaultCode

POINTING: Final = frozenset(
    {"arrow-left", "arrow-right", "caret-right", "paper-plane-tilt", "export", "list"}
)
"""Icons that point somewhere; they are mirrored where the text runs from right to left."""
_FONT_FILE: Final = "phosphor-1.3.0.ttf"
_NAMES_FILE: Final = "phosphor-charmap-1.3.0.json"


def paint_icon(
    painter: QPainter, box: QRectF, name: str, shade: QColor, *, mirrored: bool = False
) -> None:
    """Draws the icon into the box, whose height is its size; raises KeyError for no such name."""
    painter.save()
    if mirrored and name in POINTING:
        painter.translate(2 * box.center().x(), 0)
        painter.scale(-1, 1)
    face = QFont(_family())
    face.setPixelSize(max(1, round(box.height())))
    painter.setFont(face)
    painter.setPen(shade)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _glyphs()[name])
    painter.restore()


def pixmap(name: str, token: str = "text2", px: int = 18, *, mirrored: bool = False) -> QPixmap:
    """The icon as a picture at the current text size; raises KeyError for no such name."""
    edge = theme.scaled(px)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    return _drawn(name, theme.colour(token).name(), edge, ratio, mirrored=mirrored)


def icon(name: str, token: str = "text2", px: int = 18, *, mirrored: bool = False) -> QIcon:
    made = QIcon(pixmap(name, token, px, mirrored=mirrored))
    made.addPixmap(pixmap(name, "disabled", px, mirrored=mirrored), QIcon.Mode.Disabled)
    return made


@cache
def _drawn(name: str, shade: str, edge: int, ratio: float, *, mirrored: bool) -> QPixmap:
    picture = QPixmap(round(edge * ratio), round(edge * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, QRectF(0, 0, edge, edge), name, QColor(shade), mirrored=mirrored)
    painter.end()
    return picture


def _data(file_name: str) -> Path:
    """A data file of the icon package; its code is never imported, which would cost 0.3 s."""
    spec = find_spec("qtawesome")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise Fault(FaultCode.FONT_MISSING)
    return Path(places[0]) / "fonts" / file_name


@cache
def _glyphs() -> dict[str, str]:
    codes: dict[str, str] = json.loads(_data(_NAMES_FILE).read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_data(_FONT_FILE)))
    if number < 0:
        raise Fault(FaultCode.FONT_MISSING)
    return QFontDatabase.applicationFontFamilies(number)[0]
