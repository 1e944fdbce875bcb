// What the C++ server and the C++ client have in common.
#pragma once

#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <string>

#include <grpcpp/grpcpp.h>

#include "grpc/testing/test.grpc.pb.h"

// Tells how a message came. libgrpc exports it for tests and declares it nowhere.
uint32_t grpc_call_test_only_get_message_flags(grpc_call* call);

// Whether the last message of a call had been compressed: one bit before it is inflated, another
// after.
template <typename Context>
bool WasCompressed(Context* context) {
  return grpc_call_test_only_get_message_flags(context->c_call()) & (0x80000000u | 0x40000000u);
}

inline const std::string& Zeros() {
  static const std::string* zeros = new std::string(1 << 20, '\0');
  return *zeros;
}

// `--name=value` as a map.
inline std::map<std::string, std::string> ParseFlags(int argc, char** argv) {
  std::map<std::string, std::string> flags;
  for (int i = 1; i < argc; i++) {
    std::string argument = argv[i];
    auto separator = argument.find('=');
    if (argument.compare(0, 2, "--") != 0 || separator == std::string::npos) {
      std::cerr << "not a flag: " << argument << std::endl;
      exit(2);
    }
    flags[argument.substr(2, separator - 2)] = argument.substr(separator + 1);
  }
  return flags;
}

inline void Say(const std::string& line) {
  static std::mutex mutex;
  std::lock_guard<std::mutex> lock(mutex);
  std::cout << line << std::endl;
}

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}
