// The codec benchmark's C++ side: libprotobuf, with fresh messages and on an arena.
// `usage: codec-cpp ORDER LIST`, two files; prints `CASE NANOSECONDS` for each case.

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <google/protobuf/arena.h>

#include "order.pb.h"

using klinke::bench::v1::Order;
using klinke::bench::v1::OrderList;

static volatile size_t sink;

static double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

template <typename Body>
static void measure(const char* name, Body body) {
  long count = 1;
  double spent = 0;
  // The last and longest batch counts; the shorter ones warm up.
  while (true) {
    double begin = now();
    for (long i = 0; i < count; i++) sink = sink + body();
    spent = now() - begin;
    if (spent > 40e6) break;
    count *= spent < 4e6 ? 8 : 2;
  }
  std::cout << name << " " << spent / count << std::endl;
}

template <typename M>
static void cases(const std::string& name, const char* file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  M sample;
  if (!sample.ParseFromString(bytes)) exit(1);
  measure(("decode-fresh " + name).c_str(), [&] {
    M message;
    return static_cast<size_t>(message.ParseFromString(bytes));
  });
  measure(("decode-arena " + name).c_str(), [&] {
    google::protobuf::Arena arena;
    auto* message = google::protobuf::Arena::CreateMessage<M>(&arena);
    return static_cast<size_t>(message->ParseFromString(bytes));
  });
  measure(("encode " + name).c_str(), [&] { return sample.SerializeAsString().size(); });
}

int main(int count, char** arguments) {
  if (count != 3) return 2;
  cases<Order>("order", arguments[1]);
  cases<OrderList>("list", arguments[2]);
}
