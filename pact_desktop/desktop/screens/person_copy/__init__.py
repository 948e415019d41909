# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything kept about one patient, for that patient."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.person_copy.presenter import PersonCopyPresenter
from pact_desktop.desktop.screens.person_copy.view import PersonCopyView


def build(work: Work) -> PersonCopyView:
    """Entered with `patient_id`."""
    view = PersonCopyView()
    view.presenter = PersonCopyPresenter(view, work)
    return view
