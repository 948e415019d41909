# SPDX-License-Identifier: GPL-3.0-or-later
"""What everybody is told at sign-in about the log: a lasting red line, or a note once."""

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.shell import Shell
from pact_desktop.desktop.widgets.banners import BannerText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Permission
from pact_desktop.services.audit import log_check
from pact_desktop.terms.log import finding_sentence


def tell_of_log(work: Work, shell: Shell) -> None:
    """Says nothing about a log that is as it was written and remembered."""
    check = log_check(work.session)
    if not check.whole:
        may_read = work.session.account.allows(Permission.READ_AUDIT)
        shell.alarm.log_wanted.connect(lambda: work.navigator.go("log"))
        shell.alarm.sound(leads_to_log=may_read)
    elif check.findings:
        # Only what wants to be known once: a restored backup, a computer that has forgotten.
        sentences = {finding_sentence(catalog(), finding) for finding in check.findings}
        work.notices.warn(BannerText(tr("About the log"), " ".join(sorted(sentences))))
