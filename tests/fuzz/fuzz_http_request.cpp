// Requests from anybody to the HTTP side of the servers: never a crash, and the same request in whatever
// pieces its bytes arrive.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "http/request_parser.hpp"

namespace {

using dockerhub::web::Limits;
using dockerhub::web::Request;
using dockerhub::web::RequestParser;

struct Outcome {
  std::optional<Request> request;
  std::size_t used = 0;
  bool head_done = false;
  bool refused = false;
};

Outcome read(std::string_view bytes, std::size_t step) {
  RequestParser parser(Limits{});
  Outcome outcome;
  std::size_t arrived = 0;
  while (!parser.done() && !parser.error() && arrived < bytes.size()) {
    arrived = std::min(arrived + step, bytes.size());
    outcome.used += parser.feed(bytes.substr(outcome.used, arrived - outcome.used));
    static_cast<void>(parser.take_expectation());
  }
  outcome.head_done = parser.head_done();
  outcome.refused = parser.error().has_value();
  if (parser.done()) outcome.request = parser.take();
  return outcome;
}

bool same(const Request& one, const Request& other) {
  return one.method == other.method && one.path == other.path && one.query == other.query &&
         one.headers == other.headers && one.body == other.body;
}

// Of heads that have an end: a mistake in what has not ended may be seen sooner or later, so bodies are left out.
bool same_verdict(const Outcome& one, const Outcome& other) {
  return one.head_done == other.head_done && (one.head_done || one.refused == other.refused);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Outcome at_once = read(bytes, size + 1);
  const Outcome in_pieces = read(bytes, 3);
  const std::string ended = std::string(bytes) + "\r\n\r\n";
  if (!same_verdict(read(ended, ended.size()), read(ended, 3))) std::abort();
  if (at_once.used > size || in_pieces.used > size) std::abort();
  if (at_once.request && at_once.refused) std::abort();
  if (at_once.request.has_value() != in_pieces.request.has_value()) std::abort();
  if (!at_once.request) return 0;
  if (at_once.used != in_pieces.used || !same(*at_once.request, *in_pieces.request)) std::abort();
  for (const auto& [name, value] : at_once.request->headers) {
    static_cast<void>(dockerhub::web::accepts(value, "text/event-stream"));
    static_cast<void>(dockerhub::web::media_type(value));
    if (at_once.request->header(name) == nullptr || at_once.request->count(name) == 0) std::abort();
  }
  return 0;
}
