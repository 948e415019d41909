# SPDX-License-Identifier: GPL-3.0-or-later
"""Erasing all of one patient, with a second person at the screen."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.erase.presenter import ErasePresenter
from pact_desktop.desktop.screens.erase.view import EraseView


def build(work: Work) -> EraseView:
    """Entered with `patient_id`."""
    view = EraseView()
    view.presenter = ErasePresenter(view, work)
    return view
