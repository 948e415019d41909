# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads every form once, without a window, for `self-check`."""

import os

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.theme import Theme, apply_theme
from pact_desktop.resources import shipped


def check_forms() -> tuple[int, str]:
    """How many forms were loaded, and what printing finds; raises Fault(FORM_INVALID)."""
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication([])
    apply_theme(app, Theme())
    forms = sorted((shipped("ui") / "screens").glob("*.ui"))
    for path in forms:
        load_form(QWidget(), path.stem)
    printers = len(QPrinterInfo.availablePrinterNames())
    return len(forms), f"{printers} printers known to the system; saving as PDF needs none"
