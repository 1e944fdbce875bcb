"""Our codec beside PyPI protobuf, and the conformance program as its runner sees it."""

import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import differential
import libprotobuf_c
import mutations

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("KLINKE_BIN", ROOT / ".build" / "debug"))
PROGRAM = PROGRAMS / "conformance-protobuf"
CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"
COUNT = int(os.environ.get("KLINKE_CONFORMANCE_COUNT", "1500"))


class DifferentialTest(unittest.TestCase):
    def test_random_messages_are_the_same_to_both(self) -> None:
        seed = random.randrange(1 << 32)
        comparison = differential.Comparison(str(PROGRAM), seed)
        comparison.run(COUNT)
        comparison.program.close()
        self.assertEqual(comparison.differences, 0, f"seed {seed}")
        self.assertEqual(comparison.compared["binary"], COUNT)

    def test_random_messages_of_our_own_contract_are_the_same_to_both(self) -> None:
        seed = random.randrange(1 << 32)
        comparison = differential.Comparison(str(PROGRAM), seed, differential.own_types())
        comparison.run(COUNT)
        comparison.program.close()
        self.assertEqual(comparison.differences, 0, f"seed {seed}")
        self.assertEqual(comparison.compared["from JSON"], COUNT)

    def test_every_message_of_our_own_contract_is_known(self) -> None:
        program = differential.Program(str(PROGRAM), differential.load_pool())
        types = differential.own_types()
        answers = program.ask([
            program.request(message_type=name, protobuf_payload=b"", requested_output_format=1)
            for name in types
        ])
        program.close()
        self.assertGreater(len(types), 80)
        for name, answer in zip(types, answers):
            self.assertEqual(answer.WhichOneof("result"), "protobuf_payload", name)

    def test_libprotobuf_c_reads_what_we_write_and_the_other_way_round(self) -> None:
        seed = random.randrange(1 << 32)
        with tempfile.TemporaryDirectory() as folder:
            passage = libprotobuf_c.Passage(str(PROGRAM), seed, pathlib.Path(folder))
            passage.run(COUNT // 3)
        self.assertEqual(passage.comparison.differences, 0, f"seed {seed}")
        self.assertEqual(passage.compared, COUNT // 3)


class HostileBytesTest(unittest.TestCase):
    def test_no_prefix_and_no_changed_byte_of_a_message_traps(self) -> None:
        seed = random.randrange(1 << 32)
        done = mutations.run(str(PROGRAMS / "fuzz-codec"), 4, seed)
        self.assertEqual(done.returncode, 0, f"seed {seed}: {done.stderr}")
        self.assertIn("4 records", done.stdout)

    def test_what_a_fuzzer_found_once_is_no_longer_found(self) -> None:
        for program, modes in {
                "fuzz-codec": ("binary", "json", "text"),
                "fuzz-http": ("server", "client", "door")}.items():
            for mode in modes:
                files = sorted((CORPUS / mode).glob("*"))
                self.assertTrue(files, mode)
                done = subprocess.run(
                    [PROGRAMS / program, mode, *files], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, f"{mode}: {done.stderr}")


class RunnerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.program = differential.Program(str(PROGRAM), differential.load_pool())

    def ask(self, **request):
        return self.program.ask([self.program.request(**request)])[0]

    def test_the_first_request_is_answered_with_an_empty_message(self) -> None:
        answer = self.ask(
            message_type="conformance.FailureSet", protobuf_payload=b"", requested_output_format=1)
        self.program.close()
        self.assertEqual(answer.WhichOneof("result"), "protobuf_payload")
        self.assertEqual(answer.protobuf_payload, b"")

    def test_what_is_not_spoken_is_skipped_by_name(self) -> None:
        answers = [
            self.ask(message_type=differential.TYPE, jspb_payload="[]", requested_output_format=1),
            self.ask(message_type=differential.TYPE, protobuf_payload=b"",
                     requested_output_format=3),
            self.ask(message_type="protobuf_test_messages.proto2.TestAllTypesProto2",
                     protobuf_payload=b"", requested_output_format=1),
        ]
        told = self.program.close()
        self.assertEqual([answer.WhichOneof("result") for answer in answers], ["skipped"] * 3)
        self.assertIn("skipped 2: JSPB is not spoken", told)
        self.assertIn("skipped 1: no message type protobuf_test_messages.proto2", told)

    def test_json_with_unknown_fields_is_read_when_the_runner_says_so(self) -> None:
        text = '{"optionalInt32": 1, "unheard": {"of": [1, 2]}}'
        request = {
            "message_type": differential.TYPE, "json_payload": text, "requested_output_format": 1,
        }
        refused = self.ask(**request, test_category=2)
        ignored = self.ask(**request, test_category=3)
        self.program.close()
        self.assertEqual(refused.WhichOneof("result"), "parse_error")
        self.assertEqual(ignored.protobuf_payload, b"\x08\x01")


if __name__ == "__main__":
    unittest.main()
