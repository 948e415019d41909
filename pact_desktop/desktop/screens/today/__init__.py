# SPDX-License-Identifier: GPL-3.0-or-later
"""Today: the visits of the day and what waits."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.today.presenter import TodayPresenter
from pact_desktop.desktop.screens.today.view import TodayView


def build(work: Work) -> TodayView:
    """The screen with its presenter."""
    view = TodayView()
    view.presenter = TodayPresenter(view, work)
    return view
