# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 7 of a visit: what is offered, or for a patient under 18 what is done today."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.next_steps.presenter import NextStepsPresenter
from pact_desktop.desktop.screens.next_steps.view import NextStepsView


def build(work: Work) -> Screen:
    view = NextStepsView()
    view.presenter = NextStepsPresenter(view, work)
    return view
