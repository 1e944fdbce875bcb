#!/usr/bin/env python3
"""Feeds every prefix and every change of a single byte of random messages to our codec.

usage: mutations.py PROGRAM [COUNT] [SEED]

PROGRAM is fuzz-codec, for 500 messages better an optimised one. Ends with a line of figures; a trap
ends it with the program's status.
"""

import resource
import struct
import subprocess
import sys
import tempfile
import time

import differential
import random_messages

MEMORY_BYTES_MAX = 1 << 30


def run(program: str, count: int, seed: int) -> subprocess.CompletedProcess:
    """The program, with an end to the memory it may take."""
    source = random_messages.Source(seed, differential.load_pool(), [differential.TYPE])
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(count):
            encoded = source.message(differential.TYPE).SerializeToString()
            file.write(struct.pack("<I", len(encoded)) + encoded)
        file.flush()
        # By a program: code of ours between fork and exec would meet the threads of a gRPC client
        # of another test in the same process.
        return subprocess.run(
            ["prlimit", f"--as={MEMORY_BYTES_MAX}", program, "mutations", file.name],
            capture_output=True, text=True)


def main() -> int:
    if not 2 <= len(sys.argv) <= 4:
        print(__doc__, file=sys.stderr)
        return 2
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    began = time.monotonic()
    done = run(sys.argv[1], count, seed)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"seed {seed}: {(done.stdout or done.stderr).strip()}; {used.ru_utime:.0f} s of CPU in "
          f"{time.monotonic() - began:.0f} s, at most {used.ru_maxrss / 1024:.0f} MiB")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
