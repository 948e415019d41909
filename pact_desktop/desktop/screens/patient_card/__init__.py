# SPDX-License-Identifier: GPL-3.0-or-later
"""The card for the patient, in the patient's own language."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.patient_card.presenter import PatientCardPresenter
from pact_desktop.desktop.screens.patient_card.view import PatientCardView


def build(work: Work) -> PatientCardView:
    """Entered with `screening_id`, and `locale` where the language is known already."""
    view = PatientCardView()
    view.presenter = PatientCardPresenter(view, work)
    return view
