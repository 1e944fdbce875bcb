#!/usr/bin/env python3
"""Runs Tests/Conformance, Tests/Contract and Tests/EndToEnd against the built server and client.

usage: Tests/run_python.py [MODULE ...]     for example test_story test_contract.WalkTest

KLINKE_BIN is the folder of the programs, .build/debug unless set. Three processes share the modules,
each with one server for all tests that need none of their own. Says which tests took longest, and
ends with `N passed, N failed`.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import unittest

import temporary

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
PYTHON = ROOT / ".deps" / "venv" / "bin" / "python"
FOLDERS = [
    TESTS / "Conformance", TESTS / "Conformance" / "grpc", TESTS / "Contract", TESTS / "EndToEnd"]
# About as long as all others together: they start servers of their own.
APART = ["test_setup", "test_lifecycle", "test_crash", "test_tutorial"]
# Mostly wait, and need no server that others share.
PATIENT = ["test_interop", "test_framing"]
SLOWEST = 5
# For a part that hangs; together they take a few minutes, on a machine that is busy ten.
MOST_SECONDS = 3000
STOP_SECONDS = 60


class Result(unittest.TextTestResult):
    """Counts tests, not subtests: one broken test is one failure."""

    def __init__(self, *arguments, **named) -> None:
        super().__init__(*arguments, **named)
        self.broken: set[str] = set()
        self.seconds: dict[str, float] = {}
        self.began = 0.0

    def startTest(self, test) -> None:
        super().startTest(test)
        self.began = time.monotonic()

    def stopTest(self, test) -> None:
        super().stopTest(test)
        self.seconds[test.id()] = time.monotonic() - self.began

    def addFailure(self, test, error) -> None:
        super().addFailure(test, error)
        self.broken.add(test.id())

    def addError(self, test, error) -> None:
        super().addError(test, error)
        self.broken.add(test.id())

    def addSubTest(self, test, subtest, error) -> None:
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.broken.add(test.id())

    def addUnexpectedSuccess(self, test) -> None:
        super().addUnexpectedSuccess(test)
        self.broken.add(test.id())


def run_here(modules: list[str]) -> int:
    """Runs modules in this process."""
    # Unlike an exit, which a test would report as its own error.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.path[:0] = [str(folder) for folder in FOLDERS]
    suite = unittest.defaultTestLoader.loadTestsFromNames(modules)
    result = unittest.TextTestRunner(resultclass=Result, stream=sys.stdout, verbosity=1).run(suite)
    slowest = sorted(result.seconds, key=result.seconds.get)[-SLOWEST:]
    for name in reversed(slowest):
        print(f"{result.seconds[name]:6.1f} s {name}")
    # The error of a class's fixture is a failure beside the tests that did not run.
    failed = len(result.broken)
    passed = max(result.testsRun - len({b for b in result.broken if "(" not in b}), 0)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if failed == 0 and passed > 0 else 1


class Part:
    """Modules that run in a process of their own."""

    def __init__(self, modules: list[str]) -> None:
        self.passed = self.failed = 0
        self.modules = modules
        self.output: list[str] = []
        self.process = subprocess.Popen(
            [str(PYTHON), "-B", str(TESTS / "run_python.py"), "--here", *modules],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace")
        self.is_read = threading.Event()
        # What a killed part has started may keep its output open, and us waiting for it.
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        for line in self.process.stdout:
            self.output.append(line)
        self.is_read.set()

    def finish(self, deadline: float) -> None:
        """Waits for the end and prints what was said."""
        if not self.is_read.wait(max(0, deadline - time.monotonic())):
            print(f"{' '.join(self.modules)} is ended after {MOST_SECONDS} s")
            self.end()
        status = self.process.wait()
        self.is_read.wait(STOP_SECONDS)
        output = "".join(self.output)
        print(output, end="")
        told = re.findall(r"^(\d+) passed, (\d+) failed$", output, re.MULTILINE)
        if told:
            self.passed, self.failed = map(int, told[-1])
        if status != 0 and self.failed == 0:
            print(f"{' '.join(self.modules)} ended with status {status}")
            self.failed = 1

    def end(self) -> None:
        """Has the part end, if it has not."""
        self.process.terminate()
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


def main(arguments: list[str]) -> int:
    if not PYTHON.exists():
        print("run_python: .deps/venv is missing; run: scripts/setup test", file=sys.stderr)
        return 1
    binaries = pathlib.Path(os.environ.get("KLINKE_BIN", ROOT / ".build" / "debug"))
    for name in ("klinked", "klinke"):
        if not (binaries / name).exists():
            print(f"run_python: {binaries / name} is missing; run: swift build", file=sys.stderr)
            return 1
    began = time.monotonic()
    found = sorted(path.stem for folder in FOLDERS for path in folder.glob("test_*.py"))
    together = [name for name in found if name not in APART + PATIENT]
    apart = [name for name in found if name in APART]
    patient = [name for name in found if name in PATIENT]
    parts = [
        Part(modules) for modules in ([arguments] if arguments else [together, apart, patient])]
    try:
        for part in parts:
            part.finish(began + MOST_SECONDS)
    finally:
        for part in parts:
            part.end()
    failed = sum(part.failed for part in parts)
    print(f"Contract and EndToEnd took {time.monotonic() - began:.0f} s")
    print(f"{sum(part.passed for part in parts)} passed, {failed} failed", flush=True)
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        sys.exit(run_here(sys.argv[2:]))
    with temporary.folder():
        sys.exit(main(sys.argv[1:]))
