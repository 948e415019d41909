# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame around the screens: header, rail, patient bar, content, footer; it folds by width."""

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.frame import Chrome, Footer, Place, User, VisitFrame
from pact_desktop.desktop.frame_bars import FooterBar, Header, PatientBar
from pact_desktop.desktop.navigator import Navigator
from pact_desktop.desktop.notices import Notices, Question, Toast
from pact_desktop.desktop.practice_bar import PracticeBar
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Banner,
    BannerText,
    NoteLine,
    PlainLabel,
    QuestionDialog,
    announce,
)
from pact_desktop.desktop.widgets.emergency_bar import EmergencyBar
from pact_desktop.desktop.widgets.log_alarm import LogAlarm
from pact_desktop.desktop.widgets.rails import PlaceRail, StepRail
from pact_desktop.desktop.widgets.tab_stops import first_stop
from pact_desktop.desktop.widgets.toast import ToastLine
from pact_desktop.desktop.words import tr


class Rail(QFrame):
    """Places outside a visit, steps inside one; never both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.places = PlaceRail()
        self.steps = StepRail()
        self.pause = ActionButton(kind="toolbar", icon_name="pause")
        self.stored = NoteLine(icon="hard-drives", tone="text2")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.places)
        self._column.addWidget(self.steps)
        self._column.addStretch(1)
        self._column.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addWidget(self.stored)
        self._compact = False
        self._fit()
        self.retranslate()

    def show_visit(self, visit: VisitFrame | None) -> None:
        inside = visit is not None and bool(visit.steps)
        self.places.setVisible(not inside)
        self.steps.setVisible(inside)
        self.pause.setVisible(visit is not None and visit.can_pause)
        self.stored.setVisible(not inside and not self._compact)
        if visit is not None:
            self.steps.set_steps(visit.steps)

    def set_compact(self, *, compact: bool) -> None:
        self._compact = compact
        self.places.set_compact(compact=compact)
        self.steps.set_compact(compact=compact)
        self.pause.set_compact(compact=compact)
        self._fit()

    def retranslate(self) -> None:
        self.pause.setText(tr("Pause visit"))
        self.pause.setAccessibleName(self.pause.text())
        self.stored.set_text(tr("Stored on this computer only"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fit(self) -> None:
        self.setFixedWidth(theme.size("rail_compact" if self._compact else "rail"))
        side = theme.space("xs" if self._compact else "m")
        align = Qt.AlignmentFlag.AlignHCenter if self._compact else Qt.AlignmentFlag.AlignLeading
        self._column.setAlignment(self.pause, align)
        self._column.setContentsMargins(side, theme.scaled(14), side, theme.space("m"))


class Shell(QWidget):
    """Everything the signed-in person sees; knows screens by name only."""

    find_requested = Signal()
    new_patient_requested = Signal()
    urgent_help_requested = Signal()
    cover_requested = Signal()
    user_menu_requested = Signal()
    private_changed = Signal(bool)

    def __init__(self, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QStackedWidget()
        self.navigator = Navigator(self._stack, self)
        self._screen: Screen | None = None
        self._facility = ""
        self.practice = PracticeBar()
        self.header = Header()
        self.alarm = LogAlarm()
        self.emergency = EmergencyBar()
        self.rail = Rail()
        self.patient_bar = PatientBar()
        self.banner = Banner()
        self.banner_area = QWidget()
        self.footer = FooterBar()
        self.toast = ToastLine(self)
        self._notices = notices
        self._banner_action: Callable[[], object] | None = None
        self._arrange()
        self._connect()
        self._shortcuts()

    # What the application tells the frame ---------------------------------------------------

    def set_places(self, places: Sequence[Place]) -> None:
        self.rail.places.set_places(places)

    def set_user(self, user: User) -> None:
        self.header.show_user(user)

    def set_facility(self, name: str) -> None:
        self.header.show_facility(name)

    def allow_find(self, *, allowed: bool) -> None:
        """Without the right the button is absent, not grey."""
        self.header.find_button.setVisible(allowed)

    @property
    def current(self) -> Screen | None:
        return self._screen

    def areas(self) -> list[QWidget]:
        """Areas that F6 visits in order, as far as they can be seen."""
        wanted = (self._stack, self.footer, self.rail, self.alarm, self.emergency, self.header)
        return [area for area in wanted if area.isVisible()]

    # Building -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        in_banner = QVBoxLayout(self.banner_area)
        edge = theme.space("xl")
        in_banner.setContentsMargins(edge, theme.space("m"), edge, 0)
        in_banner.addWidget(self.banner)
        self.banner_area.hide()
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        work = QVBoxLayout()
        work.setSpacing(0)
        work.addWidget(self.patient_bar)
        work.addWidget(self.banner_area)
        work.addWidget(self._stack, 1)
        work.addWidget(self.footer)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(work, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.practice)
        column.addWidget(self.header)
        column.addWidget(self.alarm)
        column.addWidget(self.emergency)
        column.addLayout(middle, 1)

    def _connect(self) -> None:
        self.navigator.changed.connect(self._show_screen)
        self.navigator.urgent_help_requested.connect(self.urgent_help_requested)
        self.navigator.places_changed.connect(self.set_places)
        self.rail.places.chosen.connect(self._go_to_place)
        self.rail.steps.chosen.connect(self._go_to_step)
        self.rail.pause.clicked.connect(self._pause)
        self.header.find_pressed.connect(self.find_requested)
        self.header.help_pressed.connect(self.urgent_help_requested)
        self.header.cover_pressed.connect(self.cover_requested)
        self.header.user_pressed.connect(self.user_menu_requested)
        self.footer.back_pressed.connect(self._back)
        self.footer.extra_pressed.connect(lambda: self._tell("extra_pressed"))
        self.footer.secondary_pressed.connect(lambda: self._tell("secondary_pressed"))
        self.footer.primary_pressed.connect(lambda: self._tell("primary_pressed"))
        self._notices.said.connect(self._say)
        self._notices.warned.connect(self._warn)
        self._notices.banner_cleared.connect(self.banner_area.hide)
        self._notices.asked.connect(self._ask)
        self.banner.action.connect(self._act)

    def _shortcuts(self) -> None:
        self._on("Ctrl+Return", self._primary)
        self._on("Ctrl+Enter", self._primary)
        self._on("Alt+Left", self._back)
        self._on("F1", lambda: self._tell("help_pressed"))
        self._on("F6", lambda: self._next_area(1))
        self._on("Shift+F6", lambda: self._next_area(-1))
        self._on("Ctrl+K", self._find)
        self._on("Ctrl+N", self._new)
        for number in range(1, 8):
            self._on(f"Alt+{number}", partial(self._press_step, number))

    def _on(self, keys: str, action: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    # What the user does ---------------------------------------------------------------------

    def _tell(self, signal: str) -> None:
        if self._screen is not None:
            getattr(self._screen, signal).emit()

    def _primary(self) -> None:
        footer = self._screen.footer if self._screen else Footer()
        if footer.lead == "secondary":
            if footer.secondary_enabled:
                self._tell("secondary_pressed")
        elif footer.primary_enabled:
            self._tell("primary_pressed")

    def _back(self) -> None:
        self._tell("back_pressed")

    def _find(self) -> None:
        if self.header.find_button.isVisible():
            self.find_requested.emit()

    def _new(self) -> None:
        self._tell("new_pressed")
        self.new_patient_requested.emit()

    def _pause(self) -> None:
        self._tell("pause_pressed")

    def _press_step(self, number: int) -> None:
        if self.rail.steps.isVisible():
            self.rail.steps.press(number)

    def _go_to_place(self, name: str) -> None:
        self.navigator.go(name)

    def _go_to_step(self, name: str) -> None:
        visit = self._screen.visit if self._screen else None
        if visit is not None:
            self.navigator.go(name, **visit.args)

    def _next_area(self, step: int) -> None:
        areas = self.areas()
        focused = QApplication.focusWidget()
        inside = [
            position
            for position, area in enumerate(areas)
            if isinstance(focused, QWidget) and area.isAncestorOf(focused)
        ]
        here = inside[0] if inside else 0
        for offset in range(1, len(areas) + 1):
            area = areas[(here + step * offset) % len(areas)]
            if area is self._stack and self._screen is not None:
                first = self._screen.first_focus() or first_stop(self._screen)
            else:
                first = first_stop(area)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    # What a screen shows --------------------------------------------------------------------

    def _show_screen(self, screen: Screen) -> None:
        if self._screen is not None and self._screen is not screen:
            self._screen.frame_changed.disconnect(self._refresh)
        if self._screen is not screen:
            screen.frame_changed.connect(self._refresh)
        self._screen = screen
        self._notices.clear_banner()
        self._refresh()
        screen.width_changed.emit(screen.logical_width())
        announce(screen, _title_of(screen))
        # Words alone have nothing to operate; the way back then stands ready.
        first = screen.first_focus() or first_stop(screen) or first_stop(self.footer)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        screen = self._screen
        if screen is None:
            return
        logical = screen.logical_width()
        narrow = logical < theme.reflow("one_column_below")
        compact = logical < theme.reflow("rail_compact_below")
        visit = screen.visit
        self.header.setVisible(screen.chrome is not Chrome.NONE)
        self.rail.setVisible(screen.chrome is Chrome.FULL)
        self.rail.set_compact(compact=compact)
        self.rail.show_visit(visit)
        self.rail.places.set_current(screen.place or screen.name)
        self.patient_bar.setVisible(visit is not None and not narrow)
        self.patient_bar.show_visit(visit, narrow=compact)
        self.header.set_width(logical, visit.patient if visit else "")
        self.header.show_private(private=screen.private)
        self.footer.show_footer(screen.footer)
        self.private_changed.emit(screen.private)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing else wanted takes the toast away."""
        if event.key() == Qt.Key.Key_Escape and self.toast.isVisible():
            self.toast.hide()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toast.place_above(self.height() - self.footer.height())
        self.reflow()

    def reflow(self) -> None:
        """Fits frame and screen to the width of the window and the size of its text."""
        self._refresh()
        if self._screen is not None:
            self._screen.width_changed.emit(self._screen.logical_width())

    # What the notices ask for ---------------------------------------------------------------

    def _say(self, toast: Toast) -> None:
        bottom = self.height() - (self.footer.height() if self.footer.isVisible() else 0)
        self.toast.place_above(bottom)
        self.toast.show_toast(toast.text, toast.action_text, toast.action)

    def _warn(self, banner: BannerText) -> None:
        self._banner_action = banner.action
        self.banner_area.show()
        self.banner.show_banner(banner)

    def _act(self) -> None:
        action = self._banner_action
        self._notices.clear_banner()
        if action is not None:
            action()

    def _ask(self, question: Question, done: Callable[[int], object]) -> None:
        before = QApplication.focusWidget()
        answers = [(answer.text, answer.kind) for answer in question.answers]
        dialog = QuestionDialog(
            question.title, question.text, answers, self.window(), safe=question.safe
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def answered(position: int) -> None:
            if isinstance(before, QWidget) and shiboken6.isValid(before):
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            done(position)

        dialog.answered.connect(answered)
        dialog.open()


def _title_of(screen: Screen) -> str:
    """The words on top of the screen, which a reader says before the first control."""
    title = screen.findChild(PlainLabel, "title")
    return title.text() if isinstance(title, PlainLabel) else ""
