# SPDX-License-Identifier: GPL-3.0-or-later
"""A form fills the view that declares its widgets, or says at once what is wrong with it."""

from pathlib import Path

import pytest
from babel.messages import Catalog as PoCatalog
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import forms, theme
from pact_desktop.desktop.forms import fit_layouts, load_form
from pact_desktop.desktop.translator import speak
from pact_desktop.desktop.widgets import ActionButton, Card, Field, LineEdit, PlainLabel
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.i18n.catalog import Catalog

FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Trial</class>
<widget class="QWidget" name="Trial"><layout class="QVBoxLayout" name="column">
<property name="leftMargin"><number>20</number></property>
<item><widget class="PlainLabel" name="title">
<property name="text"><string>Good morning</string></property>
<property name="role" stdset="0"><string notr="true">title</string></property></widget></item>
<item><widget class="Field" name="family_field">
<property name="label"><string>Family name</string></property>
<layout class="QVBoxLayout" name="in_field"><item>
<widget class="LineEdit" name="family"/></item></layout></widget></item>
<item><widget class="Card" name="card"><property name="heading"><string>Name</string></property>
<layout class="QVBoxLayout" name="in_card"><item>
<widget class="ActionButton" name="save"><property name="text"><string>Save</string></property>
<property name="kind"><string notr="true">primary</string></property></widget>
</item></layout></widget></item>
</layout></widget>
<customwidgets>
<customwidget><class>PlainLabel</class><extends>QLabel</extends><header>kit</header></customwidget>
<customwidget><class>LineEdit</class><extends>QLineEdit</extends><header>kit</header></customwidget>
<customwidget><class>ActionButton</class><extends>QPushButton</extends><header>kit</header></customwidget>
<customwidget><class>Field</class><extends>QWidget</extends><header>kit</header><container>1</container></customwidget>
<customwidget><class>Card</class><extends>QFrame</extends><header>kit</header><container>1</container></customwidget>
</customwidgets></ui>
"""


class TrialView(QWidget):
    """What the form is loaded into."""

    title: PlainLabel
    family: LineEdit
    family_field: Field
    card: Card
    save: ActionButton


class WrongView(QWidget):
    """Declares a widget that the form has as another class."""

    title: LineEdit


@pytest.fixture(autouse=True)
def trial_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forms come from a folder of this test."""
    (tmp_path / "screens").mkdir()
    path = tmp_path / "screens" / "trial.ui"
    path.write_text(FORM, encoding="utf-8")
    monkeypatch.setattr(forms, "shipped", lambda _name: tmp_path)
    return path


@pytest.fixture
def view(qtbot: QtBot) -> TrialView:
    made = TrialView()
    qtbot.addWidget(made)
    load_form(made, "trial")
    return made


def test_declared_widgets_are_there(view: TrialView) -> None:
    """Each annotation of the view becomes the widget of that name, as the kit's own class."""
    assert view.title.text() == "Good morning"
    assert type(view.family) is LineEdit
    assert view.save.property("kind") == "primary"


def test_a_field_finds_the_editor_of_the_form(view: TrialView) -> None:
    """Label and editor belong together without a line of code."""
    assert view.family_field.editor is view.family
    assert view.family.accessibleName() == "Family name"


def test_a_card_shows_the_heading_of_the_form(view: TrialView) -> None:
    """The heading stands first in the card's own layout."""
    layout = view.card.layout()
    assert layout is not None
    first = layout.itemAt(0)
    assert first is not None
    heading = first.widget()
    assert isinstance(heading, QLabel)
    assert heading.text() == "Name"


@pytest.mark.no_qt_log
@pytest.mark.parametrize("break_it", ["absent", "not a form", "wrong class"])
def test_a_bad_form_is_a_fault_at_once(qtbot: QtBot, trial_form: Path, break_it: str) -> None:
    """Nobody finds out later, with a patient in the room."""
    view: QWidget = WrongView() if break_it == "wrong class" else TrialView()
    qtbot.addWidget(view)
    if break_it == "absent":
        trial_form.unlink()
    elif break_it == "not a form":
        trial_form.write_text("", encoding="utf-8")
    with qtbot.captureExceptions(), pytest.raises(Fault) as fault:
        load_form(view, "trial")
    assert fault.value.code is FaultCode.FORM_INVALID


def test_strings_of_a_form_follow_the_language(qapp: QApplication, view: TrialView) -> None:
    """Another language changes an open form, also the words of the kit's own widgets."""
    words = PoCatalog(locale="sq")
    for english, albanian in (("Good morning", "Mirëmëngjes"), ("Family name", "Mbiemri")):
        words.add(english, albanian, context="Trial")
    speak(qapp, Catalog.from_po("sq", words))
    qapp.processEvents()
    assert view.title.text() == "Mirëmëngjes"
    assert view.family.accessibleName() == "Mbiemri"
    assert view.save.text() == "Save"


def test_margins_grow_with_the_text(qapp: QApplication, view: TrialView) -> None:
    """A form is drawn at 100 percent and fits itself to 150, and back."""
    layout = view.layout()
    assert layout is not None
    assert layout.contentsMargins().left() == 20
    theme.apply_theme(qapp, theme.Theme(scale=150))
    fit_layouts(view)
    assert layout.contentsMargins().left() == 30
    theme.apply_theme(qapp, theme.Theme())
    fit_layouts(view)
    assert layout.contentsMargins().left() == 20


def test_a_layout_made_in_code_grows_once(qapp: QApplication, qtbot: QtBot) -> None:
    """Built at 150 percent it has its gaps already; a form that holds it must not add more."""
    theme.apply_theme(qapp, theme.Theme(scale=150))
    view = TrialView()
    qtbot.addWidget(view)
    load_form(view, "trial")
    made = view.family_field.findChild(QHBoxLayout)
    assert made is not None
    assert made.spacing() == theme.space("s")
    card = Card(parent=view)
    edge = card.body.contentsMargins().left()
    assert edge == theme.space("l")
    theme.apply_theme(qapp, theme.Theme())
    fit_layouts(view, theme.scale_before())
    assert (made.spacing(), card.body.contentsMargins().left()) == (
        theme.space("s"),
        theme.space("l"),
    )
