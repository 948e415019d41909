# SPDX-License-Identifier: GPL-3.0-or-later
"""Records whose period has ended: with names for who treats, with numbers for the manager."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.due.presenter import DuePresenter
from pact_desktop.desktop.screens.due.view import DueView


def build(work: Work) -> DueView:
    """The screen with its presenter."""
    view = DueView()
    view.presenter = DuePresenter(view, work)
    return view
