# SPDX-License-Identifier: GPL-3.0-or-later
"""Entering an answer: the reference as it stands on the slip, then digits and Enter."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.screens.follow_up.answers import AnswerOption, option_of
from pact_desktop.desktop.widgets import (
    ActionButton,
    ChoiceRows,
    Field,
    LineEdit,
    NoteLine,
    PlainLabel,
    ScrollPage,
    announce,
)
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr
from pact_desktop.domain.referral import ReferralStatus

_WIDTH: Final = 620
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LEAST: Final = 88
"""Two answers are always in sight, the others scroll."""
_COLUMNS: Final = 2
_ONE_COLUMN: Final = 6
"""As many codes stand below one another; more of them in two columns, as on the slip."""
_LIKE_LATIN: Final = str.maketrans("АВЕЅЈКМНРСТХУ", "ABESJKMHPCTXY")
"""Letters of a Cyrillic keyboard that look as the slip shows them."""


class AnswerDialog(FormDialog):
    """One referral, one answer. Nothing is stored before the main button or Enter.

    Signals:
        reference_typed: what stands there now, and whether the person has finished typing it.
    """

    reference_typed = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._options: tuple[AnswerOption, ...] = ()
        self.reference = LineEdit()
        self.reference_field = Field("", self.reference)
        self.found = NoteLine(icon="check-circle", tone="ok")
        self.heading = PlainLabel(role="label")
        self.change = ActionButton(kind="quiet")
        self.statuses, self.codes = ChoiceRows(), ChoiceRows()
        self.problem = NoteLine(icon="warning-circle", tone="alert", bold=True)
        self._rows = ScrollPage()
        self.main.set_key_cap("Enter")
        self._arrange()
        self.reference.textEdited.connect(self._edited)
        self.statuses.chosen.connect(self._choose_status)
        self.codes.chosen.connect(lambda _code: self.show_problem(""))
        self.change.clicked.connect(self._back_to_statuses)
        self.rejected.connect(self._forget)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        space_out(head, gap=8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.change)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        space_out(column)
        column.addWidget(self.statuses)
        column.addWidget(self.codes)
        column.addStretch(1)
        self._rows.setWidget(self._inside)
        self.body.addWidget(self.reference_field)
        self.body.addWidget(self.found)
        self.body.addLayout(head)
        self.body.addWidget(self._rows)
        self.body.addWidget(self.problem)

    # What the presenter shows ---------------------------------------------------------------

    def ask(self, reference: str = "") -> None:
        """Opens empty for the next slip, or with the reference of a chosen referral."""
        self.word(tr("Enter the answer"), "", safe=tr("Go back"), main=tr("Record the answer"))
        self.reference_field.set_label(tr("Reference on the slip"))
        self.change.setText(tr("Another answer"))
        self.statuses.set_label(tr("Answer"))
        self.reference.setText(reference)
        self.show_nothing()
        self.setFixedWidth(min(theme.scaled(_WIDTH), self._over.window().width() - 32))
        self.show_over()
        self.reference.setFocus()

    def show_nothing(self, problem: str = "") -> None:
        """No referral yet; `problem` is what to do about the reference."""
        self._options = ()
        self.found.hide()
        self.show_problem("")
        self.reference_field.set_hint(tr("Seven characters, with or without the lines between."))
        self.reference_field.set_problem(problem)
        if problem:
            announce(self.reference, problem, at_once=True)
        self.statuses.set_options(())
        self._show_rows(None)

    def show_found(
        self,
        reference: str,
        words: str,
        offered: Sequence[AnswerOption],
        chosen: ReferralStatus | None = None,
    ) -> None:
        """The referral is known: the answers that may come next, the first in focus."""
        self._options = tuple(offered)
        self.reference.setText(reference)
        self.reference_field.set_problem("")
        self.reference_field.set_hint("")
        self.found.set_text(words)
        self.found.show()
        announce(self.found, words)
        self.statuses.set_options([(option.status, option.words) for option in offered])
        self.statuses.set_value(chosen)
        self._show_rows(self._chosen_option())

    def show_problem(self, words: str) -> None:
        self.problem.set_text(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.problem, words, at_once=True)
        self._fit_rows()

    def show_storing(self, *, storing: bool) -> None:
        """While the store works, Enter cannot send the same answer again."""
        self.main.setEnabled(not storing)

    @property
    def status(self) -> ReferralStatus | None:
        value = self.statuses.value()
        return value if isinstance(value, ReferralStatus) else None

    @property
    def code(self) -> str | None:
        """Empty where the answer has none; None while one must still be chosen."""
        option = self._chosen_option()
        if option is None or not option.codes:
            return ""
        value = self.codes.value()
        return value if isinstance(value, str) else None

    # Inside ---------------------------------------------------------------------------------

    def _chosen_option(self) -> AnswerOption | None:
        return option_of(self.status, self._options)

    def _edited(self, text: str) -> None:
        shown = text.upper().translate(_LIKE_LATIN)
        if shown != text:
            place = self.reference.cursorPosition()
            self.reference.setText(shown)
            self.reference.setCursorPosition(place)
        self.reference_typed.emit(shown, False)  # noqa: FBT003 (a signal has no names)

    def _choose_status(self) -> None:
        self.show_problem("")
        option = self._chosen_option()
        if option is not None and option.codes:
            self._show_rows(option)

    def _back_to_statuses(self) -> None:
        self.statuses.clear()
        self._show_rows(None)

    def _show_rows(self, option: AnswerOption | None) -> None:
        """The answers; or, once one is chosen that has reasons or outcomes, those."""
        coded = option is not None and bool(option.codes)
        codes = option.codes if option is not None else ()
        columns = _COLUMNS if len(codes) > _ONE_COLUMN else 1
        self.codes.set_options(codes, columns=columns)
        self.codes.clear()
        self.codes.setVisible(coded)
        self.statuses.setVisible(not coded)
        self.heading.setText(option.heading if option and coded else tr("What was answered?"))
        self.codes.set_label(self.heading.text())
        self.heading.setVisible(bool(self._options))
        self.change.setVisible(coded)
        self._rows.setVisible(bool(self._options))
        self._fit_rows()
        if self._options:
            (self.codes if coded else self.statuses).focus_here()

    def _fit_rows(self) -> None:
        """When all of it is laid out: how high the answers are is known only then."""
        QTimer.singleShot(0, self, self._give_height)

    def _give_height(self) -> None:
        """As high as the answers are, and no higher than the window has room for."""
        inner, layout = self._inside.layout(), self.layout()
        if inner is None or layout is None:
            return
        # What was shown or hidden is told upwards level by level; all of it counts here.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        needed = inner.totalHeightForWidth(self._rows.viewport().width())
        around = layout.totalHeightForWidth(self.width()) - self._rows.height()
        room = self._over.window().height() - around - 2 * theme.space("l")
        self._rows.setFixedHeight(max(min(needed, room), theme.scaled(_LEAST)))
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        self._stay_inside()
        at = self.focusWidget()
        if self._inside.isAncestorOf(at):
            self._rows.ensureWidgetVisible(at, 0, theme.space("s"))

    def _stay_inside(self) -> None:
        """It grows downwards, and moves up only when the window ends."""
        over, frame = self._over.window().frameGeometry(), self.frameGeometry()
        lowest = over.bottom() - frame.height() - theme.space("s")
        top = max(min(frame.top(), lowest), over.top())
        self.move(frame.left(), top)

    def _forget(self) -> None:
        self.reference.clear()
        self.show_nothing()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: from the reference to the answers, from an answer to the record."""
        if Qt.Key(event.key()) not in _ENTER:
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        if isinstance(at, QPushButton):
            at.click()
        elif at is self.reference or not self._options:
            typed = self.reference.text()
            self.reference_typed.emit(typed, True)  # noqa: FBT003 (a signal has no names)
        elif self.main.isEnabled():
            self.confirmed.emit()
