#include "http/web_exchange.hpp"

#include <array>

#include "http/document.hpp"

namespace dockerhub {

std::string_view WebAnswer::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (http::same_name(known, name)) return value;
  }
  return {};
}

namespace http {
namespace {

constexpr std::size_t kWebBlock = std::size_t{16} * 1024;

Result<void> hand_over_body(Exchange& exchange, const WebRequest& request, const WebAnswer& head) {
  std::array<char, kWebBlock> block{};
  for (;;) {
    const Result<std::size_t> got = exchange.read(block.data(), block.size());
    if (!got) return Failure(got.error());
    if (*got == 0 || !request.take || !request.take(head, {block.data(), *got})) return {};
  }
}

}  // namespace

Result<WebAnswer> web_exchange(Client& client, SecretBook& book, const WebRequest& request) {
  Result<Url> url = safe_address(request.url);
  if (!url) return Failure(std::move(url.error()));
  Request sent;
  sent.method = request.method;
  sent.url = *std::move(url);
  for (const auto& [name, value] : request.headers) sent.headers.add(name, value);
  sent.body = request.body;
  sent.timeout = request.timeout;
  sent.follow_redirects = false;
  sent.retry = false;
  if (!request.bearer.empty())
    sent.authorization = SecretBook::with_scheme("Bearer", book.learn(request.bearer));
  auto exchange = client.open(std::move(sent), {{}, request.stop});
  if (!exchange) return Failure(std::move(exchange.error()));
  if (const auto finished = (*exchange)->finish(); !finished) return Failure(finished.error());
  const Response& response = (*exchange)->response();
  WebAnswer answer{response.status_code, response.headers.fields()};
  if (auto read = hand_over_body(**exchange, request, answer); !read)
    return Failure(std::move(read.error()));
  return answer;
}

}  // namespace http
}  // namespace dockerhub
