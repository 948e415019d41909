# SPDX-License-Identifier: GPL-3.0-or-later
"""Staff: who works here, for the manager."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.staff.presenter import StaffPresenter
from pact_desktop.desktop.screens.staff.view import StaffView


def build(work: Work) -> StaffView:
    """The screen with its presenter."""
    view = StaffView()
    view.presenter = StaffPresenter(view, work)
    return view
