"""What is refused, each with its reason."""

import secrets
import time
import unittest
import uuid

import grpc
import support
import tenants
from phone import number
from tenants import bot_service_pb2, flow_service_pb2, mapping_service_pb2, tenant_service_pb2
from tenants import user_service_pb2

from klinke.flow.v1 import bot_pb2, flow_pb2
from klinke.identity.v1 import auth_service_pb2, auth_service_pb2_grpc, user_pb2
from klinke.mapping.v1 import mapping_pb2

Code = grpc.StatusCode


class RefusalTest(support.Case):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.tenant = tenants.TestTenant(cls.server, "Genau GmbH", "Genau, guten Tag.")
        cls.stubs = cls.tenant.as_admin

    def flow_of_a_new_bot(self, prompt: str) -> dict:
        """A staged version of a bot with this prompt."""
        bot = self.stubs.bots.CreateBot(bot_service_pb2.CreateBotRequest(
            display_name="Neu", system_prompt=prompt))
        flow = self.stubs.flows.CreateFlow(flow_service_pb2.CreateFlowRequest(
            bot_id=bot.bot_id, display_name="Neu"))
        version = self.stubs.flows.SaveDraft(flow_service_pb2.SaveDraftRequest(
            flow_id=flow.flow_id, graph=tenants.graph("Neu.")))
        which = {"flow_id": flow.flow_id, "version": version.version}
        self.stubs.flows.StageVersion(flow_service_pb2.StageVersionRequest(**which))
        return {**which, "bot_id": bot.bot_id}

    # Flows

    def test_publishing_without_a_system_prompt(self) -> None:
        for prompt in ("", " \t\n"):
            with self.subTest(repr(prompt)):
                made = self.flow_of_a_new_bot(prompt)
                request = flow_service_pb2.PublishVersionRequest(
                    flow_id=made["flow_id"], version=made["version"])
                error = self.refused(
                    Code.FAILED_PRECONDITION, self.stubs.flows.PublishVersion, request)
                self.assertIn("PROMPT", support.reason(error))
                self.assertIn("prompt", error.details())
                with self.assertRaisesRegex(
                    support.SQLError, "flow_version_needs_system_prompt"):
                    self.server.sql(
                        "UPDATE flow_version SET state = 'live'"
                        f" WHERE flow_id = '{made['flow_id']}';")
                self.stubs.bots.UpdateBot(bot_service_pb2.UpdateBotRequest(
                    bot_id=made["bot_id"], bot=bot_pb2.Bot(system_prompt="Du hilfst.")))
                live = self.stubs.flows.PublishVersion(request)
                self.assertEqual(live.state, flow_pb2.VERSION_STATE_LIVE)

    def test_a_second_live_version_by_sql(self) -> None:
        tenant = self.tenant
        self.stubs.flows.SaveDraft(flow_service_pb2.SaveDraftRequest(
            flow_id=tenant.flow_id, graph=tenants.graph("Zweite.")))
        with self.assertRaisesRegex(support.SQLError, "flow_version_one_live"):
            self.server.sql(
                "UPDATE flow_version SET state = 'live'"
                f" WHERE flow_id = '{tenant.flow_id}' AND state = 'draft';")

    def test_publishing_archives_the_version_before(self) -> None:
        made = self.flow_of_a_new_bot("Du hilfst.")
        flow_id = made["flow_id"]
        self.stubs.flows.PublishVersion(
            flow_service_pb2.PublishVersionRequest(flow_id=flow_id, version=1))
        again = self.stubs.flows.SaveDraft(flow_service_pb2.SaveDraftRequest(
            flow_id=flow_id, graph=tenants.graph("Zweite."))).version
        self.assertEqual(again, 2)
        draft = flow_service_pb2.PublishVersionRequest(flow_id=flow_id, version=again)
        self.refused(Code.FAILED_PRECONDITION, self.stubs.flows.PublishVersion, draft)
        self.stubs.flows.StageVersion(
            flow_service_pb2.StageVersionRequest(flow_id=flow_id, version=again))
        self.stubs.flows.PublishVersion(draft)
        versions = self.stubs.flows.ListVersions(
            flow_service_pb2.ListVersionsRequest(flow_id=flow_id)).versions
        self.assertEqual(
            [(v.version, v.state) for v in versions],
            [(2, flow_pb2.VERSION_STATE_LIVE), (1, flow_pb2.VERSION_STATE_ARCHIVED)])

    def test_a_graph_with_faults_names_each_of_them(self) -> None:
        graph = tenants.graph("x")
        graph.nodes[0].say.text = ""
        graph.edges[1].to_node_id = "nowhere"
        graph.nodes[3].transfer.number = "030 123"
        error = self.refused(Code.INVALID_ARGUMENT, self.stubs.flows.SaveDraft,
                             flow_service_pb2.SaveDraftRequest(
                                 flow_id=self.tenant.flow_id, graph=graph))
        found = support.violations(error)
        self.assertLessEqual({
            "graph.nodes[0].say.text", "graph.edges[1].to_node_id",
            "graph.nodes[3].transfer.number"}, found.keys())
        for description in found.values():
            self.assertNotEqual(description, "")

    def test_graphs_that_would_not_end(self) -> None:
        Node, Edge = flow_pb2.FlowNode, flow_pb2.FlowEdge
        say = flow_pb2.SayNode(text="Hallo.")
        for what, graph in {
            "empty": flow_pb2.FlowGraph(),
            "no entry": flow_pb2.FlowGraph(nodes=[Node(node_id="a", hangup={})]),
            "a circle": flow_pb2.FlowGraph(
                entry_node_id="a", nodes=[Node(node_id="a", say=say), Node(node_id="b", say=say)],
                edges=[Edge(from_node_id="a", port="next", to_node_id="b"),
                       Edge(from_node_id="b", port="next", to_node_id="a")]),
            "an open end": flow_pb2.FlowGraph(
                entry_node_id="a", nodes=[Node(node_id="a", say=say)]),
            "the same id twice": flow_pb2.FlowGraph(
                entry_node_id="a", nodes=[Node(node_id="a", hangup={})] * 2),
        }.items():
            with self.subTest(what):
                error = self.refused(
                    Code.INVALID_ARGUMENT, self.stubs.flows.SaveDraft,
                    flow_service_pb2.SaveDraftRequest(flow_id=self.tenant.flow_id, graph=graph))
                self.assertTrue(support.violations(error))

    def test_saving_over_somebody_elses_draft(self) -> None:
        made = self.flow_of_a_new_bot("Du hilfst.")
        save = flow_service_pb2.SaveDraftRequest(
            flow_id=made["flow_id"], graph=tenants.graph("Eins."))
        first = self.stubs.flows.SaveDraft(save)
        self.stubs.flows.SaveDraft(save)
        save.etag = first.etag
        self.refused(Code.ABORTED, self.stubs.flows.SaveDraft, save)

    # Numbers

    def create_mapping(self, **fields) -> mapping_service_pb2.CreateMappingRequest:
        return mapping_service_pb2.CreateMappingRequest(bot_id=self.tenant.bot_id, **fields)

    def test_a_second_active_mapping_of_a_number(self) -> None:
        other = tenants.TestTenant(self.server, "Zuerst da", "Guten Tag.")
        for what, taken in (("its own", self.tenant.number), ("another tenant's", other.number)):
            with self.subTest(what):
                error = self.refused(
                    Code.ALREADY_EXISTS, self.stubs.mappings.CreateMapping,
                    self.create_mapping(number=taken))
                self.assertNotIn(other.name, error.details())
                self.assertNotEqual(support.reason(error), "")
                with self.assertRaisesRegex(support.SQLError, "phone_mapping_one_active"):
                    self.server.sql(f"""
                        INSERT INTO phone_mapping
                          (tenant_id, mapping_id, bot_id, number, raw_number, region)
                        VALUES ('{self.tenant.tenant_id}', gen_random_uuid(),
                                '{self.tenant.bot_id}', '{taken}', 'x', 'DE');""")
        # One that waits its turn is fine, until it is switched on.
        waiting = self.stubs.mappings.CreateMapping(
            self.create_mapping(number=other.number, inactive=True))
        self.assertFalse(waiting.active)
        self.refused(
            Code.ALREADY_EXISTS, self.stubs.mappings.UpdateMapping,
            mapping_service_pb2.UpdateMappingRequest(
                mapping_id=waiting.mapping_id, mapping=mapping_pb2.PhoneMapping(active=True),
                update_mask={"paths": ["active"]}))

    def test_numbers_that_are_none_in_their_region(self) -> None:
        for raw, region in (
            ("0151 23456789", "US"), ("0151 23456789", "GB"), ("555-0100", "US"), ("112", "DE"),
            ("+44 20 7946 0018", "DE"), ("+33 1 42 68 53 00", "DE"), ("+49 30", "DE"),
            ("Telefon", "DE"), ("", "DE"), ("++4930231250", "DE"),
        ):
            with self.subTest(raw, region=region):
                error = self.refused(
                    Code.INVALID_ARGUMENT, self.stubs.mappings.CreateMapping,
                    self.create_mapping(number=raw, region=region))
                self.assertIn("number", support.violations(error))
                answer = self.server.rest(
                    self.tenant.admin, "POST", "/api/phone-numbers:normalize",
                    {"number": raw, "region": region})
                self.assertEqual(answer.status, 400, answer)

    def test_a_national_number_is_normalised_in_its_region(self) -> None:
        for raw, region, expected in (
            ("030 23125-998", "DE", "+493023125998"), ("0043 1 587 35 71", "", "+4315873571"),
            ("01 587 35 71", "AT", "+4315873571"), ("044 668 18 00", "CH", "+41446681800"),
            ("020 7946 0018", "GB", "+442079460018"), ("(202) 456-1414", "US", "+12024561414"),
            ("+44 20 7946 0018", "", "+442079460018"), ("030 23125-997", "", "+493023125997"),
        ):
            with self.subTest(raw, region=region):
                answer = self.stubs.mappings.NormalizeNumber(
                    mapping_service_pb2.NormalizeNumberRequest(number=raw, region=region))
                self.assertEqual(answer.number, expected)

    def test_a_region_we_do_not_know(self) -> None:
        for region in ("FR", "XX", "Germany"):
            with self.subTest(region):
                error = self.refused(
                    Code.INVALID_ARGUMENT, self.stubs.mappings.CreateMapping,
                    self.create_mapping(number=number(), region=region))
                self.assertIn("region", support.violations(error))

    def test_the_database_takes_e164_only(self) -> None:
        for bad in ("15551234567", "+1 555-123-4567", "+0123456789", "+49", "+4912345678901234567"):
            with self.subTest(bad), self.assertRaisesRegex(
                support.SQLError, "phone_mapping_number_e164"):
                self.server.sql(f"""
                    INSERT INTO phone_mapping
                      (tenant_id, mapping_id, bot_id, number, raw_number, region)
                    VALUES ('{self.tenant.tenant_id}', gen_random_uuid(),
                            '{self.tenant.bot_id}', '{bad}', 'x', 'DE');""")

    # People and tenants

    def test_a_wrong_password_says_no_more_than_an_unknown_address(self) -> None:
        login = auth_service_pb2_grpc.AuthServiceStub(self.server.channel()).Login
        said = {
            self.refused(Code.UNAUTHENTICATED, login, auth_service_pb2.LoginRequest(
                email=email, password="falsch")).details()
            for email in (self.tenant.email("chef"), "niemand@example.com")}
        self.assertEqual(len(said), 1)

    def test_an_address_belongs_to_one_account(self) -> None:
        other = tenants.TestTenant(self.server, "Später da", "Guten Tag.")
        admin = tenants.Stubs(self.server, self.server.admin)
        self.server.sql(
            f"UPDATE tenant SET user_limit = 9 WHERE tenant_id = '{other.tenant_id}';")
        self.refused(
            Code.ALREADY_EXISTS, admin.users.CreateUser, user_service_pb2.CreateUserRequest(
                tenant_id=other.tenant_id, email=self.tenant.email("chef").upper(),
                role=user_pb2.USER_ROLE_CUSTOMER_USER, password=tenants.PASSWORD))

    def test_more_users_than_the_tenant_may_have(self) -> None:
        fields = {"email": f"zuviel-{secrets.token_hex(4)}@example.com",
                  "role": "USER_ROLE_CUSTOMER_USER", "password": tenants.PASSWORD}
        error = self.refused(
            Code.ALREADY_EXISTS, self.stubs.users.CreateUser,
            user_service_pb2.CreateUserRequest(tenant_id=self.tenant.tenant_id, **fields))
        self.assertEqual(support.reason(error), "USER_LIMIT_REACHED")
        answer = self.server.rest(
            self.tenant.admin, "POST", f"/api/tenants/{self.tenant.tenant_id}/users", fields)
        self.assertEqual(answer.status, 409, answer)

    def test_a_customer_makes_no_platform_administrator(self) -> None:
        with self.assertRaises(grpc.RpcError) as raised:
            self.stubs.users.CreateUser(user_service_pb2.CreateUserRequest(
                tenant_id=self.tenant.tenant_id, email=f"boese-{secrets.token_hex(4)}@example.com",
                role=user_pb2.USER_ROLE_PLATFORM_ADMIN, password=tenants.PASSWORD))
        self.assertIn(raised.exception.code(), (Code.PERMISSION_DENIED, Code.INVALID_ARGUMENT))

    def test_all_faults_of_a_request_are_told_at_once(self) -> None:
        admin = tenants.Stubs(self.server, self.server.admin)
        error = self.refused(
            Code.INVALID_ARGUMENT, admin.tenants.CreateTenant,
            tenant_service_pb2.CreateTenantRequest(
                display_name="x" * 121, default_region="XX", locale="Deutsch"))
        self.assertEqual(
            {"display_name", "default_region", "locale"}, support.violations(error).keys())
        error = self.refused(
            Code.INVALID_ARGUMENT, admin.tenants.CreateTenant,
            tenant_service_pb2.CreateTenantRequest(display_name="x", time_zone="Mond/Krater"))
        self.assertEqual({"time_zone"}, support.violations(error).keys())
        answer = self.server.rest(self.server.admin, "POST", "/api/tenants", {"displayName": ""})
        self.assertEqual(answer.status, 400)
        self.assertEqual(answer.json["error"]["code"], 400)
        self.assertEqual(answer.json["error"]["status"], "INVALID_ARGUMENT")
        self.assertIn("display_name", answer.text)

    def test_an_id_that_is_none(self) -> None:
        for identity in ("", "x", "1' OR '1'='1", "11111111-2222-4333-8444-55555555555"):
            with self.subTest(identity):
                self.refused(Code.INVALID_ARGUMENT, self.stubs.bots.GetBot,
                             bot_service_pb2.GetBotRequest(bot_id=identity))

    def test_an_update_in_between(self) -> None:
        bot = self.stubs.bots.GetBot(bot_service_pb2.GetBotRequest(bot_id=self.tenant.bot_id))
        update = bot_service_pb2.UpdateBotRequest(
            bot_id=bot.bot_id, bot=bot_pb2.Bot(display_name="Neuer Name"), etag=bot.etag)
        self.stubs.bots.UpdateBot(update)
        self.refused(Code.ABORTED, self.stubs.bots.UpdateBot, update)

    def test_creating_twice_with_one_request_id_creates_once(self) -> None:
        request = bot_service_pb2.CreateBotRequest(
            display_name="Einmal", request_id=str(uuid.uuid4()))
        first = self.stubs.bots.CreateBot(request)
        self.assertEqual(self.stubs.bots.CreateBot(request).bot_id, first.bot_id)
        request.display_name = "Etwas anderes"
        with self.assertRaises(grpc.RpcError) as raised:
            self.stubs.bots.CreateBot(request)
        self.assertIn(raised.exception.code(), (Code.INVALID_ARGUMENT, Code.ALREADY_EXISTS))

    def test_a_suspended_tenant_is_out(self) -> None:
        tenant = tenants.TestTenant(self.server, "Bald gesperrt", "Guten Tag.")
        admin = tenants.Stubs(self.server, self.server.admin)
        request = bot_service_pb2.ListBotsRequest()
        tenant.as_admin.bots.ListBots(request)
        admin.tenants.SuspendTenant(
            tenant_service_pb2.SuspendTenantRequest(tenant_id=tenant.tenant_id))
        # The server may remember a caller's standing for a moment, in both directions.
        self.soon(Code.PERMISSION_DENIED, tenant.as_admin.bots.ListBots, request)
        self.assertEqual(
            self.server.rest(tenant.user, "GET", "/api/bots").status, 403, "a token of a user")
        admin.tenants.ReactivateTenant(
            tenant_service_pb2.ReactivateTenantRequest(tenant_id=tenant.tenant_id))
        self.soon(Code.OK, tenant.as_admin.bots.ListBots, request)

    def soon(self, code: grpc.StatusCode, call, request) -> None:
        """Asks until the answer has this code."""
        end = time.monotonic() + support.CALL_SECONDS
        while time.monotonic() < end:
            try:
                call(request)
                found = Code.OK
            except grpc.RpcError as error:
                found = error.code()
            if found == code:
                return
        self.fail(f"still {found}")

    # Doors

    def test_no_answer_tells_how_the_house_is_built(self) -> None:
        """No SQL, path or host in what a caller sees."""
        for answer in (
            self.server.rest(self.tenant.admin, "GET", "/api/bots?page_token=AAAA"),
            self.server.rest(self.tenant.admin, "GET", "/api/bots/%00"),
            self.server.rest(self.tenant.admin, "POST", "/api/bots", b"\xff\xfe"),
            self.server.rest(self.tenant.admin, "POST", "/api/bots", {"displayName": "a\0b"}),
            self.server.rest(self.tenant.admin, "GET", "/api/../../etc/passwd"),
        ):
            with self.subTest(repr(answer)):
                self.assertLess(answer.status, 500)
                self.assertGreaterEqual(answer.status, 400)
                for word in ("SELECT", "postgres", "/tmp", "Sources/", "pg_"):
                    self.assertNotIn(word, answer.text)

    def test_a_route_with_another_method_is_told_so(self) -> None:
        answer = self.server.rest(self.tenant.admin, "PUT", "/api/bots", {})
        self.assertEqual(answer.status, 405, answer)
        self.assertIn("GET", answer.fields.get("allow", ""))


if __name__ == "__main__":
    unittest.main()
