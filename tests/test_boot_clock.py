# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks that nobody sets: they only move forward, and their difference is sleep."""

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.boot_clock import asleep, awake, since_boot


@pytest.mark.parametrize("clock", [since_boot, awake])
def test_a_clock_only_moves_forward(clock: Callable[[], float]) -> None:
    """A thousand readings, none before the one before."""
    read = [clock() for _ in range(1000)]
    assert read == sorted(read)


def test_a_computer_was_never_awake_longer_than_on() -> None:
    """The two clocks count from the same start."""
    assert asleep() > -0.1


@pytest.mark.skipif(sys.platform != "linux", reason="the other clock of Linux")
def test_sleep_counts_on_linux() -> None:
    """The clock is the one that goes on during sleep, not the plain monotonic one."""
    assert abs(since_boot() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1


@given(slept=st.floats(0, 1e6), woken=st.floats(0, 1e7))
def test_sleep_is_what_the_clocks_differ_by(slept: float, woken: float) -> None:
    """For every computer."""
    assert abs(asleep(lambda: woken + slept, lambda: woken) - slept) < 1e-3


def test_a_process_that_had_to_wait_is_not_taken_for_a_sleeping_computer() -> None:
    """Between the two readings others had the processor: the clocks are read again."""
    now = 0.0
    waits = iter([3.0, 0.0, 0.0, 0.0, 0.0, 0.0])

    def running() -> float:
        return now

    def on() -> float:
        nonlocal now
        now += next(waits)
        return now

    assert asleep(on, running) == 0.0
