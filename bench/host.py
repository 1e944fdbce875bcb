"""What the host of this machine takes from it: a measurement is worth something only without that."""

import multiprocessing
import os
import time
from collections.abc import Callable
from typing import TypeVar

Measured = TypeVar("Measured")

# A measurement from which the host takes more of the processors' time is made again.
STOLEN_MAX = 0.005
TRIES = 3


def processor_ticks() -> list[int]:
    """Of all processors since they began, in hundredths of a second: user, nice, system, idle,
    waiting, interrupts, soft interrupts, stolen by the host; see proc_stat(5)."""
    with open("/proc/stat") as file:
        return [int(count) for count in file.readline().split()[1:9]]


def stolen_ticks() -> int:
    """What the host has given to others."""
    return processor_ticks()[-1]


def wait(cores: list[int], seconds: float) -> None:
    """Waits until the host leaves the cores to a machine that wants them for a second, but no
    longer than `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = stolen_ticks()
        spinners = [multiprocessing.Process(target=_spin, args=(core,)) for core in cores]
        for spinner in spinners:
            spinner.start()
        for spinner in spinners:
            spinner.join()
        if stolen_ticks() == before:
            return
        time.sleep(1)


def _spin(core: int) -> None:
    os.sched_setaffinity(0, {core})
    end = time.monotonic() + 1
    while time.monotonic() < end:
        pass


def least_disturbed(measure: Callable[[], Measured]) -> Measured:
    """The first measurement from which the host takes hardly anything, or of several the one from
    which it takes least."""
    made: list[tuple[float, Measured]] = []
    for _ in range(TRIES):
        before = processor_ticks()
        measured = measure()
        spent = [now - then for then, now in zip(before, processor_ticks(), strict=True)]
        made.append((spent[-1] / max(1, sum(spent)), measured))
        if made[-1][0] <= STOLEN_MAX:
            break
    return min(made, key=lambda one: one[0])[1]
