// The codec benchmark's C++ side: libprotobuf, with fresh messages and on an arena, and its JSON.
// `usage: codec-cpp FOLDER`, with what codec_table.py puts there; prints `CASE NANOSECONDS` for each
// case.

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <google/protobuf/arena.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include "order.pb.h"

using google::protobuf::util::JsonStringToMessage;
using google::protobuf::util::MessageDifferencer;
using google::protobuf::util::MessageToJsonString;
using klinke::bench::v1::Order;
using klinke::bench::v1::OrderList;

static volatile size_t sink;

static double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

template <typename Body>
static void measure(const std::string& name, Body body) {
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

static std::string contents(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

template <typename M>
static void cases(const std::string& folder, const std::string& name) {
  std::string bytes = contents(folder + "/" + name + ".bin");
  std::string json = contents(folder + "/" + name + ".json");
  M sample;
  if (!sample.ParseFromString(bytes)) exit(1);
  measure("decode-fresh " + name, [&] {
    M message;
    return static_cast<size_t>(message.ParseFromString(bytes));
  });
  measure("decode-arena " + name, [&] {
    google::protobuf::Arena arena;
    auto* message = google::protobuf::Arena::CreateMessage<M>(&arena);
    return static_cast<size_t>(message->ParseFromString(bytes));
  });
  measure("encode " + name, [&] { return sample.SerializeAsString().size(); });

  M copy;
  if (!JsonStringToMessage(json, &copy).ok()) exit(1);
  if (!MessageDifferencer::Equals(copy, sample)) exit(1);
  measure("decode " + name + ".json", [&] {
    M message;
    return static_cast<size_t>(JsonStringToMessage(json, &message).ok());
  });
  measure("encode " + name + ".json", [&] {
    std::string text;
    if (!MessageToJsonString(sample, &text).ok()) exit(1);
    return text.size();
  });
}

int main(int count, char** arguments) {
  if (count != 2) return 2;
  cases<Order>(arguments[1], "order");
  cases<OrderList>(arguments[1], "list");
}
