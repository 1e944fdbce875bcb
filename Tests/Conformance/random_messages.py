"""Random messages of any type, by its descriptor: all that a proto3 message can hold."""

import random
import struct

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

FIELD = descriptor_pb2.FieldDescriptorProto
SIGNED = {
    FIELD.TYPE_INT32: 32, FIELD.TYPE_SINT32: 32, FIELD.TYPE_SFIXED32: 32,
    FIELD.TYPE_INT64: 64, FIELD.TYPE_SINT64: 64, FIELD.TYPE_SFIXED64: 64,
}
UNSIGNED = {
    FIELD.TYPE_UINT32: 32, FIELD.TYPE_FIXED32: 32, FIELD.TYPE_UINT64: 64, FIELD.TYPE_FIXED64: 64,
}
# No combining characters: texts that are canonically equal are one key of a map in Swift.
LETTERS = [
    "a", "Z", "ä", "ß", "中", "😀", '"', "\\", "\n", "\x00", "\x1f", "\x7f", "\u2028", "/", "<",
]
# What an Any may hold here.
PACKED = ["google.protobuf.Duration", "google.protobuf.Struct", "google.protobuf.Int32Value"]


class Source:
    """Fills messages from a seed."""

    def __init__(
        self, seed: int, pool: descriptor_pool.DescriptorPool, packed: list[str],
        leave_out: str = "",
    ) -> None:
        """`leave_out` are letters that no text shall have."""
        self.letters = [letter for letter in LETTERS if letter not in leave_out]
        self.random = random.Random(seed)
        self.pool = pool
        self.packed = PACKED + packed
        self.fields: dict[str, list] = {}

    def message(self, name: str):
        message = message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))()
        self.fill(message, 0, self.random.choice([0.01, 0.03, 0.1]))
        return message

    def text(self) -> str:
        kind = self.random.random()
        if kind < 0.5:
            letters = "abcdefghijklmnop -_."
            return "".join(self.random.choices(letters, k=self.random.randint(0, 40)))
        return "".join(self.random.choices(self.letters, k=self.random.randint(0, 20)))

    def integer(self, low: int, high: int) -> int:
        kind = self.random.random()
        if kind < 0.2:
            return self.random.choice([low, high, 0, 1, 127, 128])
        if kind < 0.6:
            return self.random.randint(max(low, -300), 300)
        return self.random.randint(low, high)

    def real(self, form: str) -> float:
        kind = self.random.random()
        if kind < 0.3:
            value = self.random.choice(
                [0.0, -0.0, 1.0, 0.1, float("inf"), float("-inf"), float("nan"), 1e-40, 1e30])
        elif kind < 0.6:
            value = self.random.uniform(-1000, 1000)
        else:
            value = struct.unpack(form, self.random.randbytes(struct.calcsize(form)))[0]
            if value != value:
                # One NaN only: its bits do not survive JSON, nor must they.
                value = float("nan")
        return struct.unpack(form, struct.pack(form, value))[0]

    def scalar(self, field):
        kind = field.type
        if kind in SIGNED:
            limit = 1 << (SIGNED[kind] - 1)
            return self.integer(-limit, limit - 1)
        if kind in UNSIGNED:
            return self.integer(0, (1 << UNSIGNED[kind]) - 1)
        if kind == FIELD.TYPE_DOUBLE:
            return self.real("<d")
        if kind == FIELD.TYPE_FLOAT:
            return self.real("<f")
        if kind == FIELD.TYPE_BOOL:
            return self.random.random() < 0.5
        if kind == FIELD.TYPE_STRING:
            return self.text()
        if kind == FIELD.TYPE_BYTES:
            return self.random.randbytes(self.random.randint(0, 20))
        if field.enum_type.full_name == "google.protobuf.NullValue":
            return 0
        known = [value.number for value in field.enum_type.values]
        return self.random.choice(known + [77, -(1 << 31), (1 << 31) - 1])

    def fill(self, message, depth: int, share: float) -> None:
        """Sets this share of the fields."""
        message.SetInParent()
        special = getattr(self, "fill_" + message.DESCRIPTOR.full_name.replace(".", "_"), None)
        if special is not None:
            return special(message, depth)
        name = message.DESCRIPTOR.full_name
        if name not in self.fields:
            self.fields[name] = list(message.DESCRIPTOR.fields)
        fields = self.fields[name]
        count = (share if len(fields) > 30 else 0.7) * len(fields)
        some = min(len(fields), int(count + self.random.random()))
        for field in self.random.sample(fields, some):
            self.fill_field(message, field, depth, share)

    def fill_field(self, message, field, depth: int, share: float) -> None:
        if field.message_type is not None and depth > 5:
            return
        value = getattr(message, field.name)
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            keys = field.message_type.fields_by_name["key"]
            values = field.message_type.fields_by_name["value"]
            for _ in range(self.random.randint(0, 3)):
                if values.message_type is not None:
                    self.fill(value[self.scalar(keys)], depth + 1, share)
                else:
                    value[self.scalar(keys)] = self.scalar(values)
        elif field.is_repeated:
            for _ in range(self.random.randint(0, 4)):
                if field.message_type is not None:
                    self.fill(value.add(), depth + 1, share)
                else:
                    value.append(self.scalar(field))
        elif field.message_type is not None:
            self.fill(value, depth + 1, share)
        else:
            setattr(message, field.name, self.scalar(field))

    # Well-known types, within what JSON can say.

    def fill_google_protobuf_Timestamp(self, message, depth: int) -> None:
        low, high = -62135596800, 253402300799
        message.seconds = self.random.choice([0, low, high, self.random.randint(low, high)])
        message.nanos = self.random.choice([0, 500000000, 1000, 1, 999999999])

    def fill_google_protobuf_Duration(self, message, depth: int) -> None:
        high = 315576000000
        message.seconds = self.random.choice([0, 1, -1, high, self.random.randint(-high, high)])
        if abs(message.seconds) < high:
            nanos = self.random.choice([0, 500000000, 1000, 1, 999999999])
            message.nanos = -nanos if message.seconds < 0 else nanos

    def fill_google_protobuf_FieldMask(self, message, depth: int) -> None:
        for _ in range(self.random.randint(0, 3)):
            message.paths.append(self.random.choice(["a", "a.b_c", "foo_bar.baz", "x1"]))

    def fill_google_protobuf_Value(self, message, depth: int) -> None:
        kind = self.random.randint(0, 5 if depth < 5 else 3)
        if kind == 0:
            message.null_value = 0
        elif kind == 1:
            message.number_value = self.random.choice([0, 1.5, -2, 1e20, 1e-7, 123456789.125])
        elif kind == 2:
            message.string_value = self.text()
        elif kind == 3:
            message.bool_value = self.random.random() < 0.5
        elif kind == 4:
            self.fill(message.struct_value, depth + 1, 1)
        else:
            self.fill(message.list_value, depth + 1, 1)

    def fill_google_protobuf_Any(self, message, depth: int) -> None:
        name = self.random.choice(self.packed[:-1] if depth > 3 else self.packed)
        inner = message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))()
        self.fill(inner, depth + 1, 0.02)
        message.Pack(inner, deterministic=True)
