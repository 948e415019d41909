# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody is told at sign-in when a record that they are named for cannot be read."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.widgets.banners import BannerText
from pact_desktop.desktop.words import tr, trn
from pact_desktop.services.sealing import unreadable_records


def tell_of_unreadable(work: Work) -> None:
    """A lasting line over the screen; such a record would else only be missing in every list."""
    session = work.session

    def tell(count: int) -> None:
        if not count:
            return
        title = trn(
            "{count} closed record cannot be read",
            "{count} closed records cannot be read",
            count,
        )
        work.notices.warn(
            BannerText(
                title.format(count=count),
                tr(
                    "What is stored was damaged or replaced, and was left as it is. Tell the "
                    "manager: a backup from before may hold it whole."
                ),
                tone="alert",
            )
        )

    work.background.run(work.navigator, lambda: unreadable_records(session), tell)
