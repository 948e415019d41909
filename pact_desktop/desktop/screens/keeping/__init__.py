# SPDX-License-Identifier: GPL-3.0-or-later
"""How long records are kept, for the manager."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.keeping.presenter import KeepingPresenter
from pact_desktop.desktop.screens.keeping.view import KeepingView


def build(work: Work) -> KeepingView:
    """The screen with its presenter."""
    view = KeepingView()
    view.presenter = KeepingPresenter(view, work)
    return view
