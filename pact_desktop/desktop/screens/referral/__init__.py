# SPDX-License-Identifier: GPL-3.0-or-later
"""The referral: a service, an agreement line by line, and the page that will leave."""

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens.referral.presenter import ReferralPresenter
from pact_desktop.desktop.screens.referral.view import ReferralView


def build(work: Work) -> Screen:
    view = ReferralView()
    view.presenter = ReferralPresenter(view, work)
    return view
