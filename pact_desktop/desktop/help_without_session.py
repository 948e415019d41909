# SPDX-License-Identifier: GPL-3.0-or-later
"""Urgent help where no records are open: before sign-in, and when they cannot be opened."""

from pact_desktop.desktop.screen import Screen
from pact_desktop.services.public_notice import PublicNotice


def build_help(notice: PublicNotice | None) -> Screen:
    """The numbers of the facility first; what else is installed is added where it can be read."""
    # Imported when somebody asks; the first window must not wait for it.
    from pact_desktop.desktop.screens.urgent_help.presenter import (  # noqa: PLC0415
        UrgentHelpPresenter,
    )
    from pact_desktop.desktop.screens.urgent_help.view import UrgentHelpView  # noqa: PLC0415
    from pact_desktop.services.content import load_help  # noqa: PLC0415

    view = UrgentHelpView()
    view.presenter = UrgentHelpPresenter.without_session(view, load_help(), notice)
    return view
