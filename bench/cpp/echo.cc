// The peer of the benchmark: a gRPC C++ server on Debian's libgrpc++, with the callback interface,
// which is the fastest that this version offers.
//
// usage: echo PORT [CERTIFICATE KEY]

#include <grpcpp/grpcpp.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "echo.grpc.pb.h"

namespace {

using klinke::bench::v1::CollectResponse;
using klinke::bench::v1::EchoRequest;
using klinke::bench::v1::EchoResponse;
using klinke::bench::v1::EchoService;
using klinke::bench::v1::RepeatRequest;

class Repeater final : public grpc::ServerWriteReactor<EchoResponse> {
 public:
  explicit Repeater(const RepeatRequest& request) : left_(request.count()) {
    response_.set_payload(request.payload());
    Next();
  }
  void OnWriteDone(bool ok) override { ok ? Next() : Finish(grpc::Status::CANCELLED); }
  void OnDone() override { delete this; }

 private:
  void Next() {
    if (left_ == 0) return Finish(grpc::Status::OK);
    left_--;
    StartWrite(&response_);
  }

  uint32_t left_;
  EchoResponse response_;
};

class Collector final : public grpc::ServerReadReactor<EchoRequest> {
 public:
  explicit Collector(CollectResponse* response) : response_(response) { StartRead(&request_); }
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    response_->set_bytes(response_->bytes() + request_.payload().size());
    StartRead(&request_);
  }
  void OnDone() override { delete this; }

 private:
  EchoRequest request_;
  CollectResponse* response_;
};

class Conversation final : public grpc::ServerBidiReactor<EchoRequest, EchoResponse> {
 public:
  Conversation() { StartRead(&request_); }
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    response_.set_payload(request_.payload());
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    ok ? StartRead(&request_) : Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  EchoRequest request_;
  EchoResponse response_;
};

class EchoServer final : public EchoService::CallbackService {
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoRequest* request,
                                 EchoResponse* response) override {
    response->set_payload(request->payload());
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerWriteReactor<EchoResponse>* Repeat(grpc::CallbackServerContext*,
                                                 const RepeatRequest* request) override {
    return new Repeater(*request);
  }

  grpc::ServerReadReactor<EchoRequest>* Collect(grpc::CallbackServerContext*,
                                                CollectResponse* response) override {
    return new Collector(response);
  }

  grpc::ServerBidiReactor<EchoRequest, EchoResponse>* Converse(
      grpc::CallbackServerContext*) override {
    return new Conversation();
  }
};

std::string Contents(const char* path) {
  std::stringstream contents;
  contents << std::ifstream(path).rdbuf();
  return contents.str();
}

std::shared_ptr<grpc::ServerCredentials> Credentials(const char* certificate, const char* key) {
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({Contents(key), Contents(certificate)});
  return grpc::SslServerCredentials(options);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 4) {
    std::cerr << "usage: echo PORT [CERTIFICATE KEY]\n";
    return 2;
  }
  // Blocked before any thread exists, so that only sigwait below sees them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);

  EchoServer service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(
      std::string("127.0.0.1:") + argv[1],
      argc == 4 ? Credentials(argv[2], argv[3]) : grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    std::cerr << "echo: cannot listen on port " << argv[1] << "\n";
    return 1;
  }
  std::cout << "ready" << std::endl;
  int signal = 0;
  sigwait(&stop, &signal);
  server->Shutdown();
  return 0;
}
