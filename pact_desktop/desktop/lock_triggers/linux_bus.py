# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Linux desktop says over D-Bus: locked, going to sleep, lid shut, somebody else in front.

The bus is a local socket. Only signals are heard and a few properties asked for; nothing about
the work is ever said there.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCall,
    QDBusPendingCallWatcher,
)

from pact_desktop.desktop.lock_triggers.reasons import LockReason
from pact_desktop.desktop.words import tr

LOGIN: Final = "org.freedesktop.login1"
LOGIN_PATH: Final = "/org/freedesktop/login1"
OWN_SESSION_PATH: Final = f"{LOGIN_PATH}/session/auto"
"""The session of whoever asks; its own signals come from another path."""
MANAGER: Final = f"{LOGIN}.Manager"
SESSION: Final = f"{LOGIN}.Session"
POWER: Final = "org.freedesktop.UPower"
POWER_PATH: Final = "/org/freedesktop/UPower"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
"""Names of services and of their interfaces alike."""
_DESKTOP_ADDRESS: Final = "DBUS_SESSION_BUS_ADDRESS"
ADDRESSES: Final = ("DBUS_SYSTEM_BUS_ADDRESS", _DESKTOP_ADDRESS)

_ANY_PATH: Final = ""
_MEANING: Final[dict[tuple[str, object], LockReason]] = {
    ("Active", False): LockReason.USER_SWITCH,
    ("LockedHint", True): LockReason.SYSTEM_LOCK,
    ("LidIsClosed", True): LockReason.LID,
}
"""Properties whose change to this value ends a session."""
_Answered = Callable[[list[Any]], object]


class LinuxBus(QObject):
    """Listens on both buses; on a computer without them nothing is heard.

    Signals:
        lock_due: a `LockReason`.
    """

    lock_due = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._system = QDBusConnection("")
        self._own_session = ""
        """Path of the login session; while it is not known, every session counts."""
        self._seen: dict[tuple[str, str], object] = {}
        """Path and name of a property, and its value when it was asked for last."""
        self._holds_up_sleep: object = None
        self._heard: list[tuple[QDBusConnection, tuple[str, str, str, str, str]]] = []
        """Each bus, and what was asked of it: service, path, interface, signal and slot."""

    def start(self) -> bool:
        """Listens on the buses of this computer; whether anything can be heard at all."""
        if not all(is_local(os.environ.get(name, "")) for name in ADDRESSES):
            return False
        nothing = QDBusConnection("")
        desktop = QDBusConnection.sessionBus() if has_desktop_bus() else nothing
        return self.listen(QDBusConnection.systemBus(), desktop)

    def listen(self, system: QDBusConnection, desktop: QDBusConnection) -> bool:
        if desktop.isConnected():
            for name in SCREEN_SAVERS:
                self._hear(desktop, name, name, "ActiveChanged", "saver_changed(bool)")
        if system.isConnected():
            self._system = system
            self._hear(system, LOGIN, MANAGER, "PrepareForSleep", "sleep_near(bool)")
            self._hear(system, LOGIN, MANAGER, "PrepareForShutdown", "shutdown_near(bool)")
            self._hear(system, LOGIN, SESSION, "Lock", "session_locked(QDBusMessage)")
            for service in (LOGIN, POWER):
                signal = "properties_changed(QDBusMessage)"
                self._hear(system, service, PROPERTIES, "PropertiesChanged", signal)
            self._find_own_session()
            self._ask_for(POWER, POWER_PATH, POWER, "LidIsClosed", self._remember)
            self._hold_up_sleep()
        return desktop.isConnected() or system.isConnected()

    def stop(self) -> None:
        """Hears nothing any more; sleep is no longer held up.

        Must come before this object is deleted: the bus has a thread of its own, which looks at
        whoever still listens.
        """
        for bus, (service, path, interface, name, slot) in self._heard:
            bus.disconnect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]
        self._heard.clear()
        self._holds_up_sleep = None

    # What is heard ----------------------------------------------------------------------------

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:  # noqa: FBT001 as the bus says it
        if active:
            self.lock_due.emit(LockReason.SCREEN_SAVER)

    @Slot(bool)
    def sleep_near(self, _near: bool) -> None:  # noqa: FBT001 as the bus says it
        # Also when it is over: whoever wakes the computer up is not known yet.
        self.lock_due.emit(LockReason.SUSPEND)

    @Slot(bool)
    def shutdown_near(self, near: bool) -> None:  # noqa: FBT001 as the bus says it
        if near:
            self.lock_due.emit(LockReason.SESSION_END)

    @Slot(QDBusMessage)
    def session_locked(self, message: QDBusMessage) -> None:
        if self._is_ours(message):
            self.lock_due.emit(LockReason.SYSTEM_LOCK)

    @Slot(QDBusMessage)
    def properties_changed(self, message: QDBusMessage) -> None:
        """Which one and to what is asked for: the message itself cannot be taken apart here."""
        interface = message.arguments()[0] if message.arguments() else ""
        path = message.path()
        if interface == POWER:
            self._ask_for(POWER, path, POWER, "LidIsClosed", self._judge)
        elif interface == SESSION and self._is_ours(message):
            for name in ("Active", "LockedHint"):
                self._ask_for(LOGIN, path, SESSION, name, self._judge)

    def _judge(self, path: str, name: str, value: object) -> None:
        """Only a change counts: a computer in a dock may always have its lid shut."""
        before = self._seen.get((path, name))
        self._remember(path, name, value)
        reason = _MEANING.get((name, value))
        if reason is not None and before != value:
            self.lock_due.emit(reason)

    def _remember(self, path: str, name: str, value: object) -> None:
        self._seen[path, name] = value

    # What is asked ----------------------------------------------------------------------------

    def _ask_for(
        self,
        service: str,
        path: str,
        interface: str,
        name: str,
        told: Callable[[str, str, object], object],
    ) -> None:
        self._ask(
            (service, path, PROPERTIES, "Get"),
            [interface, name],
            lambda found: told(path, name, found[0].variant()),
        )

    def _find_own_session(self) -> None:
        def ask_for_path(_path: str, _name: str, session_id: object) -> None:
            method = (LOGIN, LOGIN_PATH, MANAGER, "GetSession")
            self._ask(method, [str(session_id)], remember)

        def remember(found: list[Any]) -> None:
            self._own_session = found[0].path()
            for name in ("Active", "LockedHint"):
                self._ask_for(LOGIN, self._own_session, SESSION, name, self._remember)

        self._ask_for(LOGIN, OWN_SESSION_PATH, SESSION, "Id", ask_for_path)

    def _hold_up_sleep(self) -> None:
        """The system waits some seconds before it sleeps, until this process has ended."""

        def keep(found: list[Any]) -> None:
            self._holds_up_sleep = found[0]

        asked = ["sleep:shutdown", "Intake", tr("Saves what was entered and locks"), "delay"]
        self._ask((LOGIN, LOGIN_PATH, MANAGER, "Inhibit"), asked, keep)

    def _ask(
        self, method: tuple[str, str, str, str], arguments: list[Any], answered: _Answered
    ) -> None:
        """Calls without waiting; who does not answer or refuses is not asked again."""
        message = QDBusMessage.createMethodCall(*method)
        # A service that is not there is not started for this.
        message.setAutoStartService(False)
        message.setArguments(arguments)
        call: QDBusPendingCall = self._system.asyncCall(message)
        watcher = QDBusPendingCallWatcher(call, self)

        def finished(_watcher: QDBusPendingCallWatcher) -> None:
            reply = call.reply()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                answered(reply.arguments())
            watcher.deleteLater()

        watcher.finished.connect(finished)

    def _hear(
        self, bus: QDBusConnection, service: str, interface: str, name: str, slot: str
    ) -> None:
        # WORKAROUND for PySide6 6.11: its stubs say bytes, and it takes only text.
        bus.connect(service, _ANY_PATH, interface, name, self, SLOT(slot))  # type: ignore[call-overload]
        self._heard.append((bus, (service, _ANY_PATH, interface, name, slot)))

    def _is_ours(self, message: QDBusMessage) -> bool:
        return not self._own_session or message.path() == self._own_session


def has_desktop_bus() -> bool:
    """Whether there is one; asking for one that is not there would start a new one."""
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / "bus"
    return bool(os.environ.get(_DESKTOP_ADDRESS)) or place.exists()


def is_local(addresses: str) -> bool:
    """Whether a bus is reached without a network; an empty address means the usual place."""
    return all(one.startswith("unix:") for one in addresses.split(";") if one)
