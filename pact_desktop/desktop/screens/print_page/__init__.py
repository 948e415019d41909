# SPDX-License-Identifier: GPL-3.0-or-later
"""The print page: printer, copies, and who stands there; also before anybody has signed in."""

from collections.abc import Callable

from pact_desktop.desktop.background import Background
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.print_page.presenter import PrintPresenter
from pact_desktop.desktop.screens.print_page.view import PrintView


def build(work: Work) -> Screen:
    """Entered with `pdf`, `job` (a neutral name) and `back`, a screen and its arguments."""
    view = PrintView()
    view.presenter = PrintPresenter.in_session(view, work)
    return view


def before_session(*, closed: Callable[[], object], background: Background) -> Screen:
    """The same page for the set-up assistant; `closed` leads back."""
    view = PrintView()
    view.presenter = PrintPresenter(view, closed, background)
    return view
