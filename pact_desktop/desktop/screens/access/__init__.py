# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has opened one record, for the person it is about."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.access.presenter import AccessPresenter
from pact_desktop.desktop.screens.access.view import AccessView


def build(work: Work) -> AccessView:
    """Entered with `patient_id`."""
    view = AccessView()
    view.presenter = AccessPresenter(view, work)
    return view
