"""Figures as Markdown: tables of servers side by side, goals, and their places in a document."""

import dataclasses
import datetime
import os
import pathlib
import re
from collections.abc import Iterable

import servers
from host import processor_ticks
from load import Figures

# Of each load, the figures of each server by name.
Results = dict


def table(headings: str, rows: Iterable[Iterable[str]]) -> str:
    """Columns after the first that begin with `>` are numbers."""
    names = [name.strip() for name in headings.split("|")]
    lines = [
        "| " + " | ".join(name.removeprefix(">") for name in names) + " |",
        "| " + " | ".join("---:" if name.startswith(">") else "---" for name in names) + " |",
    ]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    """Three figures at least."""
    for bound, places in ((100, 0), (10, 1), (1, 2)):
        if value >= bound:
            return f"{value:,.{places}f}"
    return f"{value:.3f}"


def rate_of(unit: str) -> str:
    return "MiB/s" if unit == "MiB" else f"{unit}s/s"


def comparison(results: Results) -> str:
    """Every server in a line of its own, beside C++ and beside the server in C."""
    rows = []
    for load, by_server in results.items():
        peers = [by_server[servers.CPP], by_server[servers.C]]
        for name, figures in by_server.items():
            rows.append([
                load.words, f"**{name}**" if name == servers.KLINKE else name,
                number(figures.units_per_second), number(figures.p50_ms), number(figures.p99_ms),
                number(figures.server_microseconds),
                *(number(figures.units_per_second / peer.units_per_second) for peer in peers),
                *(number(figures.server_microseconds / peer.server_microseconds) for peer in peers),
            ])
    (unit,) = {load.unit for load in results}
    return table(
        f"what|server|>{rate_of(unit)}|>p50 ms|>p99 ms|>CPU µs/{unit}|>rate, C++ = 1|>rate, C = 1"
        "|>CPU, C++ = 1|>CPU, C = 1",
        rows,
    )


def plain(rows: list[tuple[str, Figures]], unit: str) -> str:
    """Of Klinke alone."""
    return table(
        f"what|>{rate_of(unit)}|>p50 ms|>p99 ms|>server CPU µs/{unit}",
        (
            [what, number(figures.units_per_second), number(figures.p50_ms),
             number(figures.p99_ms), number(figures.server_microseconds)]
            for what, figures in rows
        ),
    )


@dataclasses.dataclass(frozen=True)
class Goal:
    words: str
    value: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )


def goals(wanted: list[Goal]) -> str:
    return table(
        "goal|>bound|>measured|met",
        (
            [goal.words,
             f"≤ {goal.at_most:g}" if goal.at_most is not None else f"≥ {goal.at_least:g}",
             number(goal.value), "yes" if goal.is_met else "**no**"]
            for goal in wanted
        ),
    )


class Circumstances:
    """When and where a measurement is made, from the moment that this is."""

    def __init__(self) -> None:
        self.load = os.getloadavg()[0]
        self.ticks = processor_ticks()

    def words(self) -> str:
        """As a sentence, at the end of the measurement."""
        info = pathlib.Path("/proc/cpuinfo").read_text()
        model = re.search(r"model name\s*: (.*)", info)
        spent = [now - then for then, now in zip(self.ticks, processor_ticks())]
        idle, stolen = spent[3] + spent[4], spent[7]
        wanted = max(1, sum(spent) - idle)
        return (
            f"{datetime.date.today()}, {len(servers.CORES)} cores"
            f"{f' of {model.group(1)}' if model else ''}, load {self.load:.1f} when it began;"
            f" of the time that was wanted, the host gave {stolen / wanted:.0%} to others.\n"
        )


def write(document: pathlib.Path, part: str, text: str) -> None:
    """Replaces what stands between the marks of a part."""
    begin, end = f"<!-- bench {part} -->\n", f"<!-- end of bench {part} -->\n"
    before, found, rest = document.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise RuntimeError(f"{document} has no place for {part}")
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}")
