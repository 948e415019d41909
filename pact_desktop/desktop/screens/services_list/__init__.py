# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory of services: what is known, and what somebody here has called."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.services_list.presenter import ServicesListPresenter
from pact_desktop.desktop.screens.services_list.view import ServicesListView


def build(work: Work) -> ServicesListView:
    """The screen with its presenter."""
    view = ServicesListView()
    view.presenter = ServicesListPresenter(view, work)
    return view
