"""Walks the contract: every method of klinke.* with its policy and routes, as the proto files say.

Nothing here names a method, so a new one is met by every test that walks.
"""

import dataclasses
import json
import re
import urllib.parse

import stubs
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from klinke.options.v1 import options_pb2

ROLES = {
    options_pb2.ROLE_PLATFORM_ADMIN: "platform_admin",
    options_pb2.ROLE_CUSTOMER_ADMIN: "customer_admin",
    options_pb2.ROLE_CUSTOMER_USER: "customer_user",
    options_pb2.ROLE_SUPPORT: "support",
    options_pb2.ROLE_INTERNAL_SERVICE: "internal_service",
}
_VERBS = ("get", "put", "post", "delete", "patch")


@dataclasses.dataclass(frozen=True)
class Route:
    """A REST route of a method."""

    verb: str
    template: str
    # "" for no body, "*" for the whole request, else the field that is the body.
    body: str

    @property
    def variables(self) -> list[str]:
        names = re.findall(r"{([^}]*)}", self.template)
        for name in names:
            if not re.fullmatch(r"[a-z0-9_]+", name):
                raise AssertionError(f"the walk cannot fill {{{name}}} of {self.template}")
        return names


@dataclasses.dataclass(frozen=True)
class Method:
    """A method with what its options say."""

    service: str
    name: str
    request_type: str
    client_streaming: bool
    server_streaming: bool
    public: bool
    webhook: str
    roles: frozenset[str]
    tenant_scoped: bool
    routes: tuple[Route, ...]

    @property
    def path(self) -> str:
        return f"/{self.service}/{self.name}"

    @property
    def label(self) -> str:
        return f"{self.service.split('.')[-1]}_{self.name}"

    @property
    def request(self):
        """The class of the request's messages."""
        return message_factory.GetMessageClass(_pool.FindMessageTypeByName(self.request_type))


def _routes(options) -> tuple[Route, ...]:
    if not options.HasExtension(annotations_pb2.http):
        return ()
    rule = options.Extensions[annotations_pb2.http]
    routes = []
    for binding in (rule, *rule.additional_bindings):
        verb = binding.WhichOneof("pattern")
        if verb not in _VERBS:
            raise AssertionError(f"the walk does not know the route {binding}")
        routes.append(Route(verb.upper(), getattr(binding, verb), binding.body))
    return tuple(routes)


def _method(service: str, method) -> Method:
    options = method.options
    where = f"{service}/{method.name}"
    if not options.HasExtension(options_pb2.policy):
        raise AssertionError(f"{where} has no policy")
    policy = options.Extensions[options_pb2.policy]
    if [policy.public, policy.webhook, bool(policy.roles)].count(True) != 1:
        raise AssertionError(f"{where} must be public, a webhook or have roles")
    return Method(
        service=service, name=method.name, request_type=method.input_type.lstrip("."),
        client_streaming=method.client_streaming, server_streaming=method.server_streaming,
        public=policy.public,
        webhook=options.Extensions[options_pb2.webhook].provider if policy.webhook else "",
        roles=frozenset(ROLES[role] for role in policy.roles),
        tenant_scoped=policy.scope == options_pb2.SCOPE_TENANT, routes=_routes(options))


_files = descriptor_pb2.FileDescriptorSet.FromString(stubs.DESCRIPTOR_SET)
_pool = descriptor_pool.DescriptorPool()
for _file in _files.file:
    _pool.Add(_file)

METHODS: list[Method] = [
    _method(f"{file.package}.{service.name}", method)
    for file in _files.file if file.package.startswith("klinke.")
    for service in file.service for method in service.method]


def invoke(channel, method: Method, request: bytes):
    """Makes a gRPC call with raw bytes and returns its answers; raises grpc.RpcError."""
    if method.client_streaming and method.server_streaming:
        return list(channel.stream_stream(method.path)(iter([request]), timeout=10))
    if method.client_streaming:
        return [channel.stream_unary(method.path)(iter([request]), timeout=10)]
    if method.server_streaming:
        return list(channel.unary_stream(method.path)(request, timeout=10))
    return [channel.unary_unary(method.path)(request)]


def rest(route: Route, message) -> tuple[str, str, bytes | None]:
    """A request as its route wants it: method, target and body."""
    fields = json_format.MessageToDict(message, preserving_proto_field_name=True)
    target = route.template
    for name in route.variables:
        value = fields.pop(name, None)
        if value is None:
            value = getattr(message, name)
        target = target.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
    body = None
    if route.body == "*":
        body = json.dumps(fields).encode()
        fields = {}
    elif route.body:
        body = json.dumps(fields.pop(route.body, {})).encode()
    query = [pair for name, value in fields.items() for pair in _query(name, value)]
    return route.verb, target + ("?" + urllib.parse.urlencode(query) if query else ""), body


def _query(name: str, value) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [p for key, inner in value.items() for p in _query(f"{name}.{key}", inner)]
    if isinstance(value, list):
        return [p for inner in value for p in _query(name, inner)]
    if isinstance(value, bool):
        return [(name, "true" if value else "false")]
    return [(name, str(value))]
