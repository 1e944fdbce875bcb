"""RFC 9113 section 8: requests and responses."""

from http2.cases import case
from http2.peer import *


# 8.1 Framing

@case("a GET is answered", "8.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    response = peer.expect_served(1)
    if "json" not in response.fields["content-type"]:
        raise Failed(f"{response.fields}")


@case("a POST with a body is answered", "8.1")
def _(peer: Peer) -> None:
    peer.open(1, request("POST", "/any/path", content_length="7"))
    peer.send(frame(DATA, 0, 1, b"abc"), frame(DATA, END_STREAM, 1, b"defg"))
    peer.expect_served(1)


@case("the response to HEAD has the fields of GET and no body", "8.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request("HEAD")))
    response = peer.expect_response(1, "404")
    if response.body or int(response.fields["content-length"]) == 0:
        raise Failed(f"{response}")


@case("content-length is the length of the body", "8.1.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1))
    response = peer.expect_served(1)
    if int(response.fields["content-length"]) != len(response.body):
        raise Failed(f"{response}")


@case("trailers end a request", "8.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, 0, 1, message(b"x")), peer.headers(1, [("x-trailer", "value")]))
    peer.expect_echo(1, b"x")


@case("trailers in pieces end a request", "8.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(
        frame(DATA, 0, 1, message(b"x")), peer.headers(1, [("x-trailer", "value")], END_STREAM),
        frame(CONTINUATION, END_HEADERS, 1))
    peer.expect_echo(1, b"x")


@case("a second HEADERS frame that does not end the stream", "8.1")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, 0, 1, b"\0"), peer.headers(1, [("x-trailer", "value")], END_HEADERS))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("a whole response to a request that has not ended is followed by NO_ERROR", "8.1")
def _(peer: Peer) -> None:
    peer.open(1, request("POST", "/"))
    peer.expect_response(1, "404")
    got = peer.until(lambda got: isinstance(got, RstStreamFrame))
    if got.error_code != NO_ERROR:
        raise Failed(f"{got}")


@case("expectation of 100-continue is met or the request answered", "8.1")
def _(peer: Peer) -> None:
    peer.open(1, request("POST", "/", expect="100-continue", content_length="3"))
    peer.send(frame(DATA, END_STREAM, 1, b"abc"))
    peer.expect_served(1)


# 8.1.1 Malformed messages

for _rule, _length, _body in [
        ("DATA longer than content-length", "4", b"12345"),
        ("DATA shorter than content-length", "6", b"12345"),
        ("DATA although content-length is 0", "0", b"12345"),
        ("no DATA although there is a content-length", "5", b"")]:

    @case(_rule, "8.1.1")
    def _(peer: Peer, length=_length, body=_body) -> None:
        peer.open(1, call("Echo") + [("content-length", length)])
        peer.send(frame(DATA, END_STREAM, 1, body))
        peer.expect_error(1, PROTOCOL_ERROR)


@case("content-length that several DATA frames exceed", "8.1.1")
def _(peer: Peer) -> None:
    peer.open(1, call("Echo") + [("content-length", "9")])
    peer.send(frame(DATA, 0, 1, b"12345"), frame(DATA, END_STREAM, 1, b"12345"))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("content-length although HEADERS ends the stream", "8.1.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request("POST", content_length="5")))
    peer.expect_error(1, PROTOCOL_ERROR)


for _value in ["x", "-1", "+5", "", "5 5", "0x5", "99999999999999999999", "5,5"]:

    @case(f"content-length of `{_value}` quoted {list(_value.encode())}", "8.1.1")
    def _(peer: Peer, value=_value) -> None:
        peer.send(peer.headers(1, request("POST", content_length=value)))
        peer.expect_error(1, PROTOCOL_ERROR)


@case("two content-lengths", "8.1.1")
def _(peer: Peer) -> None:
    peer.send(
        peer.headers(
            1, request("POST") + [("content-length", "5"), ("content-length", "6")], END_HEADERS),
        frame(DATA, END_STREAM, 1, b"12345"))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("padding is not part of what content-length counts", "8.1.1")
def _(peer: Peer) -> None:
    body = message(b"x")
    peer.open(1, call("Echo") + [("content-length", str(len(body)))])
    peer.send(frame(DATA, END_STREAM | PADDED, 1, b"\x04" + body + bytes(4)))
    peer.expect_echo(1, b"x")


# 8.2 Fields

for _what, _name in [
        ("an upper-case letter", b"X-Name"), ("a space", b"x name"), ("a NUL", b"x\0name"),
        ("a line feed", b"x\nname"), ("a DEL", b"x\x7fname"), ("a byte beyond ASCII", b"x\xe4"),
        ("a colon inside", b"x:name"), ("a slash", b"x/name"), ("no byte", b"")]:

    @case(f"a field name with {_what}", "8.2.1")
    def _(peer: Peer, name=_name) -> None:
        peer.send(peer.headers(1, request() + [(name, b"value")]))
        peer.expect_error(1, PROTOCOL_ERROR)


for _what, _value in [
        ("a NUL", b"a\0b"), ("a line feed", b"a\nb"), ("a carriage return", b"a\rb"),
        ("a space before it", b" a"), ("a space after it", b"a "), ("a tab before it", b"\ta"),
        ("a tab after it", b"a\t")]:

    @case(f"a field value with {_what}", "8.2.1")
    def _(peer: Peer, value=_value) -> None:
        peer.send(peer.headers(1, request() + [(b"x-name", value)]))
        peer.expect_error(1, PROTOCOL_ERROR)


@case("an empty value and one with spaces, tabs and bytes beyond ASCII inside", "8.2.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request() + [("x-empty", ""), (b"x-odd", b"a \t b\xe4\xff")]))
    peer.expect_served(1)


for _name, _value in [
        ("connection", "keep-alive"), ("connection", "x"), ("proxy-connection", "keep-alive"),
        ("keep-alive", "timeout=5"), ("transfer-encoding", "chunked"), ("upgrade", "h2c"),
        ("te", "gzip"), ("te", "trailers, deflate")]:

    @case(f"the field {_name}: {_value}", "8.2.2")
    def _(peer: Peer, name=_name, value=_value) -> None:
        peer.send(peer.headers(1, request() + [(name, value)]))
        peer.expect_error(1, PROTOCOL_ERROR)


@case("the field te: trailers is taken", "8.2.2")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request(te="trailers")))
    peer.expect_served(1)


@case("a cookie in crumbs is taken", "8.2.3")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request() + [("cookie", "a=b"), ("cookie", "c=d")]))
    peer.expect_served(1)


# 8.3 Control data

@case("a pseudo-header after a field", "8.3")
def _(peer: Peer) -> None:
    fields = request()
    peer.send(peer.headers(1, fields[:3] + [("x", "y")] + fields[3:]))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("a pseudo-header that does not exist", "8.3")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request() + [(":test", "x")]))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("the pseudo-header of a response", "8.3")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request() + [(":status", "200")]))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("a pseudo-header in trailers", "8.3")
def _(peer: Peer) -> None:
    peer.open(1)
    peer.send(frame(DATA, 0, 1, b"\0"), peer.headers(1, [(":path", "/")]))
    peer.expect_error(1, PROTOCOL_ERROR)


for _index, _name in enumerate([":method", ":scheme", ":path", ":authority"]):

    @case(f"{_name} twice", "8.3.1")
    def _(peer: Peer, index=_index) -> None:
        fields = request()
        peer.send(peer.headers(1, fields + [fields[index]]))
        peer.expect_error(1, PROTOCOL_ERROR)

    if _name != ":authority":

        @case(f"no {_name}", "8.3.1")
        def _(peer: Peer, index=_index) -> None:
            fields = request()
            peer.send(peer.headers(1, fields[:index] + fields[index + 1:]))
            peer.expect_error(1, PROTOCOL_ERROR)

    @case(f"an empty {_name}", "8.3.1")
    def _(peer: Peer, index=_index) -> None:
        fields = request()
        fields[index] = (fields[index][0], "")
        peer.send(peer.headers(1, fields))
        peer.expect_error(1, PROTOCOL_ERROR)


@case("no :authority but a host is taken", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request()[:3] + [("host", "localhost")]))
    peer.expect_served(1)


@case("neither :authority nor host", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request()[:3]))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("the same :authority and host are taken", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request(host="LOCALHOST")))
    peer.expect_served(1)


@case("another host than :authority", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request(host="elsewhere")))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("two hosts", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request()[:3] + [("host", "localhost"), ("host", "localhost")]))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("user information in :authority", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request()[:3] + [(":authority", "user@localhost")]))
    peer.expect_error(1, PROTOCOL_ERROR)


for _what, _path in [
        ("no slash at its start", "path"), ("a space", "/a b"), ("a fragment", "/a#b"),
        ("a control character", "/a\x01b"), ("the whole URL", "http://localhost/"),
        ("an asterisk, for GET", "*")]:

    @case(f"a :path with {_what}", "8.3.1")
    def _(peer: Peer, path=_path) -> None:
        peer.send(peer.headers(1, request(path=path)))
        peer.expect_error(1, PROTOCOL_ERROR)


@case("OPTIONS of an asterisk is taken", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request("OPTIONS", "*")))
    peer.expect_response(1)


@case("a :path with a query and escapes is taken", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request(path="/a%20b/?q=%23&x=/?;:@!$'()*+,=-._~")))
    peer.expect_served(1)


@case("a :method that is no token", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request("GE T")))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("a :method that nobody knows is taken", "8.3.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request("BREW")))
    peer.expect_response(1)


# 8.5 CONNECT

@case("CONNECT is refused", "8.5")
def _(peer: Peer) -> None:
    peer.open(1, [(":method", "CONNECT"), (":authority", "localhost:80")])
    peer.expect_response(1, "501")


@case("CONNECT with :scheme and :path", "8.5")
def _(peer: Peer) -> None:
    peer.open(1, request("CONNECT"))
    peer.expect_error(1, PROTOCOL_ERROR)


@case("CONNECT without :authority", "8.5")
def _(peer: Peer) -> None:
    peer.open(1, [(":method", "CONNECT")])
    peer.expect_error(1, PROTOCOL_ERROR)


# 8.7 Reliability, and limits of 10.5

@case("a list of fields above the limit is refused with 431 and the connection goes on", "10.5.1")
def _(peer: Peer) -> None:
    fields = request() + [(f"x-{number}", "v" * 1_000) for number in range(30)]
    block = peer.encode(fields)
    peer.send(frame(HEADERS, END_STREAM, 1, block[:16_000]))
    peer.send(frame(CONTINUATION, END_HEADERS, 1, block[16_000:]))
    response = peer.expect_response(1, "431")
    if not response.body:
        raise Failed("no body")
    peer.send(peer.headers(3))
    peer.expect_served(3)


@case("more fields than the limit are refused with 431", "10.5.1")
def _(peer: Peer) -> None:
    peer.send(peer.headers(1, request() + [(f"x-{number}", "") for number in range(200)]))
    peer.expect_response(1, "431")
    peer.send(peer.headers(3))
    peer.expect_served(3)


@case("a list of fields at the limit is taken", "10.5.1")
def _(peer: Peer) -> None:
    fields = request()
    room = peer.settings[MAX_HEADER_LIST_SIZE]
    room -= sum(len(name) + len(value) + 32 for name, value in fields)
    block = peer.encode(fields + [("x", "v" * (room - 33))])
    peer.send(
        frame(HEADERS, END_STREAM, 1, block[:16_000]),
        frame(CONTINUATION, END_HEADERS, 1, block[16_000:]))
    peer.expect_served(1)
