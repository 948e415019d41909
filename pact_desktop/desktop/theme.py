# SPDX-License-Identifier: GPL-3.0-or-later
"""The current look: palette, fonts and style sheet, all made from the tokens."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pact_desktop.desktop import tokens
from pact_desktop.desktop.stylesheet import make_sheet
from pact_desktop.domain.errors import Fault, FaultCode

LIGHT: Final = "light"
DARK: Final = "dark"
CONTRAST: Final = "contrast"
"""The system asks for high contrast: its own colours, no style sheet."""
SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class Theme:
    """A name of the list above and a text size in percent."""

    name: str = LIGHT
    scale: int = 100


_state: dict[str, Theme] = {"theme": Theme(), "before": Theme()}
_ROLES: Final = QPalette.ColorRole
_CONTRAST_ROLES: Final = {
    "canvas": _ROLES.Window,
    "surface": _ROLES.Base,
    "sunken": _ROLES.Window,
    "rail": _ROLES.Window,
    "chrome": _ROLES.Window,
    "accent": _ROLES.Highlight,
    "accentHover": _ROLES.Highlight,
    "accentPress": _ROLES.Highlight,
    "onAccent": _ROLES.HighlightedText,
    "accentSoft": _ROLES.Base,
    "neutralFill": _ROLES.Base,
    "selection": _ROLES.Highlight,
    "focusInner": _ROLES.Window,
}


def current() -> Theme:
    return _state["theme"]


def scale_before() -> int:
    """The text size before the last change; what was built until then has it."""
    return _state["before"].scale


def resolve(wanted: str) -> str:
    """The theme to draw when the settings say `wanted`; high contrast always wins."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    if wanted in {LIGHT, DARK}:
        return wanted
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def running_application() -> QApplication:
    """The one application; raises LookupError before it is made."""
    match QApplication.instance():
        case QApplication() as app:
            return app
    raise LookupError("no application is running")


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dresses every open and future window; costs about a tenth of a second with one open."""
    resolved = Theme(resolve(theme.name), theme.scale)
    _state["before"], _state["theme"] = _state["theme"], resolved
    load_fonts()
    app.setStyle("Fusion")
    hints = app.styleHints()
    if resolved.name == CONTRAST:
        hints.unsetColorScheme()
        app.setPalette(QPalette())
        app.setFont(font("body"))
        app.setStyleSheet("")
        return
    # Both: the title bar follows the hint, the widgets follow the palette.
    dark = resolved.name == DARK
    hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    app.setPalette(_palette(resolved.name))
    app.setFont(font("body"))
    app.setStyleSheet(make_sheet(resolved.name, resolved.scale))


def colour(token: str) -> QColor:
    theme = current()
    if theme.name == CONTRAST:
        role = _CONTRAST_ROLES.get(token, _ROLES.WindowText)
        return QGuiApplication.palette().color(role)
    return QColor(tokens.colour_value(token, theme.name))


def scaled(pixels: float) -> int:
    return round(pixels * current().scale / 100)


def size(token: str) -> int:
    return scaled(tokens.number("size", token))


def space(token: str) -> int:
    return scaled(tokens.number("space", token))


def radius(token: str) -> int:
    return scaled(tokens.number("radius", token))


def reflow(token: str) -> int:
    """A width of the window at 100 percent below which something folds."""
    return tokens.number("window", token)


def font(role: str, *, bold: bool | None = None) -> QFont:
    """The font of a role at the current text size; `bold` overrides the weight of the role."""
    heavy = tokens.is_bold(role) if bold is None else bold
    return _font(scaled(tokens.type_size(role)), heavy=heavy)


@cache
def _font(pixels: int, *, heavy: bool) -> QFont:
    made = QFont(load_fonts())
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
    return made


def table_font(role: str) -> QFont:
    """The font of a role with figures of equal width, for columns of numbers."""
    made = QFont(font(role))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def load_fonts() -> str:
    """Registers the bundled family from memory and gives its name; raises Fault(FONT_MISSING)."""
    family = ""
    for face in ("Regular", "Bold"):
        try:
            data = import_module(f"pymupdf_fonts.FiraGO_{face}").fontbuffer
        except ImportError:
            raise Fault(FaultCode.FONT_MISSING) from None
        number = QFontDatabase.addApplicationFontFromData(data)
        if number < 0:
            raise Fault(FaultCode.FONT_MISSING)
        family = family or QFontDatabase.applicationFontFamilies(number)[0]
    return family


def _palette(theme_name: str) -> QPalette:
    palette = QPalette()
    listed = dict(tokens.tokens()["palette"])
    disabled = listed.pop("Disabled")
    for role, token in listed.items():
        palette.setColor(_ROLES[role], QColor(tokens.colour_value(token, theme_name)))
    for role, token in disabled.items():
        value = QColor(tokens.colour_value(token, theme_name))
        palette.setColor(QPalette.ColorGroup.Disabled, _ROLES[role], value)
    return palette


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Changes a property that the style sheet looks at; the old look would stay otherwise."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
