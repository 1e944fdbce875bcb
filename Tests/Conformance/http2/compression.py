"""RFC 7541: the compression of fields."""

import functools

from http2.cases import case as any_case
from http2.peer import *

case = functools.partial(any_case, rfc=7541)

# GET, http and / from the static table, and an authority that is not kept in the other.
GET = b"\x82\x86\x84\x01\x01a"


def block(content: bytes, stream: int = 1) -> bytes:
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, content)


def literal(name: bytes, value: bytes, kind: int = 0) -> bytes:
    """A literal field with a new name; kind 0x40 is kept in the table, 0x10 is never."""
    return bytes([kind, len(name)]) + name + bytes([len(value)]) + value


def broken(rule: str, section: str, content: bytes) -> None:
    """A block that is an error of the connection."""

    @case(rule, section)
    def _(peer: Peer) -> None:
        peer.send(block(content))
        peer.expect_end(COMPRESSION_ERROR)


def taken(rule: str, section: str, *contents: bytes) -> None:
    """Blocks that are requests."""

    @case(rule, section)
    def _(peer: Peer) -> None:
        for number, content in enumerate(contents):
            peer.send(block(content, 2 * number + 1))
            peer.expect_served(2 * number + 1)


# 2.3 and 6.1 Indexes
broken("index 0", "6.1", GET + b"\x80")
broken("an index beyond both tables", "2.3.3", GET + b"\xbe")
broken("an index far beyond both tables", "2.3.3", GET + b"\xff\xff\xff\x03")
broken("the index of a name beyond both tables", "2.3.3", GET + b"\x7e\x01v")
broken("the index of a name beyond both tables, not kept", "2.3.3", GET + b"\x0f\x2f\x01v")
taken("every field of the static table that a request may have", "2.3.1",
      GET + b"\x90\x91\x93\xa0\xba")
taken("the first index of the dynamic table", "2.3.3",
      GET + literal(b"x", b"y", 0x40), GET + b"\xbe")
broken("an index of an entry that was evicted", "2.3.2",
       GET + literal(b"x", b"y", 0x40) + b"\xbe\xbf")

# 4 The dynamic table
broken("a table above the size allowed", "4.2", b"\x3f\xe2\x1f" + GET)
taken("a table of the size allowed", "4.2", b"\x3f\xe1\x1f" + GET)
taken("a table of 0 and of the old size again", "4.2", b"\x20\x3f\xe1\x1f" + GET)
broken("a change of the table after a field", "4.2", GET + b"\x20")
broken("a change of the table between fields", "4.2", b"\x82\x20\x86\x84")
broken("an entry after the table was emptied", "4.3",
       b"\x82\x86\x84" + literal(b"x", b"y", 0x40) + b"\xbe\xbf")
taken("an entry larger than the table empties it", "4.4",
      b"\x3f\x01" + GET + literal(b"x", b"y" * 32, 0x40))


@case("entries go in their order when there is no room", "4.4")
def _(peer: Peer) -> None:
    # 34 bytes for each entry: two fit into 70.
    peer.send(block(
        b"\x3f\x27" + GET + b"".join(literal(b"x", bytes([65 + n]), 0x40) for n in range(3))))
    peer.expect_served(1)
    peer.send(block(GET + b"\xbe\xbf", 3))
    peer.expect_served(3)
    peer.send(block(GET + b"\xc0", 5))
    peer.expect_end(COMPRESSION_ERROR)


@case("the table is that of the connection", "2.2")
def _(peer: Peer) -> None:
    peer.send(block(b"\x82\x86\x44\x05/path\x41\x01a"))
    peer.expect_served(1)
    for stream in (3, 5, 7):
        peer.send(block(b"\x82\x86\xbf\xbe", stream))
        peer.expect_served(stream)


@case("the server's encoder keeps to a table of 0", "4.2", (HEADER_TABLE_SIZE, 0))
def _(peer: Peer) -> None:
    peer.decoder.max_allowed_table_size = 0
    for stream in (1, 3, 5):
        peer.send(peer.headers(stream))
        peer.expect_served(stream)
    if peer.decoder.header_table_size != 0:
        raise Failed(f"the encoder's table has {peer.decoder.header_table_size} bytes")


@case("the server's encoder follows a table that shrinks and grows", "4.2")
def _(peer: Peer) -> None:
    stream = 1
    for size in (4_096, 100, 0, 64, 4_096, 1 << 20):
        peer.send(settings((HEADER_TABLE_SIZE, size)))
        peer.until(lambda got: isinstance(got, SettingsFrame) and "ACK" in got.flags)
        peer.decoder.max_allowed_table_size = size
        for _ in range(2):
            peer.send(peer.headers(stream))
            peer.expect_served(stream)
            stream += 2


# 5 Primitive types
broken("an integer that does not end", "5.1", GET + b"\xff\xff\xff\xff")
broken("an integer that is too large", "5.1", GET + b"\xff" + b"\xff" * 9 + b"\x01")
broken("a length that is too large", "5.1", GET + b"\0\x7f" + b"\xff" * 9 + b"\x01")
broken("a string that is longer than its block", "5.2", GET + b"\0\x01x\x7f\x10abc")
broken("a name without a value", "5.2", GET + b"\0\x01x")
broken("padding of more than seven bits", "5.2", GET + b"\0\x01x\x82\x1f\xff")
broken("padding that is not of ones", "5.2", GET + b"\0\x01x\x81\x18")
broken("the end of string symbol", "5.2", GET + b"\0\x01x\x84\xff\xff\xff\xff")
taken("strings in Huffman code", "5.2", GET + b"\0\x81\xf3\x82\x1c\x64",
      GET + b"\0\x85\xf2\xb2\x4a\x84\xff\x81\x1f")
taken("an empty string in Huffman code", "5.2", GET + b"\0\x01x\x80")
taken("an integer with a byte more than it needs", "5.1", GET + b"\x0f\x80\x00\x01v")

# 6 Representations
taken("a field that is kept", "6.2.1", GET + literal(b"x", b"y", 0x40), GET + b"\xbe")
taken("a field with the name of an entry, kept", "6.2.1",
      GET + b"\x77\x01a", GET + b"\xbe")
taken("a field that is not kept", "6.2.2", GET + literal(b"x", b"y"))
taken("a field that is never kept", "6.2.3", GET + literal(b"x", b"y", 0x10))


@case("a field that is not kept has no index", "6.2.2")
def _(peer: Peer) -> None:
    peer.send(block(GET + literal(b"x", b"y")))
    peer.expect_served(1)
    peer.send(block(GET + b"\xbe", 3))
    peer.expect_end(COMPRESSION_ERROR)


@case("a field that is never kept has no index", "6.2.3")
def _(peer: Peer) -> None:
    peer.send(block(GET + literal(b"x", b"y", 0x10)))
    peer.expect_served(1)
    peer.send(block(GET + b"\xbe", 3))
    peer.expect_end(COMPRESSION_ERROR)
