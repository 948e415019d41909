# SPDX-License-Identifier: GPL-3.0-or-later
"""One mark of the body map, described: place, kind, size, look, and the patient's own words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.cards import Card
from pact_desktop.desktop.widgets.editors import Combo, LineEdit
from pact_desktop.desktop.widgets.fields import Field
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.ticks import TickBox
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.body_map import APPEARANCES
from pact_desktop.domain.screening import LONGEST_MARK_MM, MarkKind
from pact_desktop.domain.text import TypedField
from pact_desktop.terms import appearance_term, term

Place = str
"""`front:left-wrist`: a view and a place on it."""


@dataclass(frozen=True, slots=True)
class MarkText:
    """What stands in the fields; kind and place are None until they are chosen."""

    place: Place | None = None
    kind: MarkKind | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    appearance: str = ""
    tender: bool = False
    photo_consented: bool = False
    own_words: str = field(default="", repr=False)


class MarkEditor(Card):
    """Kept as soon as place and kind are known; a wrong number is said at its field.

    Signals:
        changed: what stands in the fields.
        removed: take this mark away.
    """

    changed = Signal(object)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._typing = TypingPause(self)
        self._sizes: tuple[int | None, int | None] = (None, None)
        self._typing.timeout.connect(self._send)
        self.head = PlainLabel(role="subtitle")
        self.tender, self.photo = TickBox(), TickBox()
        self.remove = ActionButton(kind="small", icon_name="trash")
        self.place, self.kind, self.look = Combo(), Combo(), Combo()
        self.length, self.width_edit, self.own_words = LineEdit(), LineEdit(), LineEdit()
        self.fields = {
            name: Field("", editor)
            for name, editor in (
                ("place", self.place), ("kind", self.kind), ("length", self.length),
                ("width", self.width_edit), ("look", self.look), ("own_words", self.own_words),
            )
        }  # fmt: skip
        self.fields["own_words"].setProperty("optional", True)  # noqa: FBT003 a property of the kit
        self.fields["own_words"].limit_to(TypedField.MARK)
        self._arrange()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.tender.setText(tr("Tender"))
        self.photo.setText(tr("Photo, with consent"))
        self.remove.setText(tr("Remove"))
        labels = {
            "place": tr("Place"), "kind": tr("Kind"), "length": tr("Length, mm"),
            "width": tr("Width, mm"), "look": tr("Colour and age"),
            "own_words": tr("Cause, in own words"),
        }  # fmt: skip
        for name, label in labels.items():
            self.fields[name].set_label(label)
        kind, look = self.kind.value(), self.look.value()
        kinds = [(value, term(catalog(), value)) for value in MarkKind]
        self.kind.set_options([(None, tr("Choose")), *kinds])
        self.look.set_options(
            [("", tr("Not described")), *((c, appearance_term(catalog(), c)) for c in APPEARANCES)]
        )
        self.kind.set_value(kind)
        self.look.set_value(look or "")

    # What is shown --------------------------------------------------------------------------

    def show_places(self, places: Sequence[tuple[Place, str]]) -> None:
        chosen = self.place.value()
        # Nothing is chosen by standing first: a mark is never put where nobody put it.
        self.place.set_options([(None, tr("Choose")), *places])
        self.place.set_value(chosen)

    def show_mark(self, heading: str, mark: MarkText, *, new: bool) -> None:
        """Shows a stored mark; fields that are being typed in are left alone, unless it is new.

        So is a size that cannot be one: it stays to be corrected.
        """
        self._sizes = mark.length_mm, mark.width_mm
        self.head.setText(heading)
        self.place.set_value(mark.place)
        self.kind.set_value(mark.kind)
        self.look.set_value(mark.appearance)
        self.tender.setChecked(mark.tender)
        self.photo.setChecked(mark.photo_consented)
        typed = (
            (self.length, _shown(mark.length_mm)),
            (self.width_edit, _shown(mark.width_mm)),
            (self.own_words, mark.own_words),
        )
        for editor, words in typed:
            wrong = editor is not self.own_words and _millimetres(editor.value()) == "wrong"
            if new or not (editor.hasFocus() or self._typing.isActive() or wrong):
                editor.setText(words)
        if new:
            self._typing.stop()
            self._say_problems()

    def set_answering(self, *, allowed: bool) -> None:
        for widget in (self.place, self.kind, self.look, self.tender, self.photo, self.remove):
            widget.setEnabled(allowed)
        for editor in (self.length, self.width_edit, self.own_words):
            editor.setReadOnly(not allowed)

    def hand_over(self) -> None:
        if self._typing.isActive():
            self._send()

    def text(self) -> MarkText:
        """What stands in the fields; a size that cannot be one leaves the size as it was."""
        typed = _millimetres(self.length.value()), _millimetres(self.width_edit.value())
        numbers = tuple(
            before if size == "wrong" else size
            for size, before in zip(typed, self._sizes, strict=True)
        )
        place, kind, look = self.place.value(), self.kind.value(), self.look.value()
        length, width = (n if isinstance(n, int) else None for n in numbers)
        return MarkText(
            place=place if isinstance(place, str) else None,
            kind=kind if isinstance(kind, MarkKind) else None,
            length_mm=length,
            width_mm=width,
            appearance=look if isinstance(look, str) else "",
            tender=self.tender.isChecked(),
            photo_consented=self.photo.isChecked(),
            own_words=self.own_words.value(),
        )

    # What the user does ---------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hand_over()
        return super().eventFilter(watched, event)

    def _send(self) -> None:
        self._typing.stop()
        self._say_problems()
        self.changed.emit(self.text())

    def _say_problems(self) -> None:
        problem = tr("Enter whole millimetres, from 1 to {longest}").format(longest=LONGEST_MARK_MM)
        for name, editor in (("length", self.length), ("width", self.width_edit)):
            wrong = _millimetres(editor.value()) == "wrong"
            self.fields[name].set_problem(problem if wrong else "")

    # Building -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        top = QHBoxLayout()
        space_out(top, gap=12)
        top.addWidget(self.head, 1)
        for widget in (self.tender, self.photo, self.remove):
            top.addWidget(widget)
        self.body.addLayout(top)
        grid = QGridLayout()
        space_out(grid, gap=10, down=8)
        # Fields of one row share the bottom edge, however long their labels are.
        bottom = Qt.AlignmentFlag.AlignBottom
        grid.addWidget(self.fields["place"], 0, 0, 1, 4, bottom)
        grid.addWidget(self.fields["kind"], 0, 4, 1, 3, bottom)
        grid.addWidget(self.fields["look"], 0, 7, 1, 3, bottom)
        grid.addWidget(self.fields["length"], 1, 0, 1, 2, bottom)
        grid.addWidget(self.fields["width"], 1, 2, 1, 2, bottom)
        grid.addWidget(self.fields["own_words"], 1, 4, 1, 6, bottom)
        for column in range(10):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def _connect(self) -> None:
        for combo in (self.place, self.kind, self.look):
            combo.chosen.connect(self._send)
        for tick in (self.tender, self.photo):
            tick.clicked.connect(self._send)
        for editor in (self.length, self.width_edit, self.own_words):
            editor.textEdited.connect(self._typing.key)
            editor.installEventFilter(self)
        self.remove.clicked.connect(self.removed)


def _shown(millimetres: int | None) -> str:
    return "" if millimetres is None else str(millimetres)


def _millimetres(typed: str) -> int | str | None:
    """A size; None when empty, `wrong` when it cannot be one."""
    words = typed.strip()
    if not words:
        return None
    if words.isdecimal() and 0 < int(words) <= LONGEST_MARK_MM:
        return int(words)
    return "wrong"
