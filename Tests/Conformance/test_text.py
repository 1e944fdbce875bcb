"""Text format: what the conformance runner asks about it, case by case, in requests of its own."""

import unittest

from google.protobuf import text_format

import differential
from test_conformance import PROGRAM

FLOATS = [
    "3.192837", "-3.192837", "3.123456789123456789", "3.4028235e+38", "1.17549e-38", "4294967296",
    "9223372036854775808", "18446744073709551616", "-0", "0", ".123", "-.123", ".123e2", "1e-50",
    "-1e-50", "1e50", "-1e50", "1.17549e-39", "5.", "1E5",
]
NAMES = ["nan", "NaN", "nAn", "-nan", "inf", "INF", "-inFINITY", "infinity"]
# Beside each text one that says the same in a way that Python's protobuf reads.
SAME = [
    ("optional_int32: 0x7FFFFFFF", "optional_int32: 2147483647"),
    ("optional_int32: -0x80000000", "optional_int32: -2147483648"),
    ("optional_uint32: 0xFFFFFFFF", "optional_uint32: 4294967295"),
    ("optional_int64: 0x7FFFFFFFFFFFFFFF", "optional_int64: 9223372036854775807"),
    ("optional_int64: -0x8000000000000000", "optional_int64: -9223372036854775808"),
    ("optional_uint64: 0xFFFFFFFFFFFFFFFF", "optional_uint64: 18446744073709551615"),
    ("optional_int32: 017777777777", "optional_int32: 2147483647"),
    ("optional_int32: -020000000000", "optional_int32: -2147483648"),
    ("optional_uint32: 037777777777", "optional_uint32: 4294967295"),
    ("optional_int64: 0777777777777777777777", "optional_int64: 9223372036854775807"),
    ("optional_int64: -01000000000000000000000", "optional_int64: -9223372036854775808"),
    ("optional_uint64: 01777777777777777777777", "optional_uint64: 18446744073709551615"),
    ("optional_double: 1e9999", "optional_double: inf"),
    ("optional_double: -1e9999", "optional_double: -inf"),
    ("optional_double: 1e18446744073709551616", "optional_double: inf"),
    ("optional_float: 1e18446744073709551616", "optional_float: inf"),
    ("optional_double: 1e-18446744073709551616", ""),
    ("optional_double: -1e-18446744073709551616", "optional_double: -0.0"),
    ("optional_nested_message: { a: 123, }", "optional_nested_message { a: 123 }"),
    ("optional_nested_message < a: 123; >", "optional_nested_message { a: 123 }"),
    ("repeated_nested_message [{a: 1}, <a: 2>]",
     "repeated_nested_message {a: 1} repeated_nested_message {a: 2}"),
    ("repeated_int32: []", ""),
    ("optional_bool: t", "optional_bool: true"),
    ("optional_bool: 1", "optional_bool: true"),
    ("optional_bool: False", ""),
    ("optional_nested_enum: 1", "optional_nested_enum: BAR"),
    ("optional_nested_enum: -1", "optional_nested_enum: NEG"),
    ("optional_nested_enum: 42", "optional_nested_enum: 42"),
    ("optional_aliased_enum: bAz", "optional_aliased_enum: ALIAS_BAZ"),
    ("# a comment\noptional_int32: 1 # another", "optional_int32: 1"),
    ("map_string_nested_message { key: 'twice' value { a: 123 } }"
     " map_string_nested_message { key: 'twice' value { corecursive {} } }",
     "map_string_nested_message { key: 'twice' value { corecursive {} } }"),
    ("map_int32_int32 { key: 3 } map_int32_int32 { key: 1 value: 0 }",
     "map_int32_int32 { key: 1 value: 0 } map_int32_int32 { key: 3 value: 0 }"),
    ("map_bool_bool { key: true value: false } map_bool_bool { key: false }",
     "map_bool_bool { key: false value: false } map_bool_bool { key: true value: false }"),
    ("optional_any: { [type.googleapis.com/protobuf_test_messages.proto3.TestAllTypesProto3]"
     " { optional_int32: 12345 } }",
     "optional_any { type_url:"
     " 'type.googleapis.com/protobuf_test_messages.proto3.TestAllTypesProto3' value: '\\b\\271`' }"),
    # The name of a field that is no more.
    ("reserved_field: true", ""),
    ("reserved_field: -123 optional_int32: 1", "optional_int32: 1"),
    ("reserved_field: .5e-1f, optional_int32: 1", "optional_int32: 1"),
    ("reserved_field: ENUM_VALUE", ""),
    ("reserved_field: 'two' \"parts\"", ""),
    ("reserved_field: { a: 123 [b.c/d] { 5: [-1, x] } }", ""),
    ("reserved_field < a < > >", ""),
    ("reserved_field: [-123, 456] reserved_field: []", ""),
    ("reserved_field: ['hello', 'world'];", ""),
]
REFUSED = [
    "optional_int32: 2147483648", "optional_int32: -2147483649", "optional_uint32: 4294967296",
    "optional_uint32: -1", "optional_int64: 9223372036854775808",
    "optional_int64: -9223372036854775809", "optional_uint64: 18446744073709551616",
    "optional_int32: 0x80000000", "optional_int32: -0x80000001", "optional_uint32: 0x100000000",
    "optional_int64: 0x8000000000000000", "optional_int64: -0x8000000000000001",
    "optional_uint64: 0x10000000000000000", "optional_int32: 020000000000",
    "optional_int32: -020000000001", "optional_uint32: 040000000000",
    "optional_int64: 01000000000000000000000", "optional_int64: -01000000000000000000001",
    "optional_uint64: 02000000000000000000000", "optional_int32: 08", "optional_int32: 1f",
    "optional_int32: 1.0", "optional_int32: 0x", "optional_float: 0x1", "optional_float: -0x1",
    "optional_float: 012", "optional_float: -012", "optional_float: 1x", "optional_float: inff",
    "optional_bool: 2", "optional_bool: tRUE", "optional_nested_enum: QUUX",
    "optional_nested_message: { a: 123,, }", "optional_nested_message: { a: 123;; }",
    "optional_nested_message: { a: 123 >", "optional_nested_message { a: 123",
    "optional_int32: 1 optional_int32: 2", "oneof_uint32: 1 oneof_string: 'a'",
    "optional_any { [type.googleapis.com/unknown] { optional_int32: 12345 } }",
    "optionalInt32: 1", "1: 1", "reserved_field", "reserved_field true", "reserved_field: [1 2]",
    "reserved_field: { a 1 }", "reserved_field: { a: 1", "another_field: 1",
]
ESCAPES = [
    r"'first' \"second\" 'third'".replace('\\"', '"'), r"'\a\b\f\n\r\t\v\?\\\'\"'", r"'\341\210\264'",
    r"'\xe1\x88\xb4'", r"'\u1234'", r"'\U00001234\U00010437'", r"'\0\01\x1'",
]
NO_ESCAPES = [
    "'first line\nsecond line'", r"'\U00110000'", r"'\ud801\udc37'", r"'\ud800'", r"'\udc00'",
    r"'\U0000d800'", r"'\U0000dc00'", r"'\U0000d801\U0000dc37'", r"'\U0000d801\udc37'",
    r"'\ud801\U0000dc37'", r"'\q'", r"'\400'", r"'\x'", "'", "'a", "'a\"",
]
SCALARS = [
    ("string", '"abc"'), ("bytes", '"abc"'), ("int32", "123"), ("bool", "true"), ("double", "1.23"),
    ("fixed32", "0x123"),
]


class TextTest(unittest.TestCase):
    def setUp(self) -> None:
        self.pool = differential.load_pool()
        self.program = differential.Program(str(PROGRAM), self.pool)
        self.addCleanup(self.program.close)
        self.type = differential.message_factory.GetMessageClass(
            self.pool.FindMessageTypeByName(differential.TYPE))

    def ask(self, **request):
        return self.program.ask(
            [self.program.request(message_type=differential.TYPE, **request)])[0]

    def parsed(self, text: str):
        return text_format.Parse(text, self.type(), descriptor_pool=self.pool)

    def canonical(self, message) -> bytes:
        return message.SerializeToString(deterministic=True)

    def check(self, text: str, meaning: str) -> None:
        """Text becomes the message, and that becomes text of the same meaning."""
        with self.subTest(text=text):
            wanted = self.canonical(self.parsed(meaning))
            binary = self.ask(text_payload=text, requested_output_format=differential.BINARY)
            self.assertEqual(binary.WhichOneof("result"), "protobuf_payload", binary)
            self.assertEqual(
                self.canonical(self.type.FromString(binary.protobuf_payload)), wanted)
            output = self.ask(text_payload=text, requested_output_format=differential.TEXT)
            self.assertEqual(output.WhichOneof("result"), "text_payload", output)
            self.assertEqual(self.canonical(self.parsed(output.text_payload)), wanted)

    def refuse(self, text: str) -> None:
        with self.subTest(text=text):
            answer = self.ask(text_payload=text, requested_output_format=differential.TEXT)
            self.assertEqual(answer.WhichOneof("result"), "parse_error", answer)

    def test_text_is_read_and_written(self) -> None:
        for text, meaning in SAME:
            self.check(text, meaning)

    def test_floating_point_numbers_are_read(self) -> None:
        for number in FLOATS:
            for suffix in ("", "f", "F"):
                self.check(f"optional_float: {number}{suffix}", f"optional_float: {number}")
            self.check(f"optional_double: {number}", f"optional_double: {number}")
        for name in NAMES:
            self.check(f"optional_float: {name}", f"optional_float: {name.lower().lstrip('-')}"
                       if "nan" in name.lower() else f"optional_float: {name.lower()}")

    def test_what_is_no_text_is_refused(self) -> None:
        for text in REFUSED:
            self.refuse(text)

    def test_strings_are_read_with_their_escapes(self) -> None:
        for field in ("optional_string", "optional_bytes"):
            for text in ESCAPES:
                # Python's protobuf does not know this one.
                self.check(f"{field}: {text}", f"{field}: {text}".replace(r"\?", "?"))
            for text in NO_ESCAPES:
                self.refuse(f"{field}: {text}")
        for text in (r"'\300'", r"'\xc0'"):
            self.check(f"optional_bytes: {text}", f"optional_bytes: {text}")
            self.refuse(f"optional_string: {text}")

    def test_separators_stand_where_they_may(self) -> None:
        for kind, value in SCALARS:
            one, many = f"optional_{kind}: {value}", f"repeated_{kind}: [{value}]"
            for field in (one, many):
                for separator in (",", ";"):
                    self.check(f"{field}{separator}", field)
                    self.refuse(f"{field}{separator}{separator}")
                    self.refuse(f"{separator}{field}")
            repeated = f"repeated_{kind}: "
            self.check(f"{repeated}[{value}, {value}]", f"{repeated}{value} {repeated}{value}")
            for wrong in ("{0};{0}", "{0},,{0}", "{0},", "{0},{0},", ",{0}"):
                self.refuse(repeated + "[" + wrong.format(value) + "]")
            apart = f"{repeated}[{value} {value}]"
            if kind in ("string", "bytes"):
                self.check(apart, f"{repeated}'abcabc'")
            else:
                self.refuse(apart)

    def test_unknown_fields_are_shown_when_the_runner_says_so(self) -> None:
        # 1001: 123, 1002: "hello", 1003 { 3: 111 }, 1004 as a group { 1: 321 }, 1006: 1
        unknown = bytes.fromhex("c83e7b d23e0568656c6c6f da3e02186f e33e08c102e43e f03e01")
        answers = [
            self.ask(protobuf_payload=b"\x08\x05" + unknown,
                     requested_output_format=differential.TEXT, print_unknown_fields=shown)
            for shown in (False, True)
        ]
        self.assertEqual(answers[0].text_payload, "optional_int32: 5\n")
        self.assertEqual(
            answers[1].text_payload,
            'optional_int32: 5\n1001: 123\n1002: "hello"\n1003 {\n  3: 111\n}\n'
            "1004 {\n  1: 321\n}\n1006: 1\n")


if __name__ == "__main__":
    unittest.main()
