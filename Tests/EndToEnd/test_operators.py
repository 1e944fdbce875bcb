"""What operators and their tools see: health, reflection, channelz, the status page, traces."""

import re

import grpc
import support
from google.protobuf import descriptor_pb2
from grpc_channelz.v1 import channelz_pb2, channelz_pb2_grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from klinke.tenant.v1 import tenant_service_pb2, tenant_service_pb2_grpc
from tenants import TestTenant, bot_service_pb2

CHANNELZ = "grpc.channelz.v1.Channelz"


class HealthTest(support.Case):
    def setUp(self) -> None:
        self.health = health_pb2_grpc.HealthStub(self.server.channel())

    def test_check_knows_every_service_and_no_other(self) -> None:
        for service in ("", "klinke.call.v1.CallService", CHANNELZ):
            with self.subTest(service):
                answer = self.health.Check(health_pb2.HealthCheckRequest(service=service))
                self.assertEqual(answer.status, health_pb2.HealthCheckResponse.SERVING)
        self.refused(
            grpc.StatusCode.NOT_FOUND, self.health.Check,
            health_pb2.HealthCheckRequest(service="no.such.Service"))

    def test_watch_tells_the_state_and_stays(self) -> None:
        for service, status in (
            ("", health_pb2.HealthCheckResponse.SERVING),
            ("no.such.Service", health_pb2.HealthCheckResponse.SERVICE_UNKNOWN),
        ):
            with self.subTest(service):
                watch = self.health.Watch(health_pb2.HealthCheckRequest(service=service))
                self.assertEqual(next(watch).status, status)
                self.assertTrue(watch.is_active())
                watch.cancel()

    def test_list_names_what_check_knows(self) -> None:
        # Not in the published stubs yet: an empty request, and a map in field 1.
        call = self.server.channel().unary_unary("/grpc.health.v1.Health/List")
        answer = call(b"")
        for service in (b"klinke.call.v1.CallService", b"grpc.health.v1.Health"):
            self.assertIn(b"\x0a" + bytes([len(service)]) + service + b"\x12\x02\x08\x01", answer)


class ReflectionTest(support.Case):
    def ask(self, *requests: reflection_pb2.ServerReflectionRequest) -> list:
        stub = reflection_pb2_grpc.ServerReflectionStub(self.channel())
        return list(stub.ServerReflectionInfo(iter(requests), timeout=support.CALL_SECONDS))

    def channel(self) -> grpc.Channel:
        channel = grpc.insecure_channel(f"{self.server.host}:{self.server.port}")
        self.addCleanup(channel.close)
        return channel

    def files(self, answer) -> list[descriptor_pb2.FileDescriptorProto]:
        return [
            descriptor_pb2.FileDescriptorProto.FromString(file)
            for file in answer.file_descriptor_response.file_descriptor_proto]

    def test_every_service_is_listed_and_described_with_what_it_imports(self) -> None:
        request = reflection_pb2.ServerReflectionRequest
        listed, = self.ask(request(list_services=""))
        names = [service.name for service in listed.list_services_response.service]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn("klinke.call.v1.CallService", names)
        for name in names:
            with self.subTest(name):
                answer, = self.ask(request(file_containing_symbol=name))
                files = {file.name: file for file in self.files(answer)}
                found = [
                    file for file in files.values() for service in file.service
                    if f"{file.package}.{service.name}" == name]
                self.assertEqual(len(found), 1)
                for file in files.values():
                    self.assertLessEqual(set(file.dependency), set(files))

    def test_symbols_of_every_kind_are_found(self) -> None:
        request = reflection_pb2.ServerReflectionRequest
        for symbol, file in (
            ("grpc.health.v1.Health.Check", "grpc/health/v1/health.proto"),
            ("grpc.health.v1.HealthCheckResponse", "grpc/health/v1/health.proto"),
            ("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto"),
            ("grpc.health.v1.HealthCheckRequest.service", "grpc/health/v1/health.proto"),
            ("google.api.http", "google/api/annotations.proto"),
        ):
            with self.subTest(symbol):
                answer, = self.ask(request(file_containing_symbol=symbol))
                self.assertEqual(self.files(answer)[0].name, file)
        by_name, = self.ask(request(file_by_filename="grpc/health/v1/health.proto"))
        self.assertEqual(self.files(by_name)[0].package, "grpc.health.v1")

    def test_extensions_are_found_by_their_numbers(self) -> None:
        request, options = reflection_pb2.ServerReflectionRequest, "google.protobuf.MethodOptions"
        numbers, = self.ask(request(all_extension_numbers_of_type=options))
        found = numbers.all_extension_numbers_response.extension_number
        self.assertIn(72295728, found)
        answer, = self.ask(request(file_containing_extension=reflection_pb2.ExtensionRequest(
            containing_type=options, extension_number=72295728)))
        self.assertEqual(self.files(answer)[0].name, "google/api/annotations.proto")

    def test_a_wrong_question_is_answered_and_the_stream_goes_on(self) -> None:
        request = reflection_pb2.ServerReflectionRequest
        wrong, right = self.ask(
            request(file_containing_symbol="no.such.Thing"), request(list_services=""))
        self.assertEqual(wrong.error_response.error_code, grpc.StatusCode.NOT_FOUND.value[0])
        self.assertTrue(right.list_services_response.service)


class ChannelzTest(support.Case):
    def setUp(self) -> None:
        self.channelz = channelz_pb2_grpc.ChannelzStub(self.server.channel(self.server.admin))

    def test_a_connection_and_its_calls_are_counted(self) -> None:
        server = self.channelz.GetServers(channelz_pb2.GetServersRequest()).server[0]
        before = server.data.calls_succeeded
        self.assertGreater(server.data.calls_started, 0)
        self.assertNotEqual(list(server.listen_socket), [])
        listener = self.channelz.GetSocket(
            channelz_pb2.GetSocketRequest(socket_id=server.listen_socket[0].socket_id)).socket
        self.assertEqual(listener.local.tcpip_address.port, int(self.server.port))
        channel = grpc.insecure_channel(
            f"{self.server.host}:{self.server.port}",
            options=[("grpc.use_local_subchannel_pool", 1)])
        self.addCleanup(channel.close)
        known = {socket.ref.socket_id for socket in self.sockets(server)}
        health = health_pb2_grpc.HealthStub(channel)
        for _ in range(3):
            health.Check(health_pb2.HealthCheckRequest(), timeout=support.CALL_SECONDS)
        with self.assertRaises(grpc.RpcError):
            health.Check(
                health_pb2.HealthCheckRequest(service="no.such.Service"),
                timeout=support.CALL_SECONDS)
        watch = health.Watch(health_pb2.HealthCheckRequest(), timeout=support.CALL_SECONDS)
        next(watch)
        new = [
            socket for socket in self.sockets(server)
            if socket.ref.socket_id not in known and socket.data.streams_started == 5]
        self.assertEqual(len(new), 1)
        # An error is an answer: the stream has ended as it should.
        self.assertEqual((new[0].data.streams_succeeded, new[0].data.streams_failed), (4, 0))
        self.assertEqual(new[0].remote.tcpip_address.ip_address, bytes([127, 0, 0, 1]))
        self.assertTrue(new[0].data.HasField("last_remote_stream_created_timestamp"))
        self.assertGreater(new[0].data.remote_flow_control_window.value, 0)
        watch.cancel()
        server = self.channelz.GetServer(
            channelz_pb2.GetServerRequest(server_id=server.ref.server_id)).server
        self.assertGreaterEqual(server.data.calls_succeeded, before + 3)

    def sockets(self, server) -> list:
        found, start = [], 0
        while True:
            page = self.channelz.GetServerSockets(channelz_pb2.GetServerSocketsRequest(
                server_id=server.ref.server_id, start_socket_id=start, max_results=5))
            for reference in page.socket_ref:
                try:
                    found.append(self.channelz.GetSocket(
                        channelz_pb2.GetSocketRequest(socket_id=reference.socket_id)).socket)
                except grpc.RpcError as error:
                    # It may have ended since.
                    self.assertEqual(error.code(), grpc.StatusCode.NOT_FOUND)
            if page.end:
                return found
            start = page.socket_ref[-1].socket_id + 1

    def test_a_server_has_no_channels(self) -> None:
        channels = self.channelz.GetTopChannels(channelz_pb2.GetTopChannelsRequest())
        self.assertEqual((list(channels.channel), channels.end), ([], True))
        self.refused(
            grpc.StatusCode.NOT_FOUND, self.channelz.GetChannel,
            channelz_pb2.GetChannelRequest(channel_id=1))

    def test_only_operators_see_it(self) -> None:
        tenant = TestTenant(self.server, "Neugierig", "Hallo.")
        request = channelz_pb2.GetServersRequest()
        for token, code in (
            ("", grpc.StatusCode.UNAUTHENTICATED),
            (tenant.admin, grpc.StatusCode.PERMISSION_DENIED),
        ):
            stub = channelz_pb2_grpc.ChannelzStub(self.server.channel(token))
            self.refused(code, stub.GetServers, request)

    def test_names_and_numbers_are_the_published_ones(self) -> None:
        published = descriptor_pb2.FileDescriptorProto()
        channelz_pb2.DESCRIPTOR.CopyToProto(published)
        with grpc.insecure_channel(f"{self.server.host}:{self.server.port}") as channel:
            stub = reflection_pb2_grpc.ServerReflectionStub(channel)
            question = reflection_pb2.ServerReflectionRequest(file_containing_symbol=CHANNELZ)
            answer = next(stub.ServerReflectionInfo(
                iter([question]), timeout=support.CALL_SECONDS))
            ours = descriptor_pb2.FileDescriptorProto.FromString(
                answer.file_descriptor_response.file_descriptor_proto[0])
        theirs = shape(published)
        for name, fields in shape(ours).items():
            with self.subTest(name):
                self.assertLessEqual(fields.items(), theirs[name].items())


def shape(file: descriptor_pb2.FileDescriptorProto) -> dict[str, dict]:
    """The fields of each message, the values of each enum and the methods of each service."""
    found = {}

    def add(messages, prefix: str) -> None:
        for message in messages:
            name = prefix + message.name
            found[name] = {
                field.name: (field.number, field.type, field.label, field.type_name)
                for field in message.field}
            add(message.nested_type, name + ".")
            for enum in message.enum_type:
                found[f"{name}.{enum.name}"] = {v.name: v.number for v in enum.value}

    add(file.message_type, "")
    for service in file.service:
        found[service.name] = {m.name: (m.input_type, m.output_type) for m in service.method}
    return found


class StatusTest(support.Case):
    def test_people_and_programs_see_the_same(self) -> None:
        tenant = TestTenant(self.server, "Fleißig", "Hallo.")
        stub = tenant.as_admin.bots
        for _ in range(3):
            stub.ListBots(bot_service_pb2.ListBotsRequest())
        report = self.server.http("GET", "/status.json").json
        methods = {method["method"]: method for method in report["methods"]}
        listed = methods["klinke.flow.v1.BotService/ListBots"]
        self.assertGreaterEqual(listed["calls"], 3)
        self.assertGreater(listed["calls_per_second"], 0)
        self.assertGreater(listed["p50_ms"], 0)
        self.assertGreaterEqual(listed["p99_ms"], listed["p50_ms"])
        self.assertGreaterEqual(report["connections"], 1)
        self.assertEqual(
            sum(loop["connections"] for loop in report["loops"]), report["connections"])
        self.assertGreater(sum(loop["database_connections"] for loop in report["loops"]), 0)
        busy = {entry["tenant_id"]: entry for entry in report["tenants"]}
        self.assertGreaterEqual(busy[tenant.tenant_id]["calls_per_minute"], 3)
        by_accept = self.server.http("GET", "/status", accept="application/json").json
        self.assertEqual(by_accept.keys(), report.keys())
        page = self.server.http("GET", "/status", accept="text/html")
        self.assertTrue(page.fields["content-type"].startswith("text/html"))
        text = page.body.decode()
        self.assertIn("klinke.flow.v1.BotService/ListBots", text)
        self.assertIn(tenant.tenant_id, text)
        self.assertNotIn("<script", text)

    def test_open_streams_are_counted(self) -> None:
        def running() -> int:
            report = self.server.http("GET", "/status.json").json
            return next(
                (m["running"] for m in report["methods"]
                 if m["method"] == "grpc.health.v1.Health/Watch"), 0)

        before = running()
        with grpc.insecure_channel(f"{self.server.host}:{self.server.port}") as channel:
            stub = health_pb2_grpc.HealthStub(channel)
            watches = [
                stub.Watch(health_pb2.HealthCheckRequest(), timeout=support.CALL_SECONDS)
                for _ in range(5)]
            for watch in watches:
                next(watch)
            self.assertGreaterEqual(running(), before + 5)
            for watch in watches:
                watch.cancel()

    def test_only_operators_see_it(self) -> None:
        tenant = TestTenant(self.server, "Auch neugierig", "Hallo.")
        for fields, status in (
            ({}, 200),
            ({"x_forwarded_for": "203.0.113.9"}, 403),
            ({"x_forwarded_for": "203.0.113.9",
              "authorization": f"Bearer {self.server.admin}"}, 200),
            ({"authorization": f"Bearer {tenant.admin}"}, 403),
        ):
            with self.subTest(fields=list(fields), status=status):
                self.assertEqual(self.server.http("GET", "/status", **fields).status, status)


class TraceTest(support.Case):
    def test_a_trace_goes_from_the_caller_to_the_log(self) -> None:
        trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
        start = len(self.server.log)
        stub = tenant_service_pb2_grpc.TenantServiceStub(self.server.channel(self.server.admin))
        with self.assertRaises(grpc.RpcError):
            stub.GetTenant(
                tenant_service_pb2.GetTenantRequest(
                    tenant_id="11111111-1111-4111-8111-111111111111"),
                metadata=[("traceparent", f"00-{trace}-{parent}-01"),
                          ("x-request-id", "meine-anfrage-1")])
        line = self.server.wait_for_log(
            lambda line: line.get("request_id") == "meine-anfrage-1", start)
        self.assertEqual((line["trace_id"], line["parent_span_id"]), (trace, parent))
        self.assertRegex(line["span_id"], "^[0-9a-f]{16}$")
        self.assertNotEqual(line["span_id"], parent)

    def test_a_call_without_a_trace_begins_one(self) -> None:
        start = len(self.server.log)
        self.server.rest("", "GET", "/api/tenants")
        line = self.server.wait_for_log(lambda line: line["event"] == "rpc.failed", start)
        self.assertTrue(re.fullmatch("[0-9a-f]{32}", line["trace_id"]))
        self.assertNotIn("parent_span_id", line)
