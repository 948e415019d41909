# SPDX-License-Identifier: GPL-3.0-or-later
"""The one window: the frame, the cover over it, urgent help over both, and the keys for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeGuard

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pact_desktop.boot_clock import Seconds, since_boot
from pact_desktop.desktop import icons, theme
from pact_desktop.desktop.cover import CoverPage, HiddenWindows
from pact_desktop.desktop.focus_ring import FocusRing
from pact_desktop.desktop.forms import fit_layouts
from pact_desktop.desktop.frame_bars import Header
from pact_desktop.desktop.idle import IdleWatch
from pact_desktop.desktop.lock_triggers.reasons import LockReason
from pact_desktop.desktop.notices import Notices
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.shell import Shell
from pact_desktop.desktop.tokens import number, tokens
from pact_desktop.desktop.user_menu import UserMenu
from pact_desktop.desktop.wishes import Wishes
from pact_desktop.desktop.words import tr
from pact_desktop.services.public_notice import PublicNotice
from pact_desktop.settings import Settings

_COVER_KEY: Final = Qt.Key.Key_F12
_HELP_KEY: Final = Qt.Key.Key_F9


class HelpPage(QWidget):
    """Urgent help over whatever was there, with a header of its own."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = Header()
        self.header.find_button.hide()
        self.header.help_button.hide()
        self.header.show_private(private=True)
        self.content: Screen | None = None
        self._factory: Callable[[], Screen] | None = None
        self._outdated = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def set_factory(self, factory: Callable[[], Screen]) -> None:
        """From now on help is made so; a page that is open stays until it is closed."""
        self._factory = factory
        self._outdated = self.content is not None

    @property
    def offered(self) -> bool:
        return self._factory is not None

    def enter(self) -> None:
        if self._outdated and self.content is not None:
            self.content.deleteLater()
            self.content, self._outdated = None, False
        if self.content is None and self._factory is not None:
            self.content = self._factory()
            self.content.closed.connect(self.closed)
            self._column.addWidget(self.content, 1)
            self.content.show()
        if self.content is not None:
            self.header.set_width(self.content.logical_width(), "")
            self.content.enter({})
            first = self.content.first_focus()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)


class MainWindow(QMainWindow):
    """Holds three pages: the frame, urgent help, the cover. Its title says nothing."""

    lock_requested = Signal(str)
    """The session must end; a `LockReason`."""
    privacy_ended = Signal()
    """Covered or left: the private part of a visit is over."""
    settings_changed = Signal(object)

    def __init__(
        self,
        clock: Callable[[], datetime],
        settings: Settings,
        *,
        seconds: Seconds = since_boot,
        locks: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`locks` is off before sign-in, where there is nothing to lock."""
        super().__init__(parent)
        self.notices = Notices(self)
        self.shell = Shell(self.notices)
        self.navigator = self.shell.navigator
        self.cover_page = CoverPage(clock)
        self.help_page = HelpPage()
        self.wishes = Wishes(settings, self)
        self._seconds = seconds
        self._locks = locks
        self._covered_at = 0.0
        self._focus_before: QWidget | None = None
        self._page_before: QWidget = self.shell
        self._hidden = HiddenWindows()
        self._pages = QStackedWidget()
        for page in (self.shell, self.help_page, self.cover_page):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self.setMinimumSize(*tokens()["window"]["min"])
        self.resize(*tokens()["window"]["design"])
        self.menu = UserMenu(self.wishes, self)
        self.ring = FocusRing(self)
        self.idle = IdleWatch(
            cover_seconds=settings.idle_cover_seconds,
            lock_seconds=60 * settings.lock_minutes,
            seconds=seconds,
            parent=self,
        )
        self._connect()
        self.retranslate()

    # What the application tells the window --------------------------------------------------

    def set_notice(self, notice: PublicNotice | None) -> None:
        self.cover_page.show_notice(notice)
        name = notice.facility_name if notice else ""
        self.shell.set_facility(name)
        self.help_page.header.show_facility(name)

    def set_urgent_help(self, factory: Callable[[], Screen]) -> None:
        self.help_page.set_factory(factory)

    @property
    def covered(self) -> bool:
        return self._pages.currentWidget() is self.cover_page

    @property
    def helping(self) -> bool:
        return self._pages.currentWidget() is self.help_page

    @property
    def private_now(self) -> bool:
        current = self.shell.current
        return self.helping or (not self.covered and current is not None and current.private)

    # Cover ----------------------------------------------------------------------------------

    def cover(self) -> None:
        """Hides everything at once; what was open comes back with `uncover`."""
        if self.covered:
            return
        if not self.helping:
            self._focus_before = QApplication.focusWidget()
        # Help that was opened from the cover does not renew the time for a free return.
        if not (self.helping and self._page_before is self.cover_page):
            self._covered_at = self._seconds()
        self._hidden.hide_all()
        self._pages.setCurrentWidget(self.cover_page)
        self.cover_page.setFocus(Qt.FocusReason.OtherFocusReason)
        # Painted now: what follows may take a moment.
        self.repaint()
        self._end_privacy()

    def uncover(self) -> None:
        """Returns within the free time; later only a passphrase opens the work again."""
        if not self.covered:
            return
        if self._locks and self._seconds() - self._covered_at > number(
            "time", "cover_free_return_s"
        ):
            self._hidden.forget()
            self.lock_requested.emit(LockReason.COVER)
            return
        self._pages.setCurrentWidget(self.shell)
        self._hidden.show_again()
        self._restore_focus()

    def dismiss_dialogs(self) -> None:
        """Those that are open and those that a cover hides."""
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        self._hidden.dismiss()

    def _end_privacy(self) -> None:
        current = self.shell.current
        if current is not None:
            current.privacy_ended.emit()
        self.privacy_ended.emit()

    def _restore_focus(self) -> None:
        before, self._focus_before = self._focus_before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # Urgent help ----------------------------------------------------------------------------

    def urgent_help(self) -> None:
        """From anywhere, also from the cover; closing it returns to where it was opened."""
        if self.helping or not self.help_page.offered:
            return
        self._page_before = self.cover_page if self.covered else self.shell
        if not self.covered:
            self._focus_before = QApplication.focusWidget()
            self._hidden.hide_all()
            # A dialog that was hidden takes the window's place in front with it.
            self.activateWindow()
        self._pages.setCurrentWidget(self.help_page)
        self.help_page.enter()

    def close_help(self) -> None:
        if not self.helping:
            return
        self._pages.setCurrentWidget(self._page_before)
        if self.covered:
            self.cover_page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._hidden.show_again()
            self._restore_focus()

    # Keys, idle time, the window in the background --------------------------------------------

    def _connect(self) -> None:
        app = theme.running_application()
        app.installEventFilter(self)
        app.installEventFilter(self.idle)
        app.applicationStateChanged.connect(self._left)
        self.idle.cover_due.connect(self._cover_if_private)
        self.idle.lock_due.connect(lambda: self._lock(LockReason.IDLE))
        self.shell.cover_requested.connect(self.cover)
        self.shell.urgent_help_requested.connect(self.urgent_help)
        self.shell.user_menu_requested.connect(self._open_menu)
        self.help_page.header.cover_pressed.connect(self.cover)
        self.help_page.closed.connect(self.close_help)
        self.menu.lock_requested.connect(self._lock)
        self.wishes.changed.connect(self._change_settings)
        self.navigator.facility_changed.connect(self.set_notice)
        self._on("Ctrl+L", lambda: self._lock(LockReason.ASKED))
        self._on("Ctrl+Shift+U", lambda: self._lock(LockReason.SWITCH))
        self._on("Ctrl++", lambda: self.menu.step_text_size(1))
        self._on("Ctrl+=", lambda: self.menu.step_text_size(1))
        self._on("Ctrl+-", lambda: self.menu.step_text_size(-1))
        self._on("Ctrl+0", lambda: self.menu.step_text_size(0))

    def _on(self, keys: str, action: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(action)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self.covered and self._is_another_window(watched):
            self._hidden.keep_back(watched)
            return False
        # A shortcut would not fire while a dialog or a list is open.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.isAutoRepeat():
            return False
        action = {_COVER_KEY: self._toggle_cover, _HELP_KEY: self.urgent_help}.get(
            Qt.Key(event.key())
        )
        if action is None:
            return False
        # Accepted, or Qt hands the same key on to the parents.
        event.accept()
        action()
        return True

    def _is_another_window(self, watched: QObject) -> TypeGuard[QWidget]:
        return isinstance(watched, QWidget) and watched.isWindow() and watched is not self

    def _toggle_cover(self) -> None:
        if self.covered:
            self.uncover()
        else:
            self.cover()

    def _cover_if_private(self) -> None:
        if self.private_now:
            self.cover()

    def _left(self, state: Qt.ApplicationState) -> None:
        """Another program is in front; between two windows of ours the state changes as well."""
        if state != Qt.ApplicationState.ApplicationActive:
            QTimer.singleShot(0, self, self._cover_if_left)

    def _cover_if_left(self) -> None:
        if QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
            self._cover_if_private()

    def _lock(self, reason: str) -> None:
        if self._locks:
            self.lock_requested.emit(reason)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self._cover_if_private()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._end_privacy()
        super().closeEvent(event)

    def retranslate(self) -> None:
        # The title bar, the taskbar and Alt+Tab show this word and nothing else.
        self.setWindowTitle(tr("Intake"))
        self.setWindowIcon(icons.icon("clipboard-text", "accent", 32))
        self.setAccessibleName(tr("Intake"))

    # Settings -------------------------------------------------------------------------------

    def _open_menu(self) -> None:
        button = self.shell.header.user
        self.menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _change_settings(self, settings: Settings) -> None:
        self.idle.set_times(
            cover_seconds=settings.idle_cover_seconds, lock_seconds=60 * settings.lock_minutes
        )
        app = theme.running_application()
        wanted = theme.Theme(settings.theme, settings.text_scale)
        resolved = theme.Theme(theme.resolve(wanted.name), wanted.scale)
        if resolved != theme.current():
            theme.apply_theme(app, wanted)
            self.refit()
        self.settings_changed.emit(settings)

    def refit(self) -> None:
        """Fits what has no style sheet to another size of text."""
        fit_layouts(self, theme.scale_before())
        self.shell.reflow()
