"""codegen/same-descriptors: the committed descriptor set does not depend on the version of zlib."""

import base64
import pathlib
import subprocess
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "Sources" / "API" / "Contract" / "Generated" / "DescriptorSet.swift"


class SameDescriptorsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.other = pathlib.Path(folder.name) / "DescriptorSet.swift"
        self.head, text, self.tail = COMMITTED.read_text().split('"""')
        self.content = zlib.decompress(base64.b64decode(text.replace("\\\n", "")))

    def is_same(self, content: bytes, tail: str) -> bool:
        text = base64.b64encode(zlib.compress(content, 1)).decode()
        self.other.write_text(f'{self.head}"""\n    {text}\n    """{tail}')
        program = ROOT / "codegen" / "same-descriptors"
        return subprocess.run([program, self.other, COMMITTED]).returncode == 0

    def test_other_compression_is_the_same(self) -> None:
        self.assertTrue(self.is_same(self.content, self.tail))

    def test_another_byte_is_not_the_same(self) -> None:
        self.assertFalse(self.is_same(self.content[:-1] + b"\x00", self.tail))

    def test_other_text_is_not_the_same(self) -> None:
        self.assertFalse(self.is_same(self.content, self.tail + "\n"))

    def test_a_missing_file_is_not_the_same(self) -> None:
        program = ROOT / "codegen" / "same-descriptors"
        status = subprocess.run([program, self.other, COMMITTED]).returncode
        self.assertEqual(status, 1)


if __name__ == "__main__":
    unittest.main()
