# SPDX-License-Identifier: GPL-3.0-or-later
"""Log: who did what and when, for the manager."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.log.presenter import LogPresenter
from pact_desktop.desktop.screens.log.view import LogView


def build(work: Work) -> LogView:
    """The screen with its presenter."""
    view = LogView()
    view.presenter = LogPresenter(view, work)
    return view
