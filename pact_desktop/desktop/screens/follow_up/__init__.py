# SPDX-License-Identifier: GPL-3.0-or-later
"""Follow-up: what was sent, what is late, and the answers that come back."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.follow_up.presenter import FollowUpPresenter
from pact_desktop.desktop.screens.follow_up.view import FollowUpView


def build(work: Work) -> FollowUpView:
    """The screen with its presenter."""
    view = FollowUpView()
    view.presenter = FollowUpPresenter(view, work)
    return view
