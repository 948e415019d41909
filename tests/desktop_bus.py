# SPDX-License-Identifier: GPL-3.0-or-later
"""A bus of its own with what a Linux desktop has on it: sessions, power and a screen saver.

It stands for the services of the system, with their names, paths and signals. Nothing of the
computer on which the tests run is told or asked.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

OWN, OTHER = "/org/freedesktop/login1/session/_32", "/org/freedesktop/login1/session/_37"
AUTO: Final = "/org/freedesktop/login1/session/auto"
LOGIN, POWER, SAVER = (
    "org.freedesktop.login1",
    "org.freedesktop.UPower",
    "org.freedesktop.ScreenSaver",
)
PATHS: Final = ("/org/freedesktop/login1", "/org/freedesktop/UPower")
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SUB_PATHS: Final = QDBusConnection.VirtualObjectRegisterOption.SubPath


class _Answers(QDBusVirtualObject):
    """Hands every call to the desktop."""

    def __init__(self, desktop: "Desktop") -> None:
        super().__init__()
        self._desktop = desktop

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802 Qt's own
        found = self._desktop.answer(message.path(), message.member(), message.arguments())
        if found is None:
            connection.send(message.createErrorReply("org.freedesktop.DBus.Error.Failed", ""))
        else:
            reply = message.createReply()
            reply.setArguments([found])
            connection.send(reply)
        return True


class Desktop:
    """What the person does with the computer, told to whoever listens."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self._name = address, name
        self.connection = QDBusConnection.connectToBus(address, name)
        self.properties: dict[tuple[str, str], object] = {
            (AUTO, "Id"): "2",
            (OWN, "Active"): True,
            (OWN, "LockedHint"): False,
            (OTHER, "Active"): False,
            (OTHER, "LockedHint"): True,
            ("/org/freedesktop/UPower", "LidIsClosed"): False,
        }
        self.asked: list[str] = []
        self.holding_up: list[list[str]] = []
        """What was asked to be waited for: what, who, why and how."""
        self._held: list[int] = []
        self._answers = _Answers(self)
        for service in (LOGIN, POWER, SAVER):
            assert self.connection.registerService(service)
        for path in PATHS:
            self.connection.registerVirtualObject(path, self._answers, _SUB_PATHS)

    def answer(self, path: str, member: str, arguments: list[Any]) -> object:
        self.asked.append(f"{path} {member}")
        if member == "Get":
            known = self.properties.get((path, arguments[1]))
            return None if known is None else QDBusVariant(known)
        if member == "GetSession":
            return QDBusObjectPath(OWN)
        if member == "Inhibit":
            self.holding_up.append(arguments)
            reader, writer = os.pipe()
            self._held.append(reader)
            handed = QDBusUnixFileDescriptor(writer)
            os.close(writer)
            return handed
        return None

    @property
    def waited_for(self) -> bool:
        """Whether somebody still holds sleep up: the other end of the pipe is open."""
        os.set_blocking(self._held[-1], False)
        try:
            return os.read(self._held[-1], 1) != b""
        except BlockingIOError:
            return True

    def end(self) -> None:
        for descriptor in self._held:
            os.close(descriptor)
        for path in PATHS:
            self.connection.unregisterObject(path, QDBusConnection.UnregisterMode.UnregisterTree)
        QDBusConnection.disconnectFromBus(self._name)

    # What the person does ---------------------------------------------------------------------

    def lock(self, session: str = OWN) -> None:
        self._say(session, f"{LOGIN}.Session", "Lock")

    def hint_locked(self) -> None:
        self._change(LOGIN, f"{LOGIN}.Session", OWN, "LockedHint", value=True)

    def switch_user(self, session: str = OWN) -> None:
        self._change(LOGIN, f"{LOGIN}.Session", session, "Active", value=False)

    def sleep(self, *, near: bool = True) -> None:
        self._say("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", near)

    def shut_down(self) -> None:
        self._say("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForShutdown", True)  # noqa: FBT003 as the bus says it

    def save_screen(self, *, active: bool = True) -> None:
        self._say("/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", active)

    def shut_lid(self) -> None:
        self._change(POWER, POWER, "/org/freedesktop/UPower", "LidIsClosed", value=True)

    def plug_in(self) -> None:
        """Another property of the power: nobody has to lock for it."""
        self._tell_change("/org/freedesktop/UPower", POWER)

    def _change(self, _service: str, interface: str, path: str, name: str, *, value: bool) -> None:
        self.properties[path, name] = value
        self._tell_change(path, interface)

    def _tell_change(self, path: str, interface: str) -> None:
        self._say(path, _PROPERTIES, "PropertiesChanged", interface, {}, [])

    def _say(self, path: str, interface: str, name: str, *arguments: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(arguments))
        assert self.connection.send(message)


@contextmanager
def a_desktop(folder: Path) -> Iterator[Desktop]:
    """Needs the daemon of D-Bus; on a computer without it the test is skipped."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("this computer has no dbus-daemon")
    command = [daemon, "--session", "--nofork", "--nopidfile", "--print-address"]
    command += [f"--address=unix:path={folder / 'bus'}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True) as process:
        assert process.stdout is not None
        desktop = Desktop(process.stdout.readline().strip(), str(folder))
        try:
            yield desktop
        finally:
            desktop.end()
            process.terminate()
