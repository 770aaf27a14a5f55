#include "answer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "problem.hpp"
#include "server/hex.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

constexpr std::size_t kTagBytes = 32;

constexpr auto kRateHeaders = std::to_array<std::pair<const char*, std::string ToldRateLimit::*>>({
    {"X-RateLimit-Limit", &ToldRateLimit::limit},
    {"X-RateLimit-Remaining", &ToldRateLimit::remaining},
    {"X-RateLimit-Reset", &ToldRateLimit::reset},
});

// A header's value may not have what ends a line.
bool is_header_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char each) { return each >= ' ' && each <= '~'; });
}

// A text without its quotes, anything else as it is.
std::string plain(const std::string& told) {
  if (told.front() != '"') return told;
  const auto text = json::parse(told);
  return text && text->IsString() ? std::string(json::view(*text)) : std::string();
}

void put_rate_limit(web::Response& response, const ToldRateLimit& rate) {
  for (const auto& [header, member] : kRateHeaders) {
    if ((rate.*member).empty()) continue;
    std::string text = plain(rate.*member);
    if (is_header_text(text)) response.headers.emplace_back(header, std::move(text));
  }
}

// What was made, or is being done, is told by the status; that an answer was empty is not, since ours is not.
int success_status(int code) {
  return code == web::status::kCreated || code == web::status::kAccepted ? code : web::status::kOk;
}

web::Response failure_of(const CallResult& result, std::string_view instance) {
  const auto envelope = json::parse(result.envelope);
  const json::Value* error = envelope ? json::find_present(*envelope, "error") : nullptr;
  return problem(*result.error, instance, error == nullptr ? "" : json::write(*error));
}

std::string_view trimmed_tag(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  text = text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
  if (text.substr(0, 2) == "W/") text.remove_prefix(2);
  return text;
}

}  // namespace

web::Response answer_of(const CallResult& result, std::string_view instance) {
  web::Response response =
      result.error ? failure_of(result, instance)
                   : web::json_response(success_status(result.status_code), result.envelope);
  if (result.rate_limit) put_rate_limit(response, *result.rate_limit);
  return response;
}

bool names_entity_tag(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    const std::size_t end = if_none_match.find(',');
    const std::string_view each = trimmed_tag(if_none_match.substr(0, end));
    if (each == "*" || each == tag) return true;
    if (end == if_none_match.npos) break;
    if_none_match.remove_prefix(end + 1);
  }
  return false;
}

void put_tag(web::Response& response, const std::string& tag, std::string_view if_none_match) {
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  if (!names_entity_tag(if_none_match, trimmed_tag(tag))) return;
  response.status = web::status::kNotModified;
  response.body.clear();
  std::erase_if(response.headers,
                [](const auto& header) { return web::same_name(header.first, "Content-Type"); });
}

void put_entity_tag(web::Response& response, const CallResult& result,
                    std::string_view if_none_match) {
  if (response.status != web::status::kOk) return;
  const std::string_view told = std::string_view(result.envelope).substr(0, result.answer_size);
  response.headers.emplace_back("Vary", "Accept");
  put_tag(response, "W/\"" + server::sha256_hex(told, kTagBytes) + "\"", if_none_match);
}

}  // namespace dockerhub::rest
