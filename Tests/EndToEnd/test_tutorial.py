"""docs/tutorial.md does what it says: its commands run as they are, and print what it shows."""

import os
import re
import subprocess
import tempfile
import unittest

import support

TUTORIAL = support.ROOT / "docs" / "tutorial.md"
MARK = "---- end of block ----"


class TutorialTest(unittest.TestCase):
    maxDiff = None

    def test_every_command_prints_what_the_tutorial_shows(self) -> None:
        steps = self.steps()
        self.assertGreater(len(steps), 10)
        # One shell for all blocks, because later ones use what earlier ones set.
        script = "".join(f"{commands}\necho '{MARK}'\n" for commands, _ in steps)
        with support.Server() as server, tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", "exec 2>&1\n" + script],
                env={"PATH": f"{support.BINARIES}:{os.environ['PATH']}", "HOME": home,
                     "KLINKE_SERVER": server.url, "KLINKE_DATA": str(server.data)},
                cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                timeout=2 * support.CALL_SECONDS, check=False)
        printed = done.stdout.split(MARK + "\n")
        self.assertEqual(done.returncode, 0, "\n" + printed[-1])
        self.assertEqual(len(printed), len(steps) + 1)
        for (commands, shown), output in zip(steps, printed):
            with self.subTest(commands):
                if not re.fullmatch(self.pattern(shown), output):
                    self.assertEqual(shown, output)

    @staticmethod
    def steps() -> list[tuple[str, str]]:
        """The `sh` blocks, each with the `text` block that follows it."""
        blocks = re.findall(
            r"^```(\w+)\n(.*?)^```$", TUTORIAL.read_text(), re.MULTILINE | re.DOTALL)
        steps = []
        for index, (kind, content) in enumerate(blocks):
            if kind == "sh":
                after = blocks[index + 1] if index + 1 < len(blocks) else ("", "")
                steps.append((content, after[1] if after[0] == "text" else ""))
        return steps

    @staticmethod
    def pattern(shown: str) -> str:
        """`…` is something within a line, or any lines when it is alone. Columns may be wider."""
        lines = []
        for line in shown.splitlines():
            if line == "…":
                lines.append(r"(?:.*\n)*?")
            else:
                parts = [re.sub(r"(\\ )+", r" +", re.escape(part)) for part in line.split("…")]
                lines.append(".*?".join(parts) + r"\n")
        return "".join(lines)


if __name__ == "__main__":
    unittest.main()
