# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever somebody typed is shown as it was typed; no widget reads markup or opens a file."""

import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import theme
from pact_desktop.desktop.frame import Footer, Place, Step, User, VisitFrame
from pact_desktop.desktop.frame_bars import FooterBar, Header, PatientBar
from pact_desktop.desktop.widgets import (
    FORM_CLASSES,
    ActionButton,
    Banner,
    BannerText,
    Card,
    Chip,
    ChipText,
    ChoiceRows,
    Column,
    Combo,
    CountRow,
    EmptyState,
    ErrorSummary,
    Field,
    LineEdit,
    NoteLine,
    PatientText,
    PlainLabel,
    ProgressLine,
    QuestionDialog,
    RadioRow,
    ReadAloud,
    Row,
    RowTable,
    Segments,
    TextArea,
    TickBox,
)
from pact_desktop.desktop.widgets.labels import tip
from pact_desktop.desktop.widgets.rails import PlaceRail, StepRail
from pact_desktop.desktop.widgets.toast import ToastLine

ROOT = Path(__file__).parents[2]
RED = '<font color="#ff0000" size="7">████████</font>'
"""Read as markup this paints pure red; as plain text it cannot."""
FORBIDDEN = re.compile(
    r"\b(?:QMessageBox|QInputDialog|QErrorMessage|QProgressDialog|QWizard|QTextBrowser|QTextEdit)\b"
    r"|\bQLabel\(|\.setHtml\(|\.setMarkdown\(|\.setWhatsThis\(|setTextFormat\((?!self|Qt\.TextFormat\.Plain)"
)


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    theme.apply_theme(qapp, theme.Theme())


def _table() -> RowTable:
    table = RowTable()
    table.set_columns([Column(RED), Column("Step", "chip")])
    table.set_rows([Row("a", (RED, ChipText(RED, "accent")))])
    return table


def _summary() -> ErrorSummary:
    summary = ErrorSummary()
    summary.show_problems([(RED, summary)])
    return summary


def _combo() -> Combo:
    combo = Combo()
    combo.set_options([(1, RED)])
    return combo


def _patient_text() -> PatientText:
    text = PatientText()
    text.show_text(RED, "ar")
    return text


def _read_aloud() -> ReadAloud:
    panel = ReadAloud()
    panel.set_languages([("ar", RED)])
    panel.set_texts(RED, RED, "ar")
    return panel


def _places() -> PlaceRail:
    rail = PlaceRail()
    rail.set_places([Place("a", RED, "house")])
    return rail


def _steps() -> StepRail:
    rail = StepRail()
    rail.set_steps([Step("a", RED, RED)])
    return rail


def _patient_bar() -> PatientBar:
    bar = PatientBar()
    bar.show_visit(VisitFrame(RED, RED, (ChipText(RED),)), narrow=False)
    return bar


def _header() -> Header:
    header = Header()
    header.show_facility(RED)
    header.show_user(User(RED, RED))
    return header


def _footer() -> FooterBar:
    footer = FooterBar()
    footer.show_footer(Footer(RED, RED, RED, RED, primary=RED))
    return footer


def _toast() -> ToastLine:
    toast = ToastLine()
    toast.show_toast(RED, RED)
    return toast


def _progress() -> ProgressLine:
    line = ProgressLine()
    line.set_progress(1, 2, RED)
    return line


def _banner() -> Banner:
    banner = Banner()
    banner.show_banner(BannerText(RED, RED, "info", RED))
    return banner


WIDGETS = {
    "label": lambda: PlainLabel(RED),
    "button": lambda: ActionButton(RED),
    "segments": lambda: Segments([(1, RED)], label=RED),
    "choices": lambda: ChoiceRows([(1, RED)]),
    "tick": lambda: TickBox(RED, hint=RED),
    "radio": lambda: RadioRow(RED, hint=RED, chip=RED),
    "field": lambda: Field(RED, LineEdit(RED), hint=RED),
    "area": lambda: TextArea(RED),
    "chip": lambda: Chip(RED),
    "card": lambda: Card(RED),
    "note": lambda: NoteLine(RED),
    "count": lambda: CountRow(RED, hint=RED),
    "empty": lambda: EmptyState(RED, text=RED),
    "question": lambda: QuestionDialog(RED, RED, [(RED, "primary")]),
    "banner": _banner,
    "combo": _combo,
    "table": _table,
    "summary": _summary,
    "patient text": _patient_text,
    "read aloud": _read_aloud,
    "places": _places,
    "steps": _steps,
    "patient bar": _patient_bar,
    "header": _header,
    "footer": _footer,
    "toast": _toast,
    "progress": _progress,
}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_red_name_stays_a_name(qtbot: QtBot, name: str) -> None:
    """No widget of the kit paints what markup in a name asks for."""
    widget = WIDGETS[name]()
    qtbot.addWidget(widget)
    widget.resize(640, max(widget.sizeHint().height(), 60))
    assert pure_red(widget) == 0


def test_the_test_itself_finds_red(qtbot: QtBot) -> None:
    """A label of Qt does read markup; if this one were not caught, nothing would be."""
    label = QLabel(RED)
    qtbot.addWidget(label)
    label.resize(640, 60)
    assert pure_red(label) > 0


def pure_red(widget: QWidget) -> int:
    """How many of the looked-at points are pure red; no theme has that colour."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    points = itertools.product(range(0, picture.width(), 3), range(picture.height()))
    return [picture.pixel(x, y) for x, y in points].count(0xFFFF0000)


def labels_that_read_markup(window: QWidget) -> list[str]:
    """Every label of a window that is not plain; the gate for whole windows."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in (window, *window.findChildren(QWidget))
        if isinstance(widget, QTextEdit)
        or (isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText)
    ]


def test_every_widget_of_the_kit_has_plain_labels(qtbot: QtBot) -> None:
    """Also the labels inside of composed widgets."""
    window = QWidget()
    column = QVBoxLayout(window)
    for make in FORM_CLASSES.values():
        column.addWidget(make(parent=window))
    qtbot.addWidget(window)
    assert labels_that_read_markup(window) == []


def test_a_label_cannot_be_talked_into_markup(qtbot: QtBot) -> None:
    """A form that asks for rich text gets plain text."""
    label = PlainLabel("<b>x</b>")
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.RichText)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_tooltip_shows_what_was_typed() -> None:
    """Tooltips of Qt read markup, so theirs is escaped."""
    assert tip("Đorđević, Milica") == "Đorđević, Milica"
    assert "<img" not in tip('<img src="//server/share/x.png">')


def test_no_window_uses_a_widget_that_reads_markup() -> None:
    """Message boxes, text browsers and bare labels have no place in the program."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "pact_desktop" / "desktop").rglob("*.py")
        for match in FORBIDDEN.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_tooltips_go_through_one_door() -> None:
    """Whoever sets a tooltip in Python escapes it."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "pact_desktop" / "desktop").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\.setToolTip\((?!tip\()", line)
    ]
    assert found == []


def test_forms_use_the_plain_label() -> None:
    """A QLabel in a form would guess the format of its text, and none may ask for another one."""
    found = [
        path.name
        for path in (ROOT / "ui" / "screens").glob("*.ui")
        if re.search(
            r'class="(?:QLabel|QTextEdit|QTextBrowser)"|"textFormat"', path.read_text("utf-8")
        )
    ]
    assert found == []
