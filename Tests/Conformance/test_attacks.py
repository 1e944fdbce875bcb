"""The attacks of `make attack`, each for a moment: how they end, and that calls beside them work."""

import asyncio
import collections
import concurrent.futures
import pathlib
import sys
import tempfile
import unittest
import urllib.request

from http2.server import ROOT, Target

sys.path.append(str(ROOT / "bench" / "attack"))

import attacks  # noqa: E402
import honest  # noqa: E402
from servers import make_identity  # noqa: E402

# Times as short as they can be set, so that the slow attacks end within a test as early
# as they can; but that of the first bytes is the honest client's, too, on a machine that is busy.
LIMITS = ("handshake_seconds=3,header_seconds=1,body_seconds=1,send_seconds=1,stall_seconds=1,"
          "stall_seconds_when_full=1")
ATTACKERS = 3
# Longer than the longest of the times.
ROUND = 4
# How long an attack may take to come to its end; hardly any needs more than a second.
SECONDS = 20
# Servers at the same time.
AT_ONCE = 4


class Outcome:
    """What a row came to."""

    def __init__(self, attack: attacks.Attack) -> None:
        # Messages that inflate to less, since a debug build takes its time for each of them.
        with tempfile.TemporaryDirectory() as folder:
            identity = make_identity(pathlib.Path(folder))
            server = Target(
                limits=LIMITS, message_bytes=65_536, tls=(identity.certificate, identity.key))
        try:
            host, port = server.address
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                load = pool.submit(honest.measure, f"{host}:{port}", 3, 40)
                address = server.tls_address if attack.is_tls else server.address
                self.ends = asyncio.run(self._attack(attack, address))
                self.honest = load.result()
            with urllib.request.urlopen(f"http://{host}:{port}/metrics", timeout=20) as page:
                self.metrics = page.read().decode()
            self.is_alive = server.process.poll() is None
        finally:
            server.stop()

    async def _attack(self, attack: attacks.Attack, address) -> collections.Counter:
        """Attacks until it has ended as it should, for one round at least."""
        ends: collections.Counter[str] = collections.Counter()
        loop = asyncio.get_running_loop()
        began = loop.time()
        while loop.time() < began + SECONDS:
            ends += await attacks.attack(attack, address, ATTACKERS, ROUND)
            if any(attack.ended in end for end in ends):
                break
        return ends


class AttackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        pool = concurrent.futures.ThreadPoolExecutor(AT_ONCE)
        cls.outcomes = {attack.name: pool.submit(Outcome, attack) for attack in attacks.ATTACKS}
        cls.addClassCleanup(pool.shutdown)


def _test(attack: attacks.Attack):
    def test(self: AttackTest) -> None:
        outcome = self.outcomes[attack.name].result()
        self.assertTrue(
            any(attack.ended in end for end in outcome.ends),
            f"not ended by {attack.ended} but by {outcome.ends}")
        self.assertEqual(outcome.honest["errors"], 0, outcome.honest["what"])
        self.assertEqual(outcome.honest["answered"], 120)
        self.assertTrue(outcome.is_alive)
        if attack.cause:
            self.assertIn(f'klinke_http_refused_total{{cause="{attack.cause}"}}', outcome.metrics)

    return test


for _attack in attacks.ATTACKS:
    _name = "".join(c if c.isalnum() else "_" for c in _attack.name.lower())
    setattr(AttackTest, f"test_{_name}", _test(_attack))


class CancelTest(unittest.TestCase):
    def test_an_honest_client_that_cancels_all_the_time_lives(self) -> None:
        # Far fewer at once than 300 calls come with, as it would be after some minutes.
        server = Target(limits="window_updates=20/10,priorities=20/10,pings=20/10")
        try:
            host, port = server.address
            figures = honest.measure(f"{host}:{port}", 3, 40, cancels=100)
            with urllib.request.urlopen(f"http://{host}:{port}/metrics", timeout=20) as page:
                metrics = page.read().decode()
        finally:
            server.stop()
        self.assertEqual(figures["errors"], 0, figures["what"])
        self.assertEqual(figures["answered"], 120)
        # One echo for each fifty cancelled calls.
        self.assertEqual(figures["cancelled"], 300)
        # A client that is ended comes back, and nobody would notice.
        self.assertNotIn("klinke_http_refused_total", metrics)
