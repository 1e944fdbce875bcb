"""The server's HTTP/2 against a list of our own: RFC 9113 sections 3 to 8 and RFC 7541."""

import unittest

from http2 import cases, compression, connection, frames, messages  # noqa: F401, they fill the list
from http2.server import Target


class HTTP2Test(unittest.TestCase):
    """A test for each case; the name says which section has the rule."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = Target()
        cls.addClassCleanup(cls.server.stop)


def _test(case: cases.Case):
    def test(self: HTTP2Test) -> None:
        cases.run(case, self.server.address)

    test.__doc__ = f"RFC {case.rfc} section {case.section}: {case.rule}"
    return test


for _case in cases.CASES:
    assert not hasattr(HTTP2Test, _case.name), f"two cases are called {_case.name}"
    setattr(HTTP2Test, _case.name, _test(_case))


class ListTest(unittest.TestCase):
    def test_the_list_is_as_long_as_it_says(self) -> None:
        self.assertGreaterEqual(len(cases.CASES), 260)
        sections = {case.section.split(".")[0] for case in cases.CASES if case.rfc == 9113}
        self.assertLessEqual({"3", "4", "5", "6", "7", "8"}, sections)
