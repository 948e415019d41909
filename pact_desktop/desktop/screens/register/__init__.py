# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering a patient with as little as is known."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.register.presenter import RegisterPresenter
from pact_desktop.desktop.screens.register.view import RegisterView


def build(work: Work) -> RegisterView:
    """The screen with its presenter."""
    view = RegisterView()
    view.presenter = RegisterPresenter(view, work)
    return view
