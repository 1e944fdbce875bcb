"""A tenant that can be called: made through the API, step by step, as a person would."""

import secrets

from phone import Phone, number
from support import Server

# The stubs come into being when support is imported.
from google.protobuf import duration_pb2
from klinke.connector.v1 import connector_service_pb2, connector_service_pb2_grpc
from klinke.flow.v1 import bot_service_pb2, bot_service_pb2_grpc, flow_pb2, flow_service_pb2
from klinke.flow.v1 import flow_service_pb2_grpc
from klinke.identity.v1 import user_pb2
from klinke.mapping.v1 import mapping_service_pb2, mapping_service_pb2_grpc
from klinke.tenant.v1 import tenant_service_pb2, tenant_service_pb2_grpc, user_service_pb2
from klinke.tenant.v1 import user_service_pb2_grpc

PASSWORD = "Ein-langes-Passwort-9"

# Every table with rows of tenants, by the catalogue.
TENANT_TABLES = """
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND a.attname = 'tenant_id' AND NOT a.attisdropped"""


class Stubs:
    """The generated stubs over one caller's channel."""

    def __init__(self, server: Server, token: str) -> None:
        channel = server.channel(token)
        self.tenants = tenant_service_pb2_grpc.TenantServiceStub(channel)
        self.users = user_service_pb2_grpc.UserServiceStub(channel)
        self.bots = bot_service_pb2_grpc.BotServiceStub(channel)
        self.flows = flow_service_pb2_grpc.FlowServiceStub(channel)
        self.mappings = mapping_service_pb2_grpc.MappingServiceStub(channel)


def graph(greeting: str, transfer_to: str = "+493023125999") -> flow_pb2.FlowGraph:
    """Greets, asks, connects whoever presses 1 or wants sales, and says goodbye to all others."""
    Node, Edge, Case = flow_pb2.FlowNode, flow_pb2.FlowEdge, flow_pb2.ConditionCase
    return flow_pb2.FlowGraph(
        entry_node_id="greeting",
        nodes=[
            Node(node_id="greeting", say=flow_pb2.SayNode(text=greeting)),
            Node(node_id="menu", gather=flow_pb2.GatherNode(
                text="Drücken Sie die 1 für den Vertrieb.", variable="choice", digits=1, retries=1,
                inputs=[flow_pb2.INPUT_KIND_DIGITS, flow_pb2.INPUT_KIND_SPEECH],
                timeout=duration_pb2.Duration(seconds=6))),
            Node(node_id="choose", condition=flow_pb2.ConditionNode(cases=[
                Case(port="one", variable="choice", value="1",
                     operator=flow_pb2.CONDITION_OPERATOR_EQUALS),
                Case(port="sales", variable="choice", value="vertrieb",
                     operator=flow_pb2.CONDITION_OPERATOR_CONTAINS)])),
            Node(node_id="sales", transfer=flow_pb2.TransferNode(
                number=transfer_to, text="Ich verbinde.",
                timeout=duration_pb2.Duration(seconds=20))),
            Node(node_id="nobody", say=flow_pb2.SayNode(text="Leider ist niemand frei.")),
            Node(node_id="bye", hangup=flow_pb2.HangupNode(text="Auf Wiederhören.")),
        ],
        edges=[
            Edge(from_node_id="greeting", port="next", to_node_id="menu"),
            Edge(from_node_id="menu", port="input", to_node_id="choose"),
            Edge(from_node_id="menu", port="no_input", to_node_id="bye"),
            Edge(from_node_id="choose", port="one", to_node_id="sales"),
            Edge(from_node_id="choose", port="sales", to_node_id="sales"),
            Edge(from_node_id="choose", port="else", to_node_id="bye"),
            Edge(from_node_id="sales", port="completed", to_node_id="bye"),
            Edge(from_node_id="sales", port="failed", to_node_id="nobody"),
            Edge(from_node_id="nobody", port="next", to_node_id="bye"),
        ])


class TestTenant:
    """A tenant with administrator, user, bot, live flow and number."""

    __test__ = False

    def __init__(
        self, server: Server, name: str, greeting: str, approve: bool = True, publish: bool = True
    ) -> None:
        self.server = server
        self.name = name
        self.greeting = greeting
        admin = Stubs(server, server.admin)
        self.tenant_id = admin.tenants.CreateTenant(
            tenant_service_pb2.CreateTenantRequest(display_name=name)).tenant_id
        self.mark = secrets.token_hex(4)
        self.admin_user_id = self._create_user(admin, user_pb2.USER_ROLE_CUSTOMER_ADMIN, "chef")
        self.user_id = self._create_user(admin, user_pb2.USER_ROLE_CUSTOMER_USER, "mitarbeit")
        if approve:
            admin.tenants.ApproveTenant(
                tenant_service_pb2.ApproveTenantRequest(tenant_id=self.tenant_id))
            self.admin = server.login(self.email("chef"), PASSWORD)
            self.user = server.login(self.email("mitarbeit"), PASSWORD)
        stubs = admin
        self.bot_id = stubs.bots.CreateBot(bot_service_pb2.CreateBotRequest(
            tenant_id=self.tenant_id, display_name=f"Bot von {name}",
            system_prompt=f"Du bist die Telefonzentrale von {name}.")).bot_id
        self.flow_id = stubs.flows.CreateFlow(flow_service_pb2.CreateFlowRequest(
            tenant_id=self.tenant_id, bot_id=self.bot_id, display_name="Zentrale")).flow_id
        self.number = number()
        self.mapping_id = stubs.mappings.CreateMapping(mapping_service_pb2.CreateMappingRequest(
            tenant_id=self.tenant_id, bot_id=self.bot_id, number=self.number)).mapping_id
        self.version = stubs.flows.SaveDraft(flow_service_pb2.SaveDraftRequest(
            tenant_id=self.tenant_id, flow_id=self.flow_id, graph=graph(greeting))).version
        if publish:
            which = {
                "tenant_id": self.tenant_id, "flow_id": self.flow_id, "version": self.version}
            stubs.flows.StageVersion(flow_service_pb2.StageVersionRequest(**which))
            stubs.flows.PublishVersion(flow_service_pb2.PublishVersionRequest(**which))

    def email(self, who: str) -> str:
        return f"{who}-{self.mark}@example.com"

    def _create_user(self, stubs: Stubs, role: int, who: str) -> str:
        return stubs.users.CreateUser(user_service_pb2.CreateUserRequest(
            tenant_id=self.tenant_id, email=self.email(who), display_name=who.title(), role=role,
            password=PASSWORD)).user_id

    def add_support(self) -> str:
        """A support user of the tenant, for whom there is no method yet, and their token."""
        self.server.sql(f"""
            INSERT INTO user_account (tenant_id, user_id, email, role, password_hash)
            SELECT tenant_id, gen_random_uuid(), '{self.email("hilfe")}', 'support', password_hash
            FROM user_account WHERE user_id = '{self.user_id}';""")
        return self.server.login(self.email("hilfe"), PASSWORD)

    @property
    def as_admin(self) -> Stubs:
        return Stubs(self.server, self.admin)


class Ids:
    """One of everything that a tenant owns."""

    def __init__(self, server: Server, tenant: TestTenant) -> None:
        phone = Phone(server, tenant.number)
        phone.presses("2", phone.rings())
        phone.ends(10)
        self.by_field = {
            "tenant_id": tenant.tenant_id, "user_id": tenant.user_id, "bot_id": tenant.bot_id,
            "flow_id": tenant.flow_id, "mapping_id": tenant.mapping_id,
            "call_id": server.rows(
                f"SELECT call_id FROM call WHERE provider_call_id = '{phone.sid}'")[0]["call_id"],
        }
        # Last, because from now on the tenant's calls are signed with another secret.
        stub = connector_service_pb2_grpc.ConnectorServiceStub(server.channel(tenant.admin))
        self.by_field["connector_id"] = stub.PutCredentials(
            connector_service_pb2.PutCredentialsRequest(
                provider="twilio", twilio={
                    "account_sid": "AC" + "5" * 32, "auth_token": tenant.mark * 4},
            )).connector_id
