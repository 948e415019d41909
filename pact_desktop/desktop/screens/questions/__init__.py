# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 4 of a visit: private questions, one at a time, each of them optional."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.questions.presenter import QuestionsPresenter
from pact_desktop.desktop.screens.questions.view import QuestionsView


def build(work: Work) -> Screen:
    view = QuestionsView()
    view.presenter = QuestionsPresenter(view, work)
    return view
