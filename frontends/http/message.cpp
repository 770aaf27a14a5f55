#include "message.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::web {
namespace {

struct Reason {
  int status;
  std::string_view phrase;
};

constexpr auto kReasons = std::to_array<Reason>({
    {status::kOk, "OK"},
    {status::kCreated, "Created"},
    {status::kAccepted, "Accepted"},
    {status::kNoContent, "No Content"},
    {status::kNotModified, "Not Modified"},
    {status::kBadRequest, "Bad Request"},
    {status::kUnauthorized, "Unauthorized"},
    {status::kForbidden, "Forbidden"},
    {status::kNotFound, "Not Found"},
    {status::kMethodNotAllowed, "Method Not Allowed"},
    {status::kNotAcceptable, "Not Acceptable"},
    {status::kRequestTimeout, "Request Timeout"},
    {status::kConflict, "Conflict"},
    {status::kGone, "Gone"},
    {status::kTooLarge, "Content Too Large"},
    {status::kWrongMediaType, "Unsupported Media Type"},
    {status::kUnprocessable, "Unprocessable Content"},
    {status::kTooManyRequests, "Too Many Requests"},
    {status::kHeadTooLarge, "Request Header Fields Too Large"},
    {status::kInternal, "Internal Server Error"},
    {status::kNotImplemented, "Not Implemented"},
    {status::kBadGateway, "Bad Gateway"},
    {status::kUnavailable, "Service Unavailable"},
    {status::kGatewayTimeout, "Gateway Timeout"},
});

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// "a" of "a;q=1", with the rest behind.
std::string_view first_part(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return trimmed(part);
}

// q=0, q=0.0...: not wanted (RFC 9110, 12.4.2).
bool refuses(std::string_view parameters) {
  while (!parameters.empty()) {
    std::string_view weight = first_part(parameters, ';');
    const std::string_view name = first_part(weight, '=');
    if (same_name(name, "q") && !weight.empty() && weight.find_first_not_of("0.") == weight.npos)
      return true;
  }
  return false;
}

bool covers(std::string_view range, std::string_view media_type) {
  if (range == "*/*" || same_name(range, media_type)) return true;
  const std::size_t slash = media_type.find('/');
  return range.size() == slash + 2 && range.substr(slash) == "/*" &&
         same_name(range.substr(0, slash), media_type.substr(0, slash));
}

}  // namespace

bool same_name(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

const std::string* Request::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& each) { return same_name(each.first, name); });
  return found == headers.end() ? nullptr : &found->second;
}

std::size_t Request::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(headers.begin(), headers.end(),
                    [&](const auto& each) { return same_name(each.first, name); }));
}

std::string_view reason(int status) {
  const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                  [&](const Reason& each) { return each.status == status; });
  return found == kReasons.end() ? "Status" : found->phrase;
}

Response text_response(int status, std::string body) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)};
}

Response json_response(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

bool accepts(std::string_view header, std::string_view media_type) {
  while (!header.empty()) {
    std::string_view parameters = first_part(header, ',');
    const std::string_view range = first_part(parameters, ';');
    if (covers(range, media_type) && !refuses(parameters)) return true;
  }
  return false;
}

std::string media_type(std::string_view header) {
  std::string type(first_part(header, ';'));
  std::transform(type.begin(), type.end(), type.begin(), lower);
  return type;
}

}  // namespace dockerhub::web
