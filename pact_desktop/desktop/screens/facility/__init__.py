# SPDX-License-Identifier: GPL-3.0-or-later
"""The facility: what stands on paper, whom to call, the cover, and this computer."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.facility.presenter import FacilityPresenter
from pact_desktop.desktop.screens.facility.view import FacilityView


def build(work: Work) -> FacilityView:
    """The screen with its presenter."""
    view = FacilityView()
    view.presenter = FacilityPresenter(view, work)
    return view
