# SPDX-License-Identifier: GPL-3.0-or-later
"""Patients: finding somebody who was here before."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.patients.presenter import PatientsPresenter
from pact_desktop.desktop.screens.patients.view import PatientsView


def build(work: Work) -> PatientsView:
    """The screen with its presenter."""
    view = PatientsView()
    view.presenter = PatientsPresenter(view, work)
    return view
