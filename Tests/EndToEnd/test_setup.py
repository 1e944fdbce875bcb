"""The set-up script on machines that lack something: one line that says what and what to do."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SetupScriptTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="klinke-setup-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        shutil.copytree(ROOT / "scripts", self.folder / "scripts")
        self.stubs = self.folder / "stubs"
        self.stubs.mkdir()
        self.stub("swift", "echo 'Swift version 6.3.1 (swift-6.3.1-RELEASE)'")

    def stub(self, name: str, script: str) -> None:
        path = self.stubs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run_setup(self, level: str = "run", **settings: str) -> subprocess.CompletedProcess:
        path = settings.pop("PATH", f"{self.stubs}:{os.environ['PATH']}")
        return subprocess.run(
            ["/bin/bash", str(self.folder / "scripts" / "setup"), level],
            env={"PATH": path, "HOME": str(self.folder), **settings}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, check=False)

    def assert_told(self, done: subprocess.CompletedProcess, *words: str) -> None:
        self.assertNotEqual(done.returncode, 0)
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertTrue(lines[0].startswith("setup: "), lines[0])
        for word in words:
            self.assertIn(word, lines[0])

    def have_all_packages(self) -> None:
        self.stub("dpkg-query", 'shift 3; for p in "$@"; do echo "installed $p"; done')

    def test_no_network(self) -> None:
        self.have_all_packages()
        # Nobody listens there, so every download fails at once.
        nobody = f"http://127.0.0.1:{unused_port()}"
        done = self.run_setup(
            PIP_INDEX_URL=f"{nobody}/simple", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1",
            PIP_CONFIG_FILE=os.devnull, https_proxy=nobody, http_proxy=nobody)
        self.assert_told(done, "pip", "network")

    def test_a_package_that_cannot_be_had(self) -> None:
        self.stub("dpkg-query", "exit 1")
        self.stub("sudo", '"$@"')
        self.stub("tee", "cat >/dev/null")
        self.stub("chmod", "exit 0")
        self.stub("rm", "exit 0")
        self.stub("apt-get", 'case "$*" in update) exit 0 ;; *) exit 100 ;; esac')
        self.assert_told(self.run_setup(), "apt-get could not install", "libnghttp2-dev")
        self.stub("apt-get", "exit 100")
        self.assert_told(self.run_setup(), "apt-get update failed", "network")

    def test_no_compiler_or_an_old_one(self) -> None:
        self.have_all_packages()
        self.stub("swift", "echo 'Swift version 5.10 (swift-5.10-RELEASE)'")
        self.assert_told(self.run_setup(), "5.10", "6.3")

    def test_wrong_usage(self) -> None:
        self.assertEqual(self.run_setup("everything").returncode, 2)


if __name__ == "__main__":
    unittest.main()
