# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks a nurse or doctor to confirm a new colleague, who cannot open names of patients before."""

from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.widgets import BannerText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Account
from pact_desktop.services.accounts import confirm_colleague, waiting_colleagues
from pact_desktop.terms import term


def remind_of_colleagues(work: Work) -> None:
    """A line over the screen while somebody waits; a manager is never asked."""
    session = work.session

    def remind(waiting: list[Account]) -> None:
        if not waiting:
            return
        work.notices.warn(
            BannerText(
                tr("A new colleague waits to be confirmed"),
                tr("{name} cannot open names of patients before.").format(
                    name=waiting[0].display_name
                ),
                tone="info",
                action_text=tr("Confirm …"),
                action=lambda: _ask(work, waiting[0]),
            )
        )

    work.background.run(work.navigator, lambda: waiting_colleagues(session), remind)


def _ask(work: Work, colleague: Account) -> None:
    def answered(answer: int) -> None:
        if answer == 1:
            _confirm(work, colleague)
        else:
            remind_of_colleagues(work)

    work.notices.ask(
        Question(
            tr("Do you know {name}?").format(name=colleague.display_name),
            tr(
                "{role}, code {code}. Confirm only somebody whom you know and who works here: "
                "from the next sign-in on, this person opens the names of all patients."
            ).format(role=term(catalog(), colleague.role), code=colleague.staff_code),
            (AnswerButton(tr("Not now")), AnswerButton(tr("Confirm colleague"))),
        ),
        answered,
    )


def _confirm(work: Work, colleague: Account) -> None:
    session = work.session

    def confirmed(_nothing: None) -> None:
        work.notices.say(tr("Confirmed. The new colleague signs in once more."))
        remind_of_colleagues(work)

    work.background.run(
        work.navigator, lambda: confirm_colleague(session, colleague.account_id), confirmed
    )
