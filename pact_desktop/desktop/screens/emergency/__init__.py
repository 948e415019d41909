# SPDX-License-Identifier: GPL-3.0-or-later
"""A doctor opens one closed record for a short time, with a second person at the screen."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.emergency.presenter import EmergencyPresenter
from pact_desktop.desktop.screens.emergency.view import EmergencyView


def build(work: Work) -> EmergencyView:
    """Entered with `wanted`, what was searched for before, or with nothing."""
    view = EmergencyView()
    view.presenter = EmergencyPresenter(view, work)
    return view
