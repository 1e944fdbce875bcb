"""One folder for all that a run of tests writes, so that killed processes leave nothing behind."""

import contextlib
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator

PREFIX = "klinke-run-"
REMOVE_SECONDS = 30


@contextlib.contextmanager
def folder() -> Iterator[None]:
    """Has this process and those it starts put temporary files into a folder that is removed in the
    end, also when the end is SIGTERM. Within such a folder there is no other."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    outside = tempfile.gettempdir()
    if pathlib.Path(outside).name.startswith(PREFIX):
        yield
        return
    # The address of a Unix socket holds 107 bytes of path, and shells divide words at spaces.
    parent = outside if len(os.fsencode(outside)) <= 30 and " " not in outside else "/tmp"
    path = tempfile.mkdtemp(prefix=PREFIX, dir=parent)
    # A database that must not run as root gets through to its files.
    os.chmod(path, 0o711)
    os.environ["TMPDIR"] = tempfile.tempdir = path
    try:
        yield
    finally:
        tempfile.tempdir = outside
        os.environ["TMPDIR"] = outside
        remove(path)


def remove(path: str) -> None:
    """Removes the folder when nobody works in it any longer: the server of a test that was killed
    ends as well, and until then makes new files."""
    deadline = time.monotonic() + REMOVE_SECONDS
    while (busy := processes(path)) and time.monotonic() < deadline:
        time.sleep(0.2)
    shutil.rmtree(path, ignore_errors=True)
    if busy or os.path.exists(path):
        print(f"tests: {path} is left behind by {busy}", file=sys.stderr)


def processes(path: str) -> list[str]:
    """The processes that were told of a folder, or are in it."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = os.fsdecode((process / "cmdline").read_bytes()).replace("\0", " ")
            if path in command or os.readlink(process / "cwd").startswith(path):
                found.append(f"{process.name} {command[:60].strip()}")
    return found
