# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program cannot do, for everybody who works with it; needs no record."""

from pact_desktop.desktop.screens.limits.presenter import LimitsPresenter
from pact_desktop.desktop.screens.limits.view import LimitsView


def build_limits(*, at_door: bool = False) -> LimitsView:
    """Entered with `part`, the number of the part that is shown first."""
    view = LimitsView(at_door=at_door)
    view.presenter = LimitsPresenter(view)
    return view
