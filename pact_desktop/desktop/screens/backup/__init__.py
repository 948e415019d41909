# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup: when the last one was made and tested, for the manager."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.backup.presenter import BackupPresenter
from pact_desktop.desktop.screens.backup.view import BackupView


def build(work: Work) -> BackupView:
    """The screen with its presenter."""
    view = BackupView()
    view.presenter = BackupPresenter(view, work)
    return view
