# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 3 of a visit: alone now, a neutral interpreter, and what stays private."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.in_private.presenter import InPrivatePresenter
from pact_desktop.desktop.screens.in_private.view import InPrivateView


def build(work: Work) -> Screen:
    view = InPrivateView()
    view.presenter = InPrivatePresenter(view, work)
    return view
