#include "http/client.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "http/client_exchange.hpp"
#include "http/client_parts.hpp"
#include "http/http_error.hpp"
#include "http/tls_probe.hpp"

namespace dockerhub::http {
namespace {

Error too_large(const Request& request, std::size_t most) {
  Error error;
  error.kind = ErrorKind::api;
  error.message = "the answer is larger than " + std::to_string(most) + " bytes";
  error.hint = "Ask for less at once, or raise http.max_answer.";
  error.request = request.method + ' ' + request.url.path;
  return error;
}

Result<void> read_all(Exchange& exchange, std::string& body, std::size_t most, const Error& above) {
  constexpr std::size_t kStep = 16 * 1024;
  const std::int64_t told = exchange.response().content_length;
  std::size_t size = 0;
  for (;;) {
    const std::size_t expected = told > 0 ? std::min(static_cast<std::size_t>(told), most) : 0;
    body.resize(std::max(size + kStep, expected + 1));
    const auto got = exchange.read(body.data() + size, body.size() - size);
    if (!got) return Failure(got.error());
    size += *got;
    if (size > most) return Failure(above);
    if (*got == 0) break;
  }
  body.resize(size);
  return {};
}

}  // namespace

struct Client::Impl : ClientParts {
  using ClientParts::ClientParts;
};

Client::Client(ClientOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Client::~Client() = default;

Result<std::unique_ptr<Exchange>> Client::open(Request request, const Control& control) {
  auto exchange = std::make_unique<ClientExchange>(*impl_, std::move(request), control);
  if (auto begun = exchange->begin(); !begun) return Failure(begun.error());
  return exchange;
}

Result<Answer> Client::fetch(Request request, const Control& control, std::size_t most) {
  const Error above = too_large(request, most);
  const bool with_body = request.method != "HEAD";
  const auto exchange = open(std::move(request), control);
  if (!exchange) return Failure(exchange.error());
  if (auto finished = (*exchange)->finish(); !finished) return Failure(finished.error());
  Answer answer;
  answer.response = (*exchange)->response();
  const std::int64_t told = answer.response.content_length;
  if (with_body && told > 0 && static_cast<std::uint64_t>(told) > most) return Failure(above);
  if (auto read = read_all(**exchange, answer.body, most, above); !read)
    return Failure(read.error());
  return answer;
}

Result<std::size_t> Client::wait(std::span<Exchange* const> exchanges,
                                 std::chrono::milliseconds time, const Control& control) {
  std::vector<pollfd> polled;
  polled.reserve(exchanges.size());
  for (std::size_t i = 0; i < exchanges.size(); ++i) {
    const int descriptor = exchanges[i]->waits_on();
    if (descriptor < 0) return i;
    polled.push_back({descriptor, POLLIN, 0});
  }
  WaitBounds bounds(control, {});
  const auto ready = bounds.wait(polled, std::max(time, std::chrono::milliseconds(0)));
  if (!ready) return Failure(ready.error());
  for (std::size_t i = 0; i < polled.size(); ++i) {
    if (polled[i].revents != 0) return i;
  }
  Error error;
  error.kind = ErrorKind::timeout;
  error.message = "none of " + std::to_string(exchanges.size()) + " exchanges could go on";
  return Failure(std::move(error));
}

Result<bool> Client::speaks_tls(const Origin& origin, const Control& control) {
  WaitBounds bounds(control, timeouts_of(impl_->options));
  bounds.enter(WaitBounds::Step::connect);
  auto connection = impl_->connect_plain(origin, bounds);
  if (!connection) return Failure(std::move(connection.error().error));
  return answers_tls_hello(**connection);
}

Result<void> Client::connect(const Origin& origin, const Control& control) {
  WaitBounds bounds(control, timeouts_of(impl_->options));
  bounds.enter(WaitBounds::Step::connect);
  Request request;
  request.url.origin = origin;
  Route route(request);
  auto connection = impl_->connect(route, bounds);
  if (!connection) return Failure(std::move(connection.error().error));
  impl_->pool.keep(std::move(*connection));
  return {};
}

Limits& Client::limits() {
  return impl_->limits;
}

void Client::close_idle() {
  impl_->pool.clear();
}

}  // namespace dockerhub::http
