"""A short soak: every answer is right, and every connection leaves nothing behind. `make soak` is the
long one."""

import unittest

import soak
import support


class SoakTest(unittest.TestCase):
    def test_calls_of_all_kinds_are_answered_and_leave_nothing_open(self) -> None:
        with support.Server() as server:
            outcomes = soak.run(server, seconds=20, rate=60)
        self.assertEqual(outcomes.problems, [])
        self.assertGreater(outcomes.tally.fresh, 0)

    def test_a_rise_is_seen(self) -> None:
        flat = [(at * 10.0, 50 << 20) for at in range(60)]
        rising = [(at, size + int(at * 1_048_576 / 300)) for at, size in flat]
        self.assertAlmostEqual(soak.slope(flat), 0, places=6)
        self.assertAlmostEqual(soak.slope(rising), 2, places=3)
        for samples, problems in ((flat, 0), (rising, 1), (rising[:59], 0)):
            tally = soak.Tally(soak.collections.Counter(dict.fromkeys(soak.CALLS, 1)))
            outcomes = soak.Outcomes(tally, 600, samples, (9, 9))
            self.assertEqual(len(outcomes.problems), problems, outcomes.problems)


if __name__ == "__main__":
    unittest.main()
