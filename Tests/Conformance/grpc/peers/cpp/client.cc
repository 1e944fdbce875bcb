// The cases of grpc.testing.TestService by C++ gRPC. The flags and the lines it prints are those of
// interop-client.

#include <unistd.h>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "common.h"

using grpc::ClientContext;
using grpc::Status;
using grpc::StatusCode;
using grpc::WriteOptions;
using namespace grpc::testing;

namespace {

using Flags = std::map<std::string, std::string>;

const std::vector<int> kRequestSizes = {27182, 8, 1828, 45904};
const std::vector<int> kResponseSizes = {31415, 9, 2653, 58979};
// Far more than a call takes on a busy machine.
const std::chrono::seconds kSoakTimeout(10);

struct Peer {
  explicit Peer(const Flags& flags) : flags(flags) {
    grpc::ChannelArguments arguments;
    // A connection of its own for each channel, which the library would share otherwise.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    auto credentials = grpc::InsecureChannelCredentials();
    if (Flag("use_tls") == "true") {
      grpc::SslCredentialsOptions options;
      options.pem_root_certs = ReadFile(Flag("ca_file"));
      credentials = grpc::SslCredentials(options);
      arguments.SetSslTargetNameOverride(Flag("server_host_override"));
    }
    std::string target = Flag("unix").empty() ? "127.0.0.1:" + Flag("server_port")
                                              : "unix:" + Flag("unix");
    channel = grpc::CreateCustomChannel(target, credentials, arguments);
    stub = TestService::NewStub(channel);
  }

  std::string Flag(const std::string& name, const std::string& standard = "") const {
    auto found = flags.find(name);
    return found == flags.end() ? standard : found->second;
  }

  const Flags& flags;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<TestService::Stub> stub;
};

void Check(bool condition, const std::string& words) {
  if (!condition) throw std::runtime_error(words);
}

void Expect(StatusCode code, const Status& status) {
  Check(
      status.error_code() == code, "status " + std::to_string(status.error_code()) + " (" +
                                       status.error_message() + ") in place of " +
                                       std::to_string(code));
}

void Fill(Payload* payload, int size) { payload->set_body(Zeros().data(), size); }

StreamingOutputCallRequest OutputRequest(const std::vector<int>& sizes, int size = 0) {
  StreamingOutputCallRequest request;
  for (int size : sizes) request.add_response_parameters()->set_size(size);
  if (size > 0) Fill(request.mutable_payload(), size);
  return request;
}

void EmptyUnary(Peer& peer) {
  ClientContext context;
  Empty response;
  Expect(StatusCode::OK, peer.stub->EmptyCall(&context, Empty(), &response));
}

void LargeUnary(Peer& peer, ClientContext* context, SimpleRequest request = SimpleRequest()) {
  request.set_response_size(314159);
  Fill(request.mutable_payload(), 271828);
  SimpleResponse response;
  Expect(StatusCode::OK, peer.stub->UnaryCall(context, request, &response));
  Check(response.payload().body() == Zeros().substr(0, 314159), "the answer is another");
}

void LargeUnary(Peer& peer) {
  ClientContext context;
  LargeUnary(peer, &context);
}

void CompressedLargeUnary(Peer& peer) {
  for (auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    ClientContext context;
    context.set_compression_algorithm(algorithm);
    LargeUnary(peer, &context);
    Check(WasCompressed(&context), "the answer was not compressed as the request was");
  }
}

void ClientStreaming(Peer& peer) {
  ClientContext context;
  StreamingInputCallResponse response;
  auto writer = peer.stub->StreamingInputCall(&context, &response);
  for (int size : kRequestSizes) {
    StreamingInputCallRequest request;
    Fill(request.mutable_payload(), size);
    Check(writer->Write(request), "a request was not taken");
  }
  writer->WritesDone();
  Expect(StatusCode::OK, writer->Finish());
  Check(response.aggregated_payload_size() == 74922, "the sum is another");
}

template <typename Reader>
std::vector<int> ReadSizes(Reader& reader) {
  std::vector<int> sizes;
  StreamingOutputCallResponse response;
  while (reader->Read(&response)) sizes.push_back(response.payload().body().size());
  return sizes;
}

void ServerStreaming(Peer& peer) {
  ClientContext context;
  auto reader = peer.stub->StreamingOutputCall(&context, OutputRequest(kResponseSizes));
  Check(ReadSizes(reader) == kResponseSizes, "the answers have other sizes");
  Expect(StatusCode::OK, reader->Finish());
}

void PingPong(Peer& peer) {
  ClientContext context;
  auto stream = peer.stub->FullDuplexCall(&context);
  StreamingOutputCallResponse response;
  for (size_t i = 0; i < kRequestSizes.size(); i++) {
    stream->Write(OutputRequest({kResponseSizes[i]}, kRequestSizes[i]));
    Check(stream->Read(&response), "no answer");
    Check(
        static_cast<int>(response.payload().body().size()) == kResponseSizes[i],
        "an answer of another size");
  }
  stream->WritesDone();
  Check(!stream->Read(&response), "more answers than questions");
  Expect(StatusCode::OK, stream->Finish());
}

void EmptyStream(Peer& peer) {
  ClientContext context;
  auto stream = peer.stub->FullDuplexCall(&context);
  stream->WritesDone();
  StreamingOutputCallResponse response;
  Check(!stream->Read(&response), "an answer to nothing");
  Expect(StatusCode::OK, stream->Finish());
}

void HalfDuplex(Peer& peer) {
  ClientContext context;
  auto stream = peer.stub->HalfDuplexCall(&context);
  for (int size : kResponseSizes) stream->Write(OutputRequest({size}));
  stream->WritesDone();
  Check(ReadSizes(stream) == kResponseSizes, "the answers have other sizes");
  Expect(StatusCode::OK, stream->Finish());
}

void CustomMetadata(Peer& peer) {
  const std::string text = "test_initial_metadata_value";
  const std::string bytes = "\xab\xab\xab";
  auto prepare = [&](ClientContext& context) {
    context.AddMetadata("x-grpc-test-echo-initial", text);
    context.AddMetadata("x-grpc-test-echo-trailing-bin", bytes);
  };
  auto check = [&](ClientContext& context) {
    auto& initial = context.GetServerInitialMetadata();
    auto& trailing = context.GetServerTrailingMetadata();
    auto head = initial.find("x-grpc-test-echo-initial");
    auto tail = trailing.find("x-grpc-test-echo-trailing-bin");
    Check(head != initial.end() && head->second == text, "the headers lack the text");
    Check(tail != trailing.end() && tail->second == bytes, "the trailers lack the bytes");
  };
  ClientContext unary;
  prepare(unary);
  LargeUnary(peer, &unary);
  check(unary);
  ClientContext context;
  prepare(context);
  auto stream = peer.stub->FullDuplexCall(&context);
  stream->Write(OutputRequest({314159}));
  stream->WritesDone();
  Check(ReadSizes(stream) == std::vector<int>{314159}, "the answers have other sizes");
  Expect(StatusCode::OK, stream->Finish());
  check(context);
}

void CheckStatus(const Status& status, const std::string& words) {
  Expect(StatusCode::UNKNOWN, status);
  Check(status.error_message() == words, "the message is " + status.error_message());
}

void StatusOfUnary(Peer& peer, const std::string& words) {
  ClientContext context;
  SimpleRequest request;
  request.mutable_response_status()->set_code(2);
  request.mutable_response_status()->set_message(words);
  SimpleResponse response;
  CheckStatus(peer.stub->UnaryCall(&context, request, &response), words);
}

void StatusCodeAndMessage(Peer& peer) {
  const std::string words = "test status message";
  StatusOfUnary(peer, words);
  ClientContext context;
  auto stream = peer.stub->FullDuplexCall(&context);
  StreamingOutputCallRequest request;
  request.mutable_response_status()->set_code(2);
  request.mutable_response_status()->set_message(words);
  stream->Write(request);
  stream->WritesDone();
  StreamingOutputCallResponse response;
  Check(!stream->Read(&response), "an answer");
  CheckStatus(stream->Finish(), words);
}

void SpecialStatusMessage(Peer& peer) {
  StatusOfUnary(
      peer, "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n");
}

void UnimplementedMethod(Peer& peer) {
  ClientContext context;
  Empty response;
  Expect(StatusCode::UNIMPLEMENTED, peer.stub->UnimplementedCall(&context, Empty(), &response));
}

void UnimplementedServiceCase(Peer& peer) {
  ClientContext context;
  Empty response;
  auto stub = UnimplementedService::NewStub(peer.channel);
  Expect(StatusCode::UNIMPLEMENTED, stub->UnimplementedCall(&context, Empty(), &response));
}

void CancelAfterBegin(Peer& peer) {
  EmptyUnary(peer);
  ClientContext context;
  StreamingInputCallResponse response;
  auto writer = peer.stub->StreamingInputCall(&context, &response);
  // What comes later on the same connection is answered, so the server has seen the call.
  EmptyUnary(peer);
  context.TryCancel();
  Expect(StatusCode::CANCELLED, writer->Finish());
}

void CancelAfterFirstResponse(Peer& peer) {
  ClientContext context;
  auto stream = peer.stub->FullDuplexCall(&context);
  stream->Write(OutputRequest({31415}, 27182));
  StreamingOutputCallResponse response;
  Check(stream->Read(&response), "no answer");
  context.TryCancel();
  Expect(StatusCode::CANCELLED, stream->Finish());
}

void TimeoutOnSleepingServer(Peer& peer) {
  // The first may expire before it leaves; the second the server has certainly seen.
  for (int milliseconds : {1, 500}) {
    ClientContext context;
    context.set_deadline(
        std::chrono::system_clock::now() + std::chrono::milliseconds(milliseconds));
    auto stream = peer.stub->FullDuplexCall(&context);
    stream->Write(OutputRequest({}, 27182));
    StreamingOutputCallResponse response;
    Check(!stream->Read(&response), "an answer");
    Expect(StatusCode::DEADLINE_EXCEEDED, stream->Finish());
  }
}

void ClientCompressedUnary(Peer& peer) {
  SimpleRequest request;
  request.mutable_expect_compressed()->set_value(true);
  {
    // Without this a server that ignores the flag would pass.
    ClientContext context;
    SimpleRequest lie = request;
    Fill(lie.mutable_payload(), 271828);
    SimpleResponse response;
    Expect(StatusCode::INVALID_ARGUMENT, peer.stub->UnaryCall(&context, lie, &response));
  }
  for (auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    ClientContext context;
    context.set_compression_algorithm(algorithm);
    LargeUnary(peer, &context, request);
  }
  ClientContext context;
  request.mutable_expect_compressed()->set_value(false);
  LargeUnary(peer, &context, request);
}

void ServerCompressedUnary(Peer& peer) {
  for (bool expected : {true, false}) {
    ClientContext context;
    SimpleRequest request;
    request.mutable_response_compressed()->set_value(expected);
    LargeUnary(peer, &context, request);
    Check(WasCompressed(&context) == expected, "compressed or not, against the request");
  }
}

void ClientCompressedStreaming(Peer& peer) {
  StreamingInputCallRequest request;
  request.mutable_expect_compressed()->set_value(true);
  Fill(request.mutable_payload(), 27182);
  {
    // The stream stays open: the server must not wait for its end.
    ClientContext context;
    StreamingInputCallResponse response;
    auto writer = peer.stub->StreamingInputCall(&context, &response);
    writer->Write(request);
    Expect(StatusCode::INVALID_ARGUMENT, writer->Finish());
  }
  for (auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    ClientContext context;
    context.set_compression_algorithm(algorithm);
    StreamingInputCallResponse response;
    auto writer = peer.stub->StreamingInputCall(&context, &response);
    Check(writer->Write(request), "a request was not taken");
    StreamingInputCallRequest plain;
    plain.mutable_expect_compressed()->set_value(false);
    Fill(plain.mutable_payload(), 45904);
    Check(writer->Write(plain, WriteOptions().set_no_compression()), "a request was not taken");
    writer->WritesDone();
    Expect(StatusCode::OK, writer->Finish());
    Check(response.aggregated_payload_size() == 73086, "the sum is another");
  }
}

void ServerCompressedStreaming(Peer& peer) {
  StreamingOutputCallRequest request = OutputRequest({31415, 92653});
  request.mutable_response_parameters(0)->mutable_compressed()->set_value(true);
  request.mutable_response_parameters(1)->mutable_compressed()->set_value(false);
  ClientContext context;
  auto reader = peer.stub->StreamingOutputCall(&context, request);
  StreamingOutputCallResponse response;
  for (const auto& parameters : request.response_parameters()) {
    Check(reader->Read(&response), "no answer");
    Check(
        static_cast<int>(response.payload().body().size()) == parameters.size(),
        "an answer of another size");
    Check(
        WasCompressed(&context) == parameters.compressed().value(),
        "compressed or not, against the request");
  }
  Check(!reader->Read(&response), "more answers than were asked for");
  Expect(StatusCode::OK, reader->Finish());
}

void SlowConsumer(Peer& peer) {
  ClientContext context;
  auto reader =
      peer.stub->StreamingOutputCall(&context, OutputRequest(std::vector<int>(2000, 1030)));
  StreamingOutputCallResponse response;
  int count = 0;
  while (reader->Read(&response)) {
    Check(response.payload().body().size() == 1030, "an answer of another size");
    count++;
    usleep(1000 * std::stoi(peer.Flag("slow_consumer_ms", "20")));
  }
  Expect(StatusCode::OK, reader->Finish());
  Check(count == 2000, std::to_string(count) + " answers");
}

void ConcurrentLargeUnary(Peer& peer) {
  std::vector<std::string> failures(50);
  std::vector<std::thread> threads;
  for (auto& failure : failures) {
    threads.emplace_back([&peer, &failure] {
      try {
        LargeUnary(peer);
      } catch (const std::exception& error) {
        failure = error.what();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures) Check(failure.empty(), failure);
}

void Soak(Peer& peer) {
  ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kSoakTimeout);
  LargeUnary(peer, &context);
}

int SoakIterations(Peer& peer) { return std::stoi(peer.Flag("soak_iterations", "10")); }

void RpcSoak(Peer& peer) {
  for (int i = 0; i < SoakIterations(peer); i++) Soak(peer);
}

void ChannelSoak(Peer& peer) {
  for (int i = 0; i < SoakIterations(peer); i++) {
    Peer other(peer.flags);
    Soak(other);
  }
}

const std::map<std::string, std::function<void(Peer&)>> kCases = {
    {"empty_unary", EmptyUnary},
    {"large_unary", [](Peer& peer) { LargeUnary(peer); }},
    {"compressed_large_unary", CompressedLargeUnary},
    {"client_streaming", ClientStreaming},
    {"server_streaming", ServerStreaming},
    {"ping_pong", PingPong},
    {"empty_stream", EmptyStream},
    {"half_duplex", HalfDuplex},
    {"custom_metadata", CustomMetadata},
    {"status_code_and_message", StatusCodeAndMessage},
    {"special_status_message", SpecialStatusMessage},
    {"unimplemented_method", UnimplementedMethod},
    {"unimplemented_service", UnimplementedServiceCase},
    {"cancel_after_begin", CancelAfterBegin},
    {"cancel_after_first_response", CancelAfterFirstResponse},
    {"timeout_on_sleeping_server", TimeoutOnSleepingServer},
    {"client_compressed_unary", ClientCompressedUnary},
    {"server_compressed_unary", ServerCompressedUnary},
    {"client_compressed_streaming", ClientCompressedStreaming},
    {"server_compressed_streaming", ServerCompressedStreaming},
    {"slow_consumer", SlowConsumer},
    {"concurrent_large_unary", ConcurrentLargeUnary},
    {"rpc_soak", RpcSoak},
    {"channel_soak", ChannelSoak},
};

}  // namespace

int main(int argc, char** argv) {
  Flags flags = ParseFlags(argc, argv);
  std::stringstream names(flags["test_case"]);
  std::string name;
  int failures = 0;
  while (std::getline(names, name, ',')) {
    try {
      Peer peer(flags);
      kCases.at(name)(peer);
      Say("ok " + name);
    } catch (const std::exception& error) {
      Say("failed " + name + ": " + error.what());
      failures++;
    }
  }
  return failures == 0 ? 0 : 1;
}
