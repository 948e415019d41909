# SPDX-License-Identifier: GPL-3.0-or-later
"""Guessing at the sign-in window gets slow, and nobody is ever locked out for good."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.storage.throttle import FILE_NAME, Throttle, delay_after

KEY = bytes(range(32))
DELAYED = RefusalCode.SIGN_IN_DELAYED


@dataclass
class Uptime:
    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def uptime() -> Uptime:
    return Uptime()


@pytest.fixture
def throttle(tmp_path: Path, uptime: Uptime) -> Throttle:
    return Throttle(tmp_path, KEY, uptime)


def wait(throttle: Throttle, tag: str = "a") -> int:
    """Seconds the person is asked to wait now."""
    try:
        throttle.require_turn(tag)
    except Refusal as refused:
        return int(refused.facts["seconds"]) if refused.code is DELAYED else -1
    return 0


def test_delays_grow_as_designed() -> None:
    """Nothing up to two failures, then 1, 2, 4 ... 60 seconds, 15 minutes from the tenth on."""
    found = [delay_after(failures) for failures in range(13)]
    assert found == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 900, 900, 900]


def test_waiting_lets_a_person_try_again(throttle: Throttle, uptime: Uptime) -> None:
    """After the delay the next attempt is free, also after a hundred failures."""
    for _ in range(100):
        throttle.charge("a")
    assert wait(throttle) == 900
    uptime.seconds += 899
    assert wait(throttle) == 1
    uptime.seconds += 1
    assert wait(throttle) == 0


def test_names_are_counted_apart(throttle: Throttle) -> None:
    """A curious colleague who guesses at one name does not keep the others waiting."""
    for _ in range(10):
        throttle.charge("a")
    assert (wait(throttle, "a"), wait(throttle, "b")) == (900, 0)


def test_success_clears_and_tells_how_often_it_failed(throttle: Throttle) -> None:
    """The person who gets in learns of the attempts made in between."""
    for _ in range(3):
        throttle.charge("a")
    assert throttle.clear("a") == 2
    assert wait(throttle) == 0


def test_restart_of_the_computer_restarts_the_delay(throttle: Throttle, uptime: Uptime) -> None:
    """Switching off and on is no way around the wait."""
    for _ in range(10):
        throttle.charge("a")
    uptime.seconds = 5
    assert wait(throttle) == 900
    uptime.seconds += 900
    assert wait(throttle) == 0


def test_restart_of_the_program_continues_the_delay(tmp_path: Path, uptime: Uptime) -> None:
    """The count is in a file."""
    for _ in range(10):
        Throttle(tmp_path, KEY, uptime).charge("a")
    uptime.seconds += 100
    assert wait(Throttle(tmp_path, KEY, uptime)) == 800


@pytest.mark.parametrize("content", [b"", b"{}", b'{"body":{},"mac":"00"}', b"\xff" * 50])
def test_edited_count_delays_and_then_lets_in(
    content: bytes, tmp_path: Path, throttle: Throttle, uptime: Uptime
) -> None:
    """Editing the file gives a guesser a minute of waiting instead of free attempts."""
    (tmp_path / FILE_NAME).write_bytes(content)
    assert wait(throttle) == 60
    uptime.seconds += 60
    assert wait(throttle) == 0


def test_count_of_another_computer_is_not_believed(tmp_path: Path, uptime: Uptime) -> None:
    """A file made under another device key counts as edited."""
    Throttle(tmp_path, bytes(32), uptime).charge("b")
    assert wait(Throttle(tmp_path, KEY, uptime)) == 60


def test_file_stays_small(tmp_path: Path, throttle: Throttle) -> None:
    """Thousands of invented names do not fill the disk."""
    for number in range(1_050):
        throttle.charge(f"{number}")
    assert (tmp_path / FILE_NAME).stat().st_size < 60_000
