# SPDX-License-Identifier: GPL-3.0-or-later
"""What was opened in emergencies, for the manager and for who is named for the record."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.emergencies.presenter import EmergenciesPresenter
from pact_desktop.desktop.screens.emergencies.view import EmergenciesView


def build(work: Work) -> EmergenciesView:
    """The screen with its presenter."""
    view = EmergenciesView()
    view.presenter = EmergenciesPresenter(view, work)
    return view
