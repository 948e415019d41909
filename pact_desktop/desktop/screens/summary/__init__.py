# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 6 of a visit: the reasons, the clinician's own level, and danger apart from it."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.summary.presenter import SummaryPresenter
from pact_desktop.desktop.screens.summary.view import SummaryView


def build(work: Work) -> Screen:
    view = SummaryView()
    view.presenter = SummaryPresenter(view, work)
    return view
