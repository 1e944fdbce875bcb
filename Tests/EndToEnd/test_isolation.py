"""What belongs to one tenant is out of reach of another, through every door and in the database."""

import unittest

import grpc
import support
import tenants
import walk
from phone import Phone, number

from klinke.flow.v1 import flow_pb2

Code = grpc.StatusCode

# Good values for fields of requests, so that nothing but the foreign id is wrong.
TEXTS = {
    "display_name": "Beispiel", "region": "DE", "provider": "twilio", "role": "customer_user",
    "email": "niemand@example.com", "password": tenants.PASSWORD, "range": "month", "month": "",
    "account_sid": "AC" + "1" * 32, "auth_token": "2" * 32, "locale": "de-DE", "etag": "",
    "time_zone": "Europe/Berlin", "default_region": "DE", "page_token": "", "order_by": "",
}
SKIPPED = ("google.protobuf.FieldMask", "google.protobuf.Timestamp")


def fill(message, depth: int = 0) -> None:
    """Gives every field a good value, except ids, which the caller sets."""
    chosen: set[str] = set()
    for field in message.DESCRIPTOR.fields:
        oneof = field.containing_oneof
        if field.name.endswith("_id") or (oneof and oneof.name in chosen):
            continue
        if oneof:
            chosen.add(oneof.name)
        if field.message_type is not None:
            if field.message_type.full_name in SKIPPED or field.is_repeated or depth > 2:
                continue
            inner = getattr(message, field.name)
            if field.message_type.full_name == flow_pb2.FlowGraph.DESCRIPTOR.full_name:
                inner.ParseFromString(tenants.graph("Fremd").SerializeToString())
            else:
                fill(inner, depth + 1)
        elif field.is_repeated:
            continue
        elif field.name in ("number", "raw_number"):
            setattr(message, field.name, number())
        elif field.type == field.TYPE_STRING:
            setattr(message, field.name, TEXTS.get(field.name, "Beispiel"))
        elif field.type == field.TYPE_ENUM and depth == 0:
            setattr(message, field.name, field.enum_type.values[-2].number)
        elif field.cpp_type == field.CPPTYPE_INT32:
            setattr(message, field.name, 1)


class IsolationTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.own = tenants.TestTenant(cls.server, "Hier", "Hier spricht Hier.")
        cls.other = tenants.TestTenant(cls.server, "Dort", "Hier spricht Dort.")
        cls.own_ids = tenants.Ids(cls.server, cls.own).by_field
        cls.other_ids = tenants.Ids(cls.server, cls.other).by_field
        cls.tokens = {
            "customer_admin": cls.own.admin, "customer_user": cls.own.user,
            "support": cls.own.add_support(),
        }
        cls.methods = [
            method for method in walk.METHODS
            if method.tenant_scoped and method.roles - {"internal_service"}]

    def request(self, method: walk.Method, foreign: str):
        """A good request of our tenant in which one id is the other tenant's."""
        message = method.request()
        fill(message)
        for field in self.id_fields(method):
            source = self.other_ids if field == foreign else self.own_ids
            if field not in source:
                self.fail(f"the walk knows no {field} for {method.path}")
            setattr(message, field, source[field])
        return message

    @staticmethod
    def id_fields(method: walk.Method) -> list[str]:
        return [field.name for field in method.request.DESCRIPTOR.fields
                if field.name.endswith("_id") and field.name != "request_id"]

    @staticmethod
    def is_filter(method: walk.Method, field: str) -> bool:
        """Whether an id narrows a list; then an empty list is as good an answer as a refusal."""
        return field != "tenant_id" and all(
            route.verb == "GET" and field not in route.variables for route in method.routes)

    def assert_nothing_foreign(self, text: str) -> None:
        for what, identity in {**self.other_ids, "number": self.other.number}.items():
            self.assertNotIn(identity, text, f"shows the other tenant's {what}")

    def state_of(self, tenant_id: str) -> dict[str, str]:
        tables = [row["name"] for row in self.server.rows(tenants.TENANT_TABLES)]
        return {row["name"]: row["state"] for row in self.server.rows(" UNION ALL ".join(
            f"SELECT '{t}' AS name, md5(coalesce(string_agg(r::text, '' ORDER BY r::text), ''))"
            f" AS state FROM {t} r WHERE tenant_id = '{tenant_id}'" for t in tables))}

    def test_every_foreign_id_is_refused_on_grpc_and_rest(self) -> None:
        before = self.state_of(self.other.tenant_id)
        asked = 0
        for method in self.methods:
            for field in self.id_fields(method):
                request = self.request(method, field)
                raw = request.SerializeToString()
                for role, token in self.tokens.items():
                    with self.subTest(method.path, foreign=field, role=role):
                        self.ask(method, field, request, raw, role, token)
                        asked += 1
        self.assertGreater(asked, len(self.methods))
        self.assertEqual(self.state_of(self.other.tenant_id), before)

    def ask(self, method, field, request, raw, role, token) -> None:
        narrows = role in method.roles and self.is_filter(method, field)
        try:
            answers = walk.invoke(self.server.channel(token), method, raw)
            self.assertTrue(narrows, "gRPC lets it through")
            self.assert_nothing_foreign("".join(map(repr, answers)))
        except grpc.RpcError as error:
            self.assertEqual(error.code(), Code.PERMISSION_DENIED, error.details())
            self.assertNotIn(self.other.name, error.details())
        for route in method.routes:
            answer = self.server.rest(token, *walk.rest(route, request))
            if narrows and answer.status == 200:
                if field in answer.text:
                    self.assert_nothing_foreign(answer.text)
                continue
            self.assertEqual(answer.status, 403, f"{route}: {answer}")
            self.assertEqual(answer.json["error"]["status"], "PERMISSION_DENIED")

    def test_the_attempt_is_on_record(self) -> None:
        with self.assertRaises(grpc.RpcError):
            self.own.as_admin.flows.PublishVersion(
                tenants.flow_service_pb2.PublishVersionRequest(
                    flow_id=self.other.flow_id, version=1))
        rows = self.server.rows(
            "SELECT tenant_id, actor_id, outcome FROM audit_event"
            " WHERE method LIKE '%PublishVersion' AND outcome <> 'OK'"
            f" AND actor_id = '{self.own.admin_user_id}'")
        self.assertTrue(rows, "no audit row")
        self.assertEqual({row["tenant_id"] for row in rows}, {self.own.tenant_id})

    def test_lists_show_nothing_foreign(self) -> None:
        # What our tenant tried is in its own audit list, with the ids it named.
        self.server.sql(
            "DELETE FROM audit_event WHERE outcome <> 'OK'"
            f" AND tenant_id = '{self.own.tenant_id}';")
        listed = 0
        for method in self.methods:
            if not method.name.startswith("List") and "Summary" not in method.name:
                continue
            for role in method.roles & self.tokens.keys():
                with self.subTest(method.path, role=role):
                    request = method.request()
                    for field in self.id_fields(method):
                        if not self.is_filter(method, field):
                            setattr(request, field, self.own_ids[field])
                    raw = request.SerializeToString()
                    channel = self.server.channel(self.tokens[role])
                    answers = walk.invoke(channel, method, raw)
                    text = "".join(answer.decode("latin-1") for answer in answers)
                    self.assertNotEqual(text, "", "the list is empty, which shows nothing")
                    self.assert_nothing_foreign(text)
                    for route in method.routes:
                        answer = self.server.rest(
                            self.tokens[role], *walk.rest(route, request))
                        self.assertEqual(answer.status, 200, answer)
                        self.assert_nothing_foreign(answer.text)
                    listed += 1
        self.assertGreater(listed, 5)

    def test_the_platform_names_one_tenant_at_a_time(self) -> None:
        """An id of one tenant is no id of another, also for those who may see both."""
        asked = 0
        for method in self.methods:
            for field in self.id_fields(method):
                if field == "tenant_id" or "platform_admin" not in method.roles:
                    continue
                if self.is_filter(method, field):
                    continue
                with self.subTest(method.path, foreign=field):
                    request = self.request(method, field)
                    with self.assertRaises(grpc.RpcError) as raised:
                        walk.invoke(
                            self.server.channel(self.server.admin), method,
                            request.SerializeToString())
                    asked += 1
                    self.assertIn(
                        raised.exception.code(), (Code.PERMISSION_DENIED, Code.NOT_FOUND))
        self.assertGreater(asked, 10)

    def test_an_unknown_id_is_not_found(self) -> None:
        unknown = "99999999-2222-4333-8444-555555555555"
        error = self.refused(
            Code.NOT_FOUND, self.own.as_admin.bots.GetBot,
            tenants.bot_service_pb2.GetBotRequest(bot_id=unknown))
        self.assertNotEqual(support.reason(error), "")
        self.assertEqual(
            self.server.rest(self.own.admin, "GET", f"/api/bots/{unknown}").status, 404)

    def test_a_token_of_somebody_else_is_none(self) -> None:
        head, body, signature = self.own.admin.split(".")
        for token in (
            f"{head}.{body}.", f"{head}.{body}.{'A' * len(signature)}", f"{head}.{body}",
            f"{head}.{self.other.admin.split('.')[1]}.{signature}",
            # {"alg":"none"}
            f"eyJhbGciOiJub25lIn0.{body}.",
        ):
            with self.subTest(token[:60]):
                self.assertEqual(self.server.rest(token, "GET", "/api/bots").status, 401)

    def test_credentials_are_sealed(self) -> None:
        """A dump of the database gives no tenant's secret away, and no answer returns it."""
        token = self.own.mark * 4
        rows = self.server.rows("SELECT c::text AS row FROM connector c")
        self.assertTrue(rows)
        for row in rows:
            self.assertNotIn(token, row["row"])
            self.assertNotIn(token.encode().hex(), row["row"])
        listed = self.server.rest(self.own.admin, "GET", "/api/connectors")
        self.assertEqual(listed.status, 200, listed)
        self.assertNotIn(token, listed.text)
        self.assertNotIn(token, "".join(self.server.log))

    def test_a_tenants_own_carrier_signs_with_its_own_secret(self) -> None:
        platform = Phone(self.server, self.own.number)
        own = Phone(self.server, self.own.number, token=self.own.mark * 4)
        other = Phone(self.server, self.own.number, token=self.other.mark * 4)
        before = self.server.snapshot()
        self.assertEqual(platform.rings().status, 403)
        self.assertEqual(other.rings().status, 403)
        self.assertEqual(self.server.snapshot(), before)
        greeted = own.rings()
        self.assertIn(self.own.greeting, greeted.spoken)
        # A call is its tenant's, whatever number a later request names.
        forged = Phone(self.server, self.other.number, token=self.other.mark * 4)
        forged.base["CallSid"] = own.sid
        self.assertEqual(forged.ends(3).status, 403)
        self.assertEqual(own.ends(3).status // 100, 2)


if __name__ == "__main__":
    unittest.main()
