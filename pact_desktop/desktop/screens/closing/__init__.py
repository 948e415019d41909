# SPDX-License-Identifier: GPL-3.0-or-later
"""Closing one record to all but a few who are named, and opening it again."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.closing.presenter import ClosingPresenter
from pact_desktop.desktop.screens.closing.view import ClosingView


def build(work: Work) -> ClosingView:
    """Entered with `patient_id`."""
    view = ClosingView()
    view.presenter = ClosingPresenter(view, work)
    return view
