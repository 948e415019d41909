# SPDX-License-Identifier: GPL-3.0-or-later
"""Urgent help: whom to call and what to do, with or without anybody signed in."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.urgent_help.presenter import UrgentHelpPresenter
from pact_desktop.desktop.screens.urgent_help.view import UrgentHelpView


def build(work: Work) -> UrgentHelpView:
    """The screen of a session, where calls can be written down."""
    view = UrgentHelpView()
    view.presenter = UrgentHelpPresenter.of_session(view, work)
    return view
