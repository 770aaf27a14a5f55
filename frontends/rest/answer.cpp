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

constexpr auto kRateHeaders = std::to_array<std::pair<const char*, const char*>>({
    {"limit", "X-RateLimit-Limit"},
    {"remaining", "X-RateLimit-Remaining"},
    {"reset", "X-RateLimit-Reset"},
});

// A header's value may not have what ends a line.
bool is_header_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char each) { return each >= ' ' && each <= '~'; });
}

void put_rate_limit(web::Response& response, const json::Value& envelope) {
  const json::Value* rate = json::find_present(envelope, "rate_limit");
  for (const auto& [name, header] : kRateHeaders) {
    const json::Value* value = json::find_present(rate, name);
    if (value == nullptr) continue;
    const std::string text =
        value->IsString() ? std::string(json::view(*value)) : json::write(*value);
    if (is_header_text(text)) response.headers.emplace_back(header, text);
  }
}

// What was made, or is being done, is told by the status; that an answer was empty is not, since ours is not.
int success_status(const json::Value& envelope) {
  const json::Value* status = json::find_present(envelope, "status_code");
  const int code = status != nullptr && status->IsInt() ? status->GetInt() : web::status::kOk;
  return code == web::status::kCreated || code == web::status::kAccepted ? code : web::status::kOk;
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
  const auto envelope = json::parse(result.envelope);
  web::Response response;
  if (result.error) {
    const json::Value* error = envelope ? json::find_present(*envelope, "error") : nullptr;
    response = problem(*result.error, instance, error == nullptr ? "" : json::write(*error));
  } else {
    const int status = envelope ? success_status(*envelope) : web::status::kOk;
    response = web::json_response(status, result.envelope);
  }
  if (envelope) put_rate_limit(response, *envelope);
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

void put_entity_tag(web::Response& response, std::string_view if_none_match) {
  if (response.status != web::status::kOk) return;
  const auto envelope = json::parse(response.body);
  const json::Value* data = envelope ? json::find(*envelope, "data") : nullptr;
  if (data == nullptr) return;
  // Of a check whether something is there, the answer stands beside the data.
  const json::Value* exists = json::find_present(*envelope, "exists");
  const std::string text = json::write(*data) + (exists == nullptr ? "" : json::write(*exists));
  response.headers.emplace_back("Vary", "Accept");
  put_tag(response, "W/\"" + server::sha256_hex(text, kTagBytes) + "\"", if_none_match);
}

}  // namespace dockerhub::rest
