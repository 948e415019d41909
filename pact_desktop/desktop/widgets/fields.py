# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields: a label above, a hint, the problem in words, and the editor below them."""

from PySide6.QtCore import Property, QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.editors import LineEdit, TextArea
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.length_note import LengthNote
from pact_desktop.desktop.widgets.notes import NoteLine
from pact_desktop.desktop.words import tr


class Field(QWidget):
    """Label, hint and problem above one editor; gives the editor its name."""

    def __init__(
        self,
        label: str = "",
        editor: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__(parent)
        self._label, self._hint, self._problem, self._optional = label, hint, "", optional
        self._editor: QWidget | None = None
        self._head = QWidget(self)
        self._name = PlainLabel(label, role="label")
        self._extra = PlainLabel("", role="caption")
        self._hint_label = PlainLabel(hint, role="small", tone="text3")
        self._problem_line = NoteLine(tone="alert", icon="warning-circle", bold=True)
        self._length = LengthNote()
        self._length.counted.connect(self._refresh)
        self._length.counted.connect(self._mark)
        self._build_head()
        if editor is not None:
            self._adopt_layout(QVBoxLayout(self))
            self.set_editor(editor)

    def _build_head(self) -> None:
        for label in (self._name, self._hint_label):
            label.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self._name, 1)
        row.addWidget(self._extra, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self._head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.scaled(2))
        column.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._hint_label)
        column.addWidget(self._problem_line)
        column.addWidget(self._length)
        self._refresh()

    def _adopt_layout(self, layout: QVBoxLayout) -> None:
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("xxs"))
        layout.insertWidget(0, self._head, 1)

    # Properties of a form -------------------------------------------------------------------

    def _get_label(self) -> str:
        return self._label

    def _set_label(self, label: str) -> None:
        self._label = label
        self._refresh()

    def _get_hint(self) -> str:
        return self._hint

    def _set_hint(self, hint: str) -> None:
        self._hint = hint
        self._refresh()

    def _get_optional(self) -> bool:
        return self._optional

    def _set_optional(self, optional: bool) -> None:  # noqa: FBT001 (a Qt property setter)
        self._optional = optional
        self._refresh()

    def _get_problem(self) -> str:
        return self._problem

    label = Property(str, _get_label, _set_label)
    hint = Property(str, _get_hint, _set_hint)
    optional = Property(bool, _get_optional, _set_optional)

    @property
    def editor(self) -> QWidget:
        if self._editor is None:
            self._find_editor()
        if self._editor is None:
            raise LookupError("a field holds one editor")
        return self._editor

    def problem(self) -> str:
        return self._problem

    def set_label(self, label: str) -> None:
        self._set_label(label)

    def set_hint(self, hint: str) -> None:
        self._set_hint(hint)

    def set_problem(self, words: str) -> None:
        """Shows what to do about this field, or nothing; the editor gets its red border."""
        self._problem = words
        self._refresh()
        self._mark()

    def limit_to(self, field: str) -> None:
        """Says at the field when its text comes near the limit, and when it is too long."""
        editor = self.editor
        if isinstance(editor, (LineEdit, TextArea)):
            self._length.watch(editor, field)

    def set_editor(self, editor: QWidget) -> None:
        layout = self.layout()
        if layout is not None and layout.indexOf(editor) < 0:
            layout.addWidget(editor)
        self._editor = editor
        self._name.setBuddy(_inner(editor))
        self.setFocusProxy(editor)
        self._refresh()

    def _mark(self) -> None:
        if self._editor is not None:
            wrong = bool(self._problem) or self._length.too_long
            theme.set_property(_inner(self._editor), "invalid", "true" if wrong else "false")

    # Inside ---------------------------------------------------------------------------------

    def form_loaded(self) -> None:
        self._find_editor()

    def _find_editor(self) -> None:
        """The editor a form put into the field."""
        layout = self.layout()
        if not isinstance(layout, QVBoxLayout):
            return
        items = (layout.itemAt(position) for position in range(layout.count()))
        inside = (item.widget() for item in items if item is not None)
        editor = next((w for w in inside if w is not None and w is not self._head), None)
        if layout.indexOf(self._head) < 0:
            self._adopt_layout(layout)
        if editor is not None:
            self.set_editor(editor)

    def _refresh(self) -> None:
        self._name.setText(self._label)
        self._name.setVisible(bool(self._label))
        self._extra.setText(tr("optional") if self._optional else "")
        self._hint_label.setText(self._hint)
        self._hint_label.setVisible(bool(self._hint))
        self._problem_line.set_text(self._problem)
        self._problem_line.setVisible(bool(self._problem))
        if self._editor is not None:
            inner = _inner(self._editor)
            inner.setAccessibleName(self._label.replace("&", ""))
            parts = (self._problem, self._length.words, self._hint)
            said = ". ".join(part for part in parts if part)
            inner.setAccessibleDescription(said)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()


def _inner(editor: QWidget) -> QWidget:
    """The widget that really takes the letters."""
    return editor.focusProxy() or editor
