"""Uploads of grpcio over a long way: when the windows grow, and when they may not."""

import re
import sys
import unittest
import urllib.request

from http2.server import ROOT, Target

sys.path.append(str(ROOT / "bench"))

import long_link  # noqa: E402


class LongLinkTest(unittest.TestCase):
    def upload(self, limits: str) -> dict[str, int]:
        """Uploads over a way of 20 ms and returns what the server has counted since."""
        target = Target(limits=limits)
        self.addCleanup(target.stop)
        link = long_link.LongLink(target.address, 0.01)
        self.addCleanup(link.stop)
        # Fails unless all of it has arrived.
        long_link.upload(link.port, 4)
        host, port = target.address
        with urllib.request.urlopen(f"http://{host}:{port}/metrics", timeout=20) as page:
            text = page.read().decode()
        counted = {"grown": 0, "refused": 0}
        for name, line in (
            ("grown", "klinke_http_windows_grown_total"),
            ("refused", r'klinke_http_refused_total\{cause="window_growth"\}'),
        ):
            if found := re.search(rf"^{line} (\d+)$", text, re.MULTILINE):
                counted[name] = int(found[1])
        return counted

    def test_windows_grow(self) -> None:
        counted = self.upload("stream_window_bytes=65535,connection_window_bytes=65535")
        self.assertGreater(counted["grown"], 0)
        self.assertEqual(counted["refused"], 0)

    def test_windows_stay_where_they_may_not_grow(self) -> None:
        self.assertEqual(
            self.upload(
                "stream_window_bytes=65535,connection_window_bytes=65535," + long_link.FIXED),
            {"grown": 0, "refused": 0})

    def test_windows_stay_when_the_loop_has_no_more(self) -> None:
        counted = self.upload(
            "stream_window_bytes=65535,connection_window_bytes=65535,window_growth_bytes=1")
        self.assertEqual(counted["grown"], 0)
        self.assertGreater(counted["refused"], 0)


if __name__ == "__main__":
    unittest.main()
