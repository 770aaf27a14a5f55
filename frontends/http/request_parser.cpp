#include "request_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

namespace dockerhub::web {
namespace {

namespace beast = boost::beast::http;

constexpr unsigned kHttp11 = 11;
constexpr unsigned kHttp10 = 10;

Response refusal(int code, const std::string& text) {
  return text_response(code, text + "\n");
}

Response refusal(const boost::system::error_code& error, const Limits& limits) {
  if (error == beast::error::header_limit) {
    return refusal(status::kHeadTooLarge, "The head of a request may have " +
                                              std::to_string(limits.head_size) + " bytes.");
  }
  if (error == beast::error::body_limit) {
    return refusal(status::kTooLarge, "The body of a request may have " +
                                          std::to_string(limits.body_size) + " bytes.");
  }
  return refusal(status::kBadRequest, "This is no request of HTTP/1.1: " + error.message() + ".");
}

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

// Beast takes a coding that it does not know for one that ends with the connection.
std::optional<Response> check_head(const beast::request<beast::string_body>& head) {
  if (head.version() != kHttp11 && head.version() != kHttp10) {
    return refusal(status::kBadRequest, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  }
  const auto codings = head.equal_range(beast::field::transfer_encoding);
  for (auto coding = codings.first; coding != codings.second; ++coding) {
    if (!same_name(view(coding->value()), "chunked")) {
      return refusal(status::kNotImplemented, "The only transfer coding is \"chunked\".");
    }
  }
  if (codings.first != codings.second && head.version() == kHttp10) {
    return refusal(status::kBadRequest, "HTTP/1.0 has no transfer codings.");
  }
  return std::nullopt;
}

}  // namespace

struct RequestParser::State {
  beast::request_parser<beast::string_body> parser;
  std::optional<Response> error;
  bool begun = false;
  bool head_seen = false;
  bool expectation = false;
};

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {
  state_ = std::make_unique<State>();
  state_->parser.header_limit(static_cast<std::uint32_t>(limits_.head_size));
  state_->parser.body_limit(limits_.body_size);
  state_->parser.eager(true);
}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !state_->error && !state_->parser.is_done()) {
    const std::string_view rest = bytes.substr(used);
    state_->begun = true;
    boost::system::error_code error;
    // The body waits until the head was looked at.
    state_->parser.eager(state_->head_seen);
    const std::size_t taken =
        state_->parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
    used += taken;
    if (error == beast::error::need_more) break;
    if (error) {
      state_->error = refusal(error, limits_);
      break;
    }
    if (!state_->head_seen && state_->parser.is_header_done()) {
      state_->head_seen = true;
      state_->error = check_head(state_->parser.get());
      const auto expected = state_->parser.get()[beast::field::expect];
      state_->expectation = same_name(view(expected), "100-continue");
    } else if (taken == 0) {
      break;
    }
  }
  return used;
}

bool RequestParser::begun() const {
  return state_->begun;
}
bool RequestParser::head_done() const {
  return state_->head_seen;
}
bool RequestParser::done() const {
  return state_->parser.is_done() && !state_->error;
}
bool RequestParser::take_expectation() {
  return std::exchange(state_->expectation, false) && !done();
}
const std::optional<Response>& RequestParser::error() const {
  return state_->error;
}
std::size_t RequestParser::body_size() const {
  return state_->parser.get().body().size();
}
bool RequestParser::keep_alive() const {
  return state_->parser.keep_alive();
}
bool RequestParser::chunks() const {
  return state_->parser.get().version() >= kHttp11;
}

Request RequestParser::take() {
  auto& message = state_->parser.get();
  Request request;
  request.method = message.method_string().to_string();
  const std::string target = message.target().to_string();
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  for (const auto& field : message) {
    request.headers.emplace_back(field.name_string().to_string(), field.value().to_string());
  }
  request.body = std::move(message.body());
  *this = RequestParser(limits_);
  return request;
}

}  // namespace dockerhub::web
