"""What comes at once from many sides happens once; a server that ends leaves nothing half done."""

import http.client
import secrets
import signal
import threading
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor

import grpc
import support
import tenants
from phone import Phone, number
from tenants import bot_service_pb2, flow_service_pb2, mapping_service_pb2, user_service_pb2

AT_ONCE = 12


def at_once(calls: list) -> list:
    """Makes the calls at the same time and returns each one's result or exception."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait(timeout=support.CALL_SECONDS)
        try:
            return call()
        except grpc.RpcError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def codes(results: list) -> list[str]:
    return sorted(
        result.code().name if isinstance(result, grpc.RpcError) else "OK" for result in results)


class ConcurrencyTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.tenant = tenants.TestTenant(cls.server, "Gleichzeitig", "Alle auf einmal.")
        cls.other = tenants.TestTenant(cls.server, "Ebenso", "Wir auch.")

    def test_one_webhook_on_many_connections_counts_once(self) -> None:
        phone = Phone(self.server, self.tenant.number)
        steps = [phone.rings, lambda: phone.presses("1", first),
                 lambda: phone.transferred(first, seconds=5), lambda: phone.ends(30)]
        for step in steps:
            answers = at_once([step] * AT_ONCE)
            self.assertEqual(len({(answer.status, answer.body) for answer in answers}), 1, answers)
            first = answers[0]
        rows = self.server.rows(
            f"SELECT call_id, state FROM call WHERE provider_call_id = '{phone.sid}'")
        self.assertEqual([row["state"] for row in rows], ["ended"])
        usage = self.server.rows(
            f"SELECT kind, quantity FROM usage_event WHERE call_id = '{rows[0]['call_id']}'")
        self.assertEqual(sorted((row["kind"], row["quantity"]) for row in usage), [
            ("call", 1), ("forwarding", 5), ("voicebot", 25)])

    def test_a_number_wanted_by_two_goes_to_one(self) -> None:
        wanted = number()
        results = at_once([
            lambda stubs=tenant.as_admin, bot=tenant.bot_id: stubs.mappings.CreateMapping(
                mapping_service_pb2.CreateMappingRequest(bot_id=bot, number=wanted))
            for tenant in (self.tenant, self.other) for _ in range(AT_ONCE // 2)])
        self.assertEqual(codes(results), ["ALREADY_EXISTS"] * (AT_ONCE - 1) + ["OK"])

    def test_a_request_id_sent_at_once_creates_once(self) -> None:
        request = bot_service_pb2.CreateBotRequest(
            display_name="Einer", request_id=str(uuid.uuid4()))
        stubs = self.tenant.as_admin
        results = at_once([lambda: stubs.bots.CreateBot(request)] * AT_ONCE)
        made = {r.bot_id for r in results if not isinstance(r, grpc.RpcError)}
        self.assertEqual(len(made), 1, codes(results))
        # Whoever came second may be told to try again, but makes nothing.
        self.assertLessEqual(set(codes(results)), {"OK", "ABORTED"})
        rows = self.server.rows(
            "SELECT bot_id FROM bot WHERE display_name = 'Einer'"
            f" AND tenant_id = '{self.tenant.tenant_id}'")
        self.assertEqual({row["bot_id"] for row in rows}, made)

    def test_the_user_limit_holds_in_a_rush(self) -> None:
        tenant = tenants.TestTenant(self.server, "Andrang", "Guten Tag.")
        self.server.sql(
            f"UPDATE tenant SET user_limit = 4 WHERE tenant_id = '{tenant.tenant_id}';")
        stubs = tenant.as_admin
        results = at_once([
            lambda: stubs.users.CreateUser(user_service_pb2.CreateUserRequest(
                tenant_id=tenant.tenant_id, email=f"{secrets.token_hex(6)}@example.com",
                role="USER_ROLE_CUSTOMER_USER", password=tenants.PASSWORD))] * 6)
        self.assertEqual(codes(results), ["ALREADY_EXISTS"] * 4 + ["OK"] * 2)

    def test_publishing_at_once_leaves_one_live_version(self) -> None:
        stubs, flow_id = self.other.as_admin, self.other.flow_id
        version = stubs.flows.SaveDraft(flow_service_pb2.SaveDraftRequest(
            flow_id=flow_id, graph=tenants.graph("Neu."))).version
        which = {"flow_id": flow_id, "version": version}
        at_once([
            lambda: stubs.flows.StageVersion(flow_service_pb2.StageVersionRequest(**which))] * 4)
        request = flow_service_pb2.PublishVersionRequest(**which)
        results = at_once([lambda: stubs.flows.PublishVersion(request)] * 4)
        self.assertIn("OK", codes(results))
        self.assertLessEqual(set(codes(results)), {"OK", "ABORTED"})
        rows = self.server.rows(
            f"SELECT version FROM flow_version WHERE flow_id = '{flow_id}' AND state = 'live'")
        self.assertEqual([row["version"] for row in rows], [version])

    def test_callers_during_a_publish_hear_one_of_the_two_greetings(self) -> None:
        tenant = tenants.TestTenant(self.server, "Wechsel", "Alte Ansage.")
        stubs = tenant.as_admin
        which = {"flow_id": tenant.flow_id, "version": stubs.flows.SaveDraft(
            flow_service_pb2.SaveDraftRequest(
                flow_id=tenant.flow_id, graph=tenants.graph("Neue Ansage."))).version}
        stubs.flows.StageVersion(flow_service_pb2.StageVersionRequest(**which))
        results = at_once(
            [lambda: Phone(self.server, tenant.number).rings().spoken] * AT_ONCE
            + [lambda: stubs.flows.PublishVersion(
                flow_service_pb2.PublishVersionRequest(**which))])
        for spoken in results[:-1]:
            self.assertRegex(spoken, "(Alte|Neue) Ansage")
        self.assertIn("Neue Ansage", Phone(self.server, tenant.number).rings().spoken)


class DrainTest(unittest.TestCase):
    def test_what_is_stored_at_the_end_was_answered(self) -> None:
        server = support.Server()
        self.addCleanup(server.clean)
        server.start()
        tenant = tenants.TestTenant(server, "Feierabend", "Gleich ist Schluss.")
        answered: set[str] = set()
        busy = threading.Event()
        lock = threading.Lock()

        def call_until_it_ends() -> None:
            while True:
                phone = Phone(server, tenant.number)
                try:
                    answer = phone.rings()
                except (OSError, http.client.HTTPException):
                    return
                # A server that ends answers as always, or not any more.
                assert answer.status == 200, answer
                with lock:
                    answered.add(phone.sid)
                    if len(answered) >= 100:
                        busy.set()

        with ThreadPoolExecutor(8) as pool:
            callers = [pool.submit(call_until_it_ends) for _ in range(8)]
            self.assertTrue(busy.wait(timeout=support.START_SECONDS))
            self.assertEqual(server.stop(signal.SIGTERM), 0)
            for caller in callers:
                caller.result(timeout=support.CALL_SECONDS)
        server.start()
        stored = {row["provider_call_id"] for row in server.rows(
            "SELECT provider_call_id FROM call")}
        self.assertEqual(stored, answered)


if __name__ == "__main__":
    unittest.main()
