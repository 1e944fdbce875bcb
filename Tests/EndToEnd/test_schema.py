"""The whole schema as the migrations make it, beside the one that is kept for reading.

usage: test_schema.py --write     writes migrations/schema.sql anew
"""

import subprocess
import sys
import unittest

import support

SCHEMA = support.ROOT / "migrations" / "schema.sql"
HEAD = """\
-- The whole schema, as all migrations together make it. For reading; nothing applies it.
-- Generated: change it by a migration, then run Tests/EndToEnd/test_schema.py --write.

"""
# Lines that differ from run to run or from server to server.
NOISE = ("-- Dumped ", "\\restrict", "\\unrestrict")


def dump(server: support.Server) -> str:
    """The schema of a server that has just migrated."""
    result = subprocess.run(
        [
            support.ROOT / ".deps" / "postgres" / "bin" / "pg_dump",
            *("--host", str(server.sockets), "--username", "postgres", "--dbname", "klinke"),
            *("--schema-only", "--no-owner"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    kept: list[str] = []
    for line in result.stdout.splitlines():
        if line.startswith(NOISE) or (not line and kept and not kept[-1]):
            continue
        kept.append(line)
    return HEAD + "\n".join(kept).strip() + "\n"


class SchemaTest(unittest.TestCase):
    """migrations/ and migrations/schema.sql tell the same."""

    maxDiff = None

    def test_migrations_make_the_schema_that_is_kept(self):
        self.assertEqual(dump(support.shared()), SCHEMA.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    SCHEMA.write_text(dump(support.shared()), encoding="utf-8")
