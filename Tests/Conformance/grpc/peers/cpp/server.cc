// grpc.testing.TestService by C++ gRPC. The flags and the lines it prints are those of
// interop-server.

#include <unistd.h>

#include <vector>

#include "common.h"

using grpc::ServerContext;
using grpc::ServerReaderWriterInterface;
using grpc::Status;
using grpc::StatusCode;
using grpc::WriteOptions;
using namespace grpc::testing;

namespace {

// Tells how a call has ended, and sends the metadata back that asks for it.
struct Call {
  Call(const char* method, ServerContext* context) : method(method), context(context) {
    for (const auto& [name, value] : context->client_metadata()) {
      std::string text(value.data(), value.size());
      if (name == "x-grpc-test-echo-initial") {
        context->AddInitialMetadata("x-grpc-test-echo-initial", text);
      }
      if (name == "x-grpc-test-echo-trailing-bin") {
        context->AddTrailingMetadata("x-grpc-test-echo-trailing-bin", text);
      }
    }
  }

  Status End(Status status) {
    Say("saw " + method + " requests=" + std::to_string(requests) +
        " responses=" + std::to_string(responses) + " end=" +
        (context->IsCancelled() ? "CANCELLED" : std::to_string(status.error_code())));
    return status;
  }

  std::string method;
  ServerContext* context;
  int requests = 0;
  int responses = 0;
};

template <typename Request>
Status WantedStatus(const Request& request) {
  const auto& status = request.response_status();
  return status.code() == 0
             ? Status::OK
             : Status(static_cast<StatusCode>(status.code()), status.message());
}

template <typename Request>
Status CheckCompression(const Request& request, ServerContext* context) {
  if (!request.has_expect_compressed() ||
      request.expect_compressed().value() == WasCompressed(context)) {
    return Status::OK;
  }
  return Status(StatusCode::INVALID_ARGUMENT, "compressed or not, against expectation");
}

bool Fill(PayloadType type, int size, Payload* payload) {
  if (type != COMPRESSABLE || size < 0 || size > static_cast<int>(Zeros().size())) return false;
  payload->set_body(Zeros().data(), size);
  return true;
}

// Sends the answers that a request asks for.
template <typename Writer>
Status Answer(const StreamingOutputCallRequest& request, Writer* writer, Call* call) {
  Status status = WantedStatus(request);
  if (!status.ok()) return status;
  for (const auto& parameters : request.response_parameters()) {
    if (parameters.interval_us() > 0) usleep(parameters.interval_us());
    StreamingOutputCallResponse response;
    if (!Fill(request.response_type(), parameters.size(), response.mutable_payload())) {
      return Status(StatusCode::INVALID_ARGUMENT, "no such payload");
    }
    WriteOptions options;
    if (!parameters.compressed().value()) options.set_no_compression();
    if (!writer->Write(response, options)) return Status(StatusCode::CANCELLED, "not taken");
    call->responses++;
  }
  return Status::OK;
}

class Service final : public TestService::Service {
  Status EmptyCall(ServerContext* context, const Empty*, Empty*) override {
    Call call("EmptyCall", context);
    call.requests = call.responses = 1;
    return call.End(Status::OK);
  }

  Status UnaryCall(
      ServerContext* context, const SimpleRequest* request, SimpleResponse* response) override {
    Call call("UnaryCall", context);
    call.requests = 1;
    Status status = CheckCompression(*request, context);
    if (status.ok()) status = WantedStatus(*request);
    if (!status.ok()) return call.End(status);
    context->set_compression_algorithm(
        request->response_compressed().value() ? GRPC_COMPRESS_GZIP : GRPC_COMPRESS_NONE);
    if (!Fill(request->response_type(), request->response_size(), response->mutable_payload())) {
      return call.End(Status(StatusCode::INVALID_ARGUMENT, "no such payload"));
    }
    call.responses = 1;
    return call.End(Status::OK);
  }

  Status StreamingOutputCall(
      ServerContext* context, const StreamingOutputCallRequest* request,
      grpc::ServerWriter<StreamingOutputCallResponse>* writer) override {
    Call call("StreamingOutputCall", context);
    call.requests = 1;
    context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    return call.End(Answer(*request, writer, &call));
  }

  Status StreamingInputCall(
      ServerContext* context, grpc::ServerReader<StreamingInputCallRequest>* reader,
      StreamingInputCallResponse* response) override {
    Call call("StreamingInputCall", context);
    StreamingInputCallRequest request;
    int sum = 0;
    while (reader->Read(&request)) {
      call.requests++;
      Status status = CheckCompression(request, context);
      if (!status.ok()) return call.End(status);
      sum += request.payload().body().size();
    }
    response->set_aggregated_payload_size(sum);
    call.responses = 1;
    return call.End(Status::OK);
  }

  Status FullDuplexCall(
      ServerContext* context,
      grpc::ServerReaderWriter<StreamingOutputCallResponse, StreamingOutputCallRequest>* stream)
      override {
    Call call("FullDuplexCall", context);
    StreamingOutputCallRequest request;
    while (stream->Read(&request)) {
      call.requests++;
      Status status = Answer(request, stream, &call);
      if (!status.ok()) return call.End(status);
    }
    return call.End(Status::OK);
  }

  Status HalfDuplexCall(
      ServerContext* context,
      grpc::ServerReaderWriter<StreamingOutputCallResponse, StreamingOutputCallRequest>* stream)
      override {
    Call call("HalfDuplexCall", context);
    std::vector<StreamingOutputCallRequest> requests;
    StreamingOutputCallRequest request;
    while (stream->Read(&request)) {
      call.requests++;
      requests.push_back(request);
    }
    for (const auto& collected : requests) {
      Status status = Answer(collected, stream, &call);
      if (!status.ok()) return call.End(status);
    }
    return call.End(Status::OK);
  }

  // The generated class registers every method; this answers as the one for unknown ones does.
  Status UnimplementedCall(ServerContext*, const Empty*, Empty*) override {
    Say("saw /grpc.testing.TestService/UnimplementedCall unimplemented");
    return Status(StatusCode::UNIMPLEMENTED, "");
  }
};

// Tells of calls that nobody handles.
class Unknown final : public grpc::CallbackGenericService {
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    Say("saw " + context->method() + " unimplemented");
    return CallbackGenericService::CreateReactor(context);
  }
};

}  // namespace

int main(int argc, char** argv) {
  auto flags = ParseFlags(argc, argv);
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (flags["use_tls"] == "true") {
    grpc::SslServerCredentialsOptions options;
    options.pem_key_cert_pairs.push_back(
        {ReadFile(flags["tls_key"]), ReadFile(flags["tls_cert"])});
    credentials = grpc::SslServerCredentials(options);
  }
  Service service;
  Unknown unknown;
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:" + flags["port"], credentials, &port);
  builder.RegisterService(&service);
  builder.RegisterCallbackGenericService(&unknown);
  auto server = builder.BuildAndStart();
  if (!server) return 1;
  Say("listening " + std::to_string(port));
  server->Wait();
}
