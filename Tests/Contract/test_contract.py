"""Every method of the contract, on gRPC and on REST: who may call it, and what garbage gets.

The tests are made by walking the descriptors, one for each method and question.
"""

import pathlib
import sys
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "EndToEnd"))

import grpc
import support
from answer import Answer
import tenants
import walk

Code = grpc.StatusCode
# Begins a field of length 127 that is not there: no message can be read from it.
GARBAGE = b"\x0a\x7f\xff\xff"
UNKNOWN_FIELD = b'{"no_such_field_of_any_message": 1}'
SOME_ID = "11111111-2222-4333-8444-555555555555"


class ContractTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        tenant = tenants.TestTenant(cls.server, "Vertrag GmbH", "Guten Tag.")
        cls.tokens = {
            "platform_admin": cls.server.admin,
            "customer_admin": tenant.admin,
            "customer_user": tenant.user,
            "support": tenant.add_support(),
        }
        # What the router itself says to an address that nobody serves.
        nowhere = cls.server.rest(cls.server.admin, "GET", "/api/no-such-route")
        assert nowhere.status == 404, nowhere
        cls.no_route = nowhere.reason

    def grpc_code(self, method: walk.Method, token: str, request: bytes = b"") -> grpc.StatusCode:
        try:
            walk.invoke(self.server.channel(token), method, request)
        except grpc.RpcError as error:
            return error.code()
        return Code.OK

    def rest_answer(
        self, method: walk.Method, route: walk.Route, token: str, body: bytes | None = None,
        query: str = ""
    ) -> Answer:
        request = method.request()
        for name in route.variables:
            field = request.DESCRIPTOR.fields_by_name[name]
            setattr(request, name, SOME_ID if field.type == field.TYPE_STRING else 1)
        verb, target, empty = walk.rest(route, request)
        return self.server.rest(token, verb, target + query, empty if body is None else body)

    # What each test asks

    def needs_a_token(self, method: walk.Method) -> None:
        self.assertEqual(self.grpc_code(method, ""), Code.UNAUTHENTICATED)
        self.assertEqual(self.grpc_code(method, "not-a-token"), Code.UNAUTHENTICATED)
        for route in method.routes:
            answer = self.rest_answer(method, route, "")
            self.assertEqual(answer.status, 401, answer)
            self.assertEqual(answer.json["error"]["status"], "UNAUTHENTICATED")

    def refuses_role(self, method: walk.Method, role: str) -> None:
        self.assertEqual(self.grpc_code(method, self.tokens[role]), Code.PERMISSION_DENIED)
        for route in method.routes:
            answer = self.rest_answer(method, route, self.tokens[role])
            self.assertEqual(answer.status, 403, answer)
            self.assertEqual(answer.json["error"]["status"], "PERMISSION_DENIED")

    def admits_role(self, method: walk.Method, role: str) -> None:
        broken = {
            Code.UNAUTHENTICATED, Code.PERMISSION_DENIED, Code.UNIMPLEMENTED, Code.INTERNAL,
            Code.UNKNOWN, Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED}
        self.assertNotIn(self.grpc_code(method, self.tokens.get(role, "")), broken)

    def answers_rest(self, method: walk.Method, token: str) -> None:
        for route in method.routes:
            answer = self.rest_answer(method, route, token)
            self.assertNotIn(answer.status, (405, 501), answer)
            self.assertLess(answer.status, 500, answer)
            if answer.status == 404:
                self.assertNotEqual(answer.reason, self.no_route, f"{route} is not served")

    def refuses_garbage(self, method: walk.Method, token: str) -> None:
        self.assertEqual(self.grpc_code(method, token, GARBAGE), Code.INVALID_ARGUMENT)
        for route in method.routes:
            if route.body:
                wrong = [self.rest_answer(method, route, token, body)
                         for body in (b'{"x"', b"[]", UNKNOWN_FIELD)]
            else:
                wrong = [self.rest_answer(method, route, token, query=query)
                         for query in self.wrong_queries(method, route)]
            for answer in wrong:
                self.assertEqual(answer.status, 400, f"{route}: {answer}")
                self.assertEqual(answer.json["error"]["status"], "INVALID_ARGUMENT")

    @staticmethod
    def wrong_queries(method: walk.Method, route: walk.Route) -> list[str]:
        queries = ["?no_such_field_of_any_message=1"]
        for field in method.request.DESCRIPTOR.fields:
            if field.cpp_type == field.CPPTYPE_INT32 and field.name not in route.variables:
                queries.append(f"?{field.name}=many")
        return queries

    def refuses_unsigned(self, method: walk.Method) -> None:
        """Nobody, whatever their role, calls a webhook; only the provider's signature opens it."""
        for token in ("", *self.tokens.values()):
            self.assertEqual(self.grpc_code(method, token), Code.UNAUTHENTICATED)
        self.assertTrue(method.routes, "a webhook needs a route")
        before = self.server.snapshot()
        form = urllib.parse.urlencode({"CallSid": "CA1", "To": "+49302312500"}).encode()
        for route in method.routes:
            for token in ("", self.server.admin):
                fields = {"authorization": f"Bearer {token}"} if token else {}
                for kind, body in (
                    ("application/x-www-form-urlencoded", form), ("application/json", b"{}")):
                    answer = self.server.http(
                        route.verb, route.template, body, content_type=kind, **fields)
                    self.assertIn(answer.status, (400, 401, 403, 415), answer)
                    self.assertNotEqual(answer.body, b"")
        self.assertEqual(self.server.snapshot(), before)

    def admits_nobody_outside(self, method: walk.Method) -> None:
        for token in ("", *self.tokens.values()):
            self.assertNotEqual(self.grpc_code(method, token), Code.OK)
        self.assertEqual(method.routes, (), "an internal method has no route")


def add_tests() -> None:
    def add(method: walk.Method, question: str, *arguments) -> None:
        name = "_".join(["test", method.label, question, *map(str, arguments)])
        assert not hasattr(ContractTest, name), name

        def test(self) -> None:
            given = arguments
            if question in ("answers_rest", "refuses_garbage"):
                given = (self.tokens.get(arguments[0], ""),)
            getattr(self, question)(method, *given)

        setattr(ContractTest, name, test)

    people = [role for role in walk.ROLES.values() if role != "internal_service"]
    for method in walk.METHODS:
        if method.webhook:
            add(method, "refuses_unsigned")
        elif method.public:
            add(method, "admits_role", "nobody")
            add(method, "answers_rest", "nobody")
            add(method, "refuses_garbage", "nobody")
        else:
            add(method, "needs_a_token")
            for role in people:
                add(method, "admits_role" if role in method.roles else "refuses_role", role)
            allowed = [role for role in people if role in method.roles]
            if allowed:
                add(method, "answers_rest", allowed[0])
                add(method, "refuses_garbage", allowed[-1])
            else:
                add(method, "admits_nobody_outside")


add_tests()


class WalkTest(unittest.TestCase):
    def test_the_walk_meets_every_service(self) -> None:
        """A file that the stubs left out would hide its methods."""
        declared = sum(
            line.lstrip().startswith("rpc ")
            for path in (support.ROOT / "proto" / "klinke").rglob("*.proto")
            for line in path.read_text().splitlines())
        self.assertEqual(len(walk.METHODS), declared)


if __name__ == "__main__":
    unittest.main()
