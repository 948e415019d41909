# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in window in a process of its own, into which one name and one passphrase is typed.

Both come by standard input, one a line. What follows is the program itself, without any test.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pact_desktop.desktop.application import Application, Places, local_clock
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.hardening import protect_process


def main(data: str, device: str) -> None:
    protect_process()
    name, passphrase = (sys.stdin.readline().strip() for _ in range(2))
    arguments = ("--data", data, "--language", "en")
    places = Places(Path(data), language="en", device=Path(device), arguments=arguments)
    process = SignInProcess(Application(places), local_clock)

    def type_both() -> None:
        view = process.window.navigator.current
        assert isinstance(view, SignInView)
        QTest.keyClicks(view.name_edit, name)
        field = view.passphrase.findChild(QLineEdit)
        assert field is not None
        QTest.keyClicks(field, passphrase)
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_both)
    sys.exit(process.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
