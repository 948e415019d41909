# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions at the command line. No secret is ever on the line itself.

What must stay secret is typed where nobody reads along, or comes line by line from standard input.
"""

import sys
from collections.abc import Callable
from getpass import getpass
from typing import Final

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.passphrases import same_passphrase
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.messages import Message, msg

_ATTEMPTS: Final = 3

# Translators: the command line of the program, for the manager and the IT administrator.
SIGN_IN_NAME: Final = msg("Sign-in name")
PASSPHRASE: Final = msg("Passphrase")
CODE: Final = msg("Code of the recovery sheet")
_PASSPHRASE_AGAIN: Final = msg("The same passphrase once more")
_NOT_THE_SAME: Final = msg("This is not the same as before.")


class Conversation:
    """Asks at the terminal, or takes the answers from standard input one by one."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog: Final = catalog
        self.typing: Final = sys.stdin.isatty()

    def say(self, text: Message, **facts: str) -> None:
        print(text.of(self.catalog).format(**facts))  # noqa: T201 this is the command line

    def ask(self, text: Message, **facts: str) -> str:
        """Raises Refusal(ANSWERS_ENDED) when standard input is at its end."""
        if self.typing:
            sys.stderr.write(f"{text.of(self.catalog).format(**facts)}: ")
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise Refusal(RefusalCode.ANSWERS_ENDED)
        return line.rstrip("\r\n")

    def ask_secretly(self, text: Message) -> str:
        return getpass(f"{text.of(self.catalog)}: ") if self.typing else self.ask(text)

    def ask_for_passphrase(self, check: Callable[[str], None]) -> str:
        """A new one; at the terminal typed twice, and asked again when it is refused."""
        for attempt in range(_ATTEMPTS if self.typing else 1):
            chosen = self.ask_secretly(PASSPHRASE)
            try:
                check(chosen)
            except Refusal as refusal:
                if not self.typing or attempt == _ATTEMPTS - 1:
                    raise
                print(sentence(self.catalog, refusal), file=sys.stderr)  # noqa: T201 the command line
                continue
            if not self.typing:
                return chosen
            if same_passphrase(self.ask_secretly(_PASSPHRASE_AGAIN), chosen):
                return chosen
            self.say(_NOT_THE_SAME)
        raise Refusal(RefusalCode.SIGN_IN_FAILED)
