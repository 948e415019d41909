# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 5 of a visit: marks on the body and findings of the examination, described only."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.body_map.presenter import BodyMapPresenter
from pact_desktop.desktop.screens.body_map.view import BodyMapView


def build(work: Work) -> Screen:
    view = BodyMapView()
    view.presenter = BodyMapPresenter(view, work)
    return view
