# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ends of a hand-over of keys as a program of their own, without a window."""

import os
import sys
from hashlib import sha256
from pathlib import Path

from pact_desktop.desktop import processes
from pact_desktop.hardening import protect_process

NEVER_RINGS, PLAIN = "never-rings", "plain"


def start(secret: bytes, way: str) -> None:
    """Says when it is shut to others, waits for a line, and becomes the other end."""
    protect_process()
    sys.stdout.write("shut\n")
    sys.stdout.flush()
    sys.stdin.readline()
    processes.program = lambda: [sys.executable, "-m", "tests.hand_over", way]
    if way == PLAIN:
        # As it would be without the bell: the keys wait in the pipe for whoever reads first.
        reader, writer = os.pipe()
        os.write(writer, secret)
        os.dup2(reader, 0)
        os.execv(sys.executable, [*processes.program(), processes.SESSION_FLAG])  # noqa: S606 no shell
    processes.replace_with_session(secret, ["--data", "somewhere"])


def become_session(way: str, words: list[str]) -> None:
    if way == NEVER_RINGS:
        os._exit(0)
    protect_process()
    secret = processes.take_secret()
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    sys.stdout.write(f"{sha256(secret).hexdigest()} {len(children)} {' '.join(words)}\n")


def main(words: list[str]) -> None:
    way, *rest = words
    if processes.SESSION_FLAG in rest:
        become_session(way, rest)
    else:
        start(os.urandom(int(rest[0])) if rest[0].isdigit() else rest[0].encode(), way)


if __name__ == "__main__":
    main(sys.argv[1:])
