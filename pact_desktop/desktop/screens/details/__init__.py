# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 1 of a visit: why the patient came, with whom, in which language, how old."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.details.presenter import DetailsPresenter
from pact_desktop.desktop.screens.details.view import DetailsView


def build(work: Work) -> Screen:
    view = DetailsView()
    view.presenter = DetailsPresenter(view, work)
    return view
