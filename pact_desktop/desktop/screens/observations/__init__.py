# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 2 of a visit: what is seen and heard, without asking."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.observations.presenter import ObservationsPresenter
from pact_desktop.desktop.screens.observations.view import ObservationsView


def build(work: Work) -> Screen:
    view = ObservationsView()
    view.presenter = ObservationsPresenter(view, work)
    return view
