# SPDX-License-Identifier: GPL-3.0-or-later
"""All widgets of the kit on one page, as on the mock-up of the components."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets import (
    ActionButton,
    Avatar,
    Banner,
    Card,
    Chip,
    Combo,
    EmptyState,
    ErrorSummary,
    Field,
    LineEdit,
    PassphraseEdit,
    PlainLabel,
    ProgressLine,
    RadioRow,
    Segments,
    TickBox,
)


def build_gallery() -> QWidget:
    page = QWidget()
    page.setProperty("kind", "canvas")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    page.setFixedSize(1366, 768)
    column = QVBoxLayout(page)
    column.setContentsMargins(28, 18, 28, 26)
    column.setSpacing(10)
    column.addWidget(PlainLabel("Components", role="title"))
    top = QHBoxLayout()
    top.setSpacing(32)
    top.addLayout(_controls(), 2)
    top.addLayout(_messages(page), 1)
    column.addLayout(top, 1)
    column.addLayout(_pages())
    return page


def _row(widgets: Sequence[QWidget], gap: int = 8) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
    row.addStretch(1)
    return row


def _part(column: QVBoxLayout, heading: str, content: QLayout | QWidget) -> None:
    column.addWidget(PlainLabel(heading, role="overline"))
    if isinstance(content, QWidget):
        column.addWidget(content)
    else:
        column.addLayout(content)


def _controls() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(7)
    _part(column, "Buttons: one primary for each screen", _row(_buttons()))
    _part(column, "Answers: radio buttons drawn as segments", _row(_segments(), 16))
    fields = QHBoxLayout()
    fields.setSpacing(16)
    for field in _fields():
        fields.addWidget(field, 1)
    _part(column, "Fields", fields)
    _part(column, "State labels: word and icon, never colour alone", _row(_chips()))
    _part(column, "Choices", _choices())
    progress = ProgressLine()
    progress.set_inline(inline=True)
    progress.set_progress(6, 14, "6 of 14 answered")
    _part(column, "Progress", progress)
    column.addStretch(1)
    return column


def _buttons() -> list[QWidget]:
    disabled = ActionButton("Disabled")
    disabled.setEnabled(False)
    focused = ActionButton("Focused")
    focused.setObjectName("focused")
    return [
        ActionButton("Continue", kind="primary", key_cap="Ctrl Enter"),
        ActionButton("Secondary"),
        ActionButton("Quiet", kind="quiet"),
        ActionButton("With icon", icon_name="printer"),
        ActionButton("Remove", kind="danger", icon_name="trash"),
        disabled,
        focused,
    ]


def _segments() -> list[QWidget]:
    made: list[QWidget] = []
    for chosen, current in (("yes", False), ("no", False), ("not-seen", True)):
        options = [("yes", "Yes"), ("no", "No"), ("not-seen", "Not seen")]
        segments = Segments(options, strong=("yes",), label="Row")
        segments.set_value(chosen)
        segments.set_current(current)
        made.append(segments)
    return made


def _fields() -> list[QWidget]:
    age = Field("Age", LineEdit("170"))
    age.set_problem("Enter an age from 0 to 120")
    language = Combo()
    language.set_options([("rom", "Romani"), ("sq", "Albanian")])
    return [
        Field("Family name", LineEdit("Đorđević"), hint="As on the paper, if there is one"),
        age,
        Field("Language", language),
    ]


def _chips() -> list[QWidget]:
    return [
        Chip("Details"),
        Chip("2 of 7", tone="accent"),
        Chip("Finished", tone="ok", icon="check"),
        Chip("Paused", tone="caution", icon="pause"),
        Chip("Overdue by 1 day", tone="alert", icon="warning-circle"),
        Chip("Age not certain", tone="info", icon="info"),
        Chip("Invented", tone="practice", icon="graduation-cap"),
    ]


def _choices() -> QHBoxLayout:
    ticked, one = TickBox("Ticked"), RadioRow("One of several")
    other = RadioRow("Not chosen")
    ticked.setChecked(True)
    one.setChecked(True)
    for row in (one, other):
        row.setProperty("framed", False)  # noqa: FBT003 (Qt takes it so)
    line = QHBoxLayout()
    for widget in (ticked, TickBox("Not ticked"), one, other):
        line.addWidget(widget, 1)
    return line


def _messages(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    summary = ErrorSummary()
    summary.show_problems([("Enter the family name", page), ("Enter an age from 0 to 120", page)])
    _part(column, "Error summary: takes the focus", summary)
    column.addSpacing(12)
    banner = Banner(
        "Deputy contact person not set",
        text="Ask the manager to complete the facility page.",
        action_text="Details",
    )
    _part(column, "Banner: a lasting state", banner)
    column.addStretch(1)
    return column


def _pages() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(20)
    empty, dialog, locked = Card(), Card(), Card()
    empty.body.addWidget(
        EmptyState("No visits yet today", text="Register the first patient with Ctrl N.")
    )
    dialog.body.addStretch(1)
    dialog.body.addWidget(PlainLabel("Close the visit without printing?", role="number"))
    words = PlainLabel("The referral stays as a draft. You can print it later from Follow-up.")
    words.setWordWrap(True)
    dialog.body.addWidget(words)
    answers = QHBoxLayout()
    answers.addStretch(1)
    answers.addWidget(ActionButton("Go back"))
    answers.addWidget(ActionButton("Close visit", kind="primary"))
    dialog.body.addLayout(answers)
    dialog.body.addStretch(1)
    who = QHBoxLayout()
    who.addWidget(Avatar("Amra Hodžić"))
    names = QVBoxLayout()
    names.addWidget(PlainLabel("Amra Hodžić", role="subtitle"))
    names.addWidget(PlainLabel("Locked at 11:31. Your visit is kept as it was.", role="small"))
    who.addLayout(names, 1)
    locked.body.addLayout(who)
    locked.body.addWidget(Field("Password", PassphraseEdit()))
    unlock = QHBoxLayout()
    unlock.addWidget(ActionButton("Another user", kind="quiet"))
    unlock.addStretch(1)
    unlock.addWidget(ActionButton("Unlock", kind="primary", key_cap="Enter"))
    locked.body.addLayout(unlock)
    for card in (empty, dialog, locked):
        card.setFixedHeight(202)
        row.addWidget(card, 1)
    return row
