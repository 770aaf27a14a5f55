#include "shared_store/redis_url.hpp"

#include <algorithm>
#include <utility>

#include "base/lower_case.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kSchemeEnd = "://";
constexpr std::string_view kDatabase = "?db=";
constexpr std::string_view kOwnPort = ":6379";
constexpr std::size_t kLongestNumber = 5;

// A colon begins the password; without one there would be a user alone, and nothing to log in with.
bool read_login(std::string_view text, RedisAddress& address) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  auto user = http::percent_decoded(text.substr(0, colon));
  auto password = http::percent_decoded(text.substr(colon + 1));
  if (!user || !password || password->empty()) return false;
  address.user = std::move(*user);
  address.password = std::move(*password);
  return true;
}

bool read_database(std::string_view text, RedisAddress& address) {
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (text.empty() || text.size() > kLongestNumber ||
      !std::all_of(text.begin(), text.end(), is_digit))
    return false;
  address.database = text;
  return true;
}

bool has_port(std::string_view host) {
  const std::size_t name_end = host.substr(0, 1) == "[" ? host.find(']') : 0;
  return name_end != std::string_view::npos && host.find(':', name_end) != std::string_view::npos;
}

bool read_host(std::string_view text, const std::string& scheme, RedisAddress& address) {
  std::string host(text);
  if (!has_port(text)) host += kOwnPort;
  // Without digits it would be the port of http.
  if (host.back() == ':') return false;
  auto url = http::parse_url("http://" + host);
  if (!url || url->path != "/" || !url->query.empty()) return false;
  address.origin = std::move(url->origin);
  address.origin.scheme = scheme;
  return true;
}

bool read_socket(std::string_view text, RedisAddress& address) {
  const std::size_t query = std::min(text.find('?'), text.size());
  const std::string_view database = text.substr(query);
  if (!database.empty() && (database.substr(0, kDatabase.size()) != kDatabase ||
                            !read_database(database.substr(kDatabase.size()), address)))
    return false;
  auto url = http::parse_base_url("unix://" + std::string(text.substr(0, query)));
  if (!url) return false;
  address.origin = std::move(url->origin);
  return true;
}

}  // namespace

std::optional<RedisAddress> parse_redis_url(std::string_view text) {
  const std::size_t end = text.find(kSchemeEnd);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower_case(text.substr(0, end));
  std::string_view rest = text.substr(end + kSchemeEnd.size());
  RedisAddress address;
  const std::size_t at = rest.substr(0, rest.find('/')).rfind('@');
  if (at != std::string_view::npos) {
    if (!read_login(rest.substr(0, at), address)) return std::nullopt;
    rest.remove_prefix(at + 1);
  }
  if (scheme == "unix")
    return read_socket(rest, address) ? std::optional(std::move(address)) : std::nullopt;
  if (scheme != "redis" && scheme != "rediss") return std::nullopt;
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view database = rest.substr(std::min(slash + 1, rest.size()));
  if (!database.empty() && !read_database(database, address)) return std::nullopt;
  if (!read_host(rest.substr(0, slash), scheme, address)) return std::nullopt;
  return address;
}

}  // namespace dockerhub
