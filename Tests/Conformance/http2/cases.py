"""The list of cases: functions that play one thing to the server, each with its section."""

import dataclasses
from collections.abc import Callable

from http2.peer import Peer


@dataclasses.dataclass
class Case:
    """One rule and how it is tried."""

    rfc: int
    section: str
    rule: str
    play: Callable[[Peer], None]
    # What the connection begins with; None leaves the preface to the case.
    settings: tuple[tuple[int, int], ...] | None

    @property
    def name(self) -> str:
        words = "".join(c if c.isalnum() else " " for c in self.rule.lower()).split()
        section = "_".join(f"{int(part):02}" for part in self.section.split("."))
        return f"test_rfc{self.rfc}_{section}_" + "_".join(words)


CASES: list[Case] = []


def case(rule: str, section: str, *settings: tuple[int, int], greet: bool = True, rfc: int = 9113):
    """Adds a function to the list. `section` is the one that has the rule."""

    def add(play: Callable[[Peer], None]) -> Callable[[Peer], None]:
        CASES.append(Case(rfc, section, rule, play, settings if greet else None))
        return play

    return add


def run(one: Case, address: tuple[str, int]) -> None:
    """Plays a case on a connection of its own; raises when the server breaks the rule."""
    peer = Peer(address, *(one.settings or ()), greet=one.settings is not None)
    try:
        one.play(peer)
    finally:
        peer.close()
