# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rigs have to show, each with how often: the promises of the program in figures."""

from dataclasses import dataclass
from typing import Final

import pytest

MUST_BE_SEEN: Final = "control: must be seen"


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise and the least that has to be tried before it counts as shown."""

    key: str
    """What `--only` takes."""
    claim: str
    target: str
    at_least: int
    """Trials in the whole run, of all rows of this figure together that are no controls."""
    needs: str = ""
    """What the machine must have or allow."""


STRACE: Final = "strace"
ROOT: Final = "Linux and root"
FIGURES: Final = {
    figure.key: figure
    for figure in (
        Figure(
            "kill-every-call",
            "kill -9 at every system call that changes the disk",
            "3,000 points; 0 acknowledged saves lost, 0 damaged",
            3_000,
            STRACE,
        ),
        Figure(
            "kill-any-moment",
            "kill -9 at any moment while answers are saved",
            "2,000 kills, 100,000 acknowledged saves; 0 lost, 0 damaged",
            2_000,
        ),
        Figure(
            "faults",
            "a disk that fails, is full or may not be written, at every call",
            '3,000; 0 lost, 0 damaged, 0 "saved" that was not',
            3_000,
            STRACE,
        ),
        Figure(
            "power-loss",
            "power loss, four files and the key file",
            "20,000 states; 0 lost, 0 torn",
            20_000,
            STRACE,
        ),
        Figure(
            "flips",
            "one bit changed at rest",
            "10,000 flips; all found before anything is shown",
            10_000,
        ),
        Figure("pages", "every page changed at rest, five ways", "every page; all found", 100),
        Figure(
            "rollback",
            "older files put back, alone and together",
            "all found against what was remembered",
            40,
        ),
        Figure("vault-attacks", "the key file edited with a plan", "13 attacks; 0 accepted", 13),
        Figure(
            "vault-bytes", "every byte of the key file changed", "every byte; 0 accepted", 10_000
        ),
        Figure(
            "rotation",
            "change of keys under kill and fault",
            "500; never half, never a false success",
            500,
            STRACE,
        ),
        Figure(
            "backup",
            "making a backup under kill and fault",
            "200; never half, never a false success",
            200,
            STRACE,
        ),
        Figure(
            "backup-harm",
            "a backup with a bit changed, or cut",
            "2,000 bits and every cut of its first lines; 0 accepted",
            2_000,
        ),
        Figure(
            "restore",
            "restore under kill and fault",
            "200; never half, never a false success",
            200,
            STRACE,
        ),
        Figure(
            "migration",
            "a step of the schema under kill and fault",
            "300 for each step; never half, never a false success",
            300,
            STRACE,
        ),
        Figure(
            "leaks",
            "plain text in any place that the program controls",
            "500 marks x places x states x encodings; 0 found",
            100_000,
            ROOT,
        ),
        Figure(
            "memory",
            "memory after a lock",
            "100 locks; 0 words, 0 keys, 1 s each at the most",
            100,
            ROOT,
        ),
        Figure("triggers", "everything that ends a session", "8 x 20; all within 2 s", 160),
        Figure(
            "crashes",
            "another program reads a session, then it crashes",
            "50; refused, 0 dumps",
            50,
            ROOT,
        ),
        Figure(
            "log-edits",
            "a manipulated log",
            "1,600; all found with what was remembered and on paper",
            1_600,
        ),
        Figure("log-long", "100,000 entries verified at sign-in", "1 s at the most", 100_000),
        Figure("log-complete", "no look, change or paper without its entry", "every service", 100),
        Figure("permissions", "who may do what, by trying", "every cell of role x service", 200),
        Figure(
            "keys",
            "who can open which file, by decrypting",
            "every cell of role x file",
            16,
        ),
        Figure(
            "hostile-text",
            "hostile names and sentences in every output",
            "500 x 12; 0 read as markup, 0 files opened, 0 broken off",
            6_000,
        ),
        Figure(
            "fuzzing",
            "changed files and codes given to every reader",
            "10,000,000 in a long run; only our own errors, 1 s each at the most",
            10_000_000,
        ),
        Figure("sockets", "sockets over all journeys", "0 AF_INET, 0 AF_INET6", 9, STRACE),
        Figure("screens", "every screen: language x text size", "0 words cut", 30),
        Figure("windows", "lock, rights and hiding on Windows", "as on Linux", 1, "Windows"),
        Figure("macos", "lock, rights and hiding on macOS", "as on Linux", 1, "macOS"),
    )
}


def shows(key: str, *, control: bool = False) -> pytest.MarkDecorator:
    """Marks a rig with the figure that it shows; a control shows that its eyes are open."""
    if key not in FIGURES:
        raise KeyError(key)
    return pytest.mark.shows(key, control=control)
