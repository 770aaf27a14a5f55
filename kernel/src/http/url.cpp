#include "http/url.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "base/lower_case.hpp"
#include "http/wire_format.hpp"

namespace dockerhub::http {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
const Origin kAsSocketsAreCalled = {"http", "localhost", kHttpPort};
constexpr std::size_t kLongestHost = 253;   // RFC 1035 2.3.4
constexpr std::size_t kLongestUrl = 16384;  // more than servers accept

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

std::uint16_t own_port(std::string_view scheme) {
  return scheme == "https" ? kHttpsPort : kHttpPort;
}

Failure refuse(std::string_view text, const std::string& why) {
  Error error;
  error.kind = ErrorKind::parameter;
  // A query may hold a signature, user information a password.
  const std::string_view shown = text.substr(0, text.find('?'));
  const bool may_hold_password = shown.find('@') != std::string_view::npos;
  error.message =
      "not a usable URL" +
      (may_hold_password ? std::string() : ": '" + visible(shown.substr(0, 200)) + "'") + ": " +
      why;
  error.hint = "Give an absolute URL such as https://registry.example.com/path.";
  return Failure(std::move(error));
}

// Between RFC 3986 2.1 "scheme" and the rest; empty where the text has none.
std::string_view scheme_of(std::string_view text) {
  const std::size_t colon = text.find_first_of(":/?#");
  if (colon == std::string_view::npos || text[colon] != ':' || colon == 0) return {};
  const std::string_view scheme = text.substr(0, colon);
  const auto fits = [](char letter) {
    return is_letter(letter) || is_digit(letter) || letter == '+' || letter == '-' || letter == '.';
  };
  return is_letter(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), fits)
             ? scheme
             : std::string_view();
}

// Resolvers take 127.1, 0x7f.1 and 2130706433 for addresses; here they are neither names nor
// addresses, so that what is checked is what is connected to.
bool looks_like_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return is_digit(last.front()) &&
         (std::all_of(last.begin(), last.end(), is_digit) || last.substr(0, 2) == "0x");
}

bool is_ipv4(const std::string& host) {
  in_addr address = {};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1;
}

std::optional<std::string> check_name(const std::string& host) {
  if (host.empty()) return "it has no host";
  if (host.size() > kLongestHost) return "its host is too long";
  if (host.front() == '.' || host.back() == '.' || host.find("..") != std::string::npos)
    return "its host has an empty part";
  const auto fits = [](char letter) {
    return is_letter(letter) || is_digit(letter) || letter == '-' || letter == '.' || letter == '_';
  };
  if (!std::all_of(host.begin(), host.end(), fits)) return "its host has a wrong character";
  if (looks_like_number(host) && !is_ipv4(host)) return "its host is not a complete IPv4 address";
  return std::nullopt;
}

// One spelling per address, since hosts are compared.
std::optional<std::string> canonical_ipv6(std::string_view text) {
  in6_addr address = {};
  std::array<char, INET6_ADDRSTRLEN> out = {};
  if (::inet_pton(AF_INET6, std::string(text).c_str(), &address) != 1) return std::nullopt;
  if (::inet_ntop(AF_INET6, &address, out.data(), out.size()) == nullptr) return std::nullopt;
  return std::string(out.data());
}

std::optional<std::string> read_port(std::string_view text, Origin& origin) {
  if (text.empty()) return std::nullopt;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, origin.port);
  if (problem != std::errc() || stop != end || origin.port == 0)
    return "its port is not a number from 1 to 65535";
  return std::nullopt;
}

// What is wrong with "host:port", or nothing: then it is in `origin`.
std::optional<std::string> read_authority(std::string_view authority, Origin& origin) {
  if (authority.find('@') != std::string_view::npos)
    return "a user name or password does not belong into a URL";
  std::string_view after;
  if (!authority.empty() && authority.front() == '[') {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return "its host has no closing bracket";
    const auto host = canonical_ipv6(authority.substr(1, end - 1));
    if (!host) return "its host is no IPv6 address";
    origin.host = *host;
    after = authority.substr(end + 1);
    if (!after.empty() && after.front() != ':') return "its host has a wrong character";
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    origin.host = lower_case(authority.substr(0, colon));
    if (auto wrong = check_name(origin.host)) return wrong;
    after = authority.substr(colon);
  }
  return after.empty() ? std::nullopt : read_port(after.substr(1), origin);
}

bool is_dot(std::string_view segment) {
  return segment == "." || lower_case(segment) == "%2e";
}

bool is_double_dot(std::string_view segment) {
  const std::string text = lower_case(segment);
  return text == ".." || text == ".%2e" || text == "%2e." || text == "%2e%2e";
}

// RFC 3986 5.2.4, with encoded dots taken for dots, as servers take them.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool open_end = true;
  for (std::size_t at = 1; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    open_end = is_dot(segment) || is_double_dot(segment);
    if (is_double_dot(segment) && !kept.empty()) kept.pop_back();
    if (!open_end) kept.push_back(segment);
    at = end + 1;
  }
  std::string out;
  for (const std::string_view segment : kept) (out += '/') += segment;
  if (open_end) out += '/';
  return out;
}

// What is wrong with the path of a Unix socket, or nothing: then it is in `origin`.
std::optional<std::string> read_socket(std::optional<std::string> path, Origin& origin) {
  constexpr std::size_t kRoom = sizeof(sockaddr_un::sun_path);
  origin = {"http+unix", path.value_or(std::string()), 0};
  if (origin.host.size() < 2 || origin.host.front() != '/' ||
      origin.host.find('\0') != std::string::npos)
    return "it has no absolute path of a socket";
  if (origin.host.size() >= kRoom) return "its socket's path is too long";
  return std::nullopt;
}

std::optional<std::string> check_characters(std::string_view text) {
  if (text.size() > kLongestUrl) return "it is too long";
  const auto printable = [](char letter) { return letter > ' ' && letter < '\x7F'; };
  if (!std::all_of(text.begin(), text.end(), printable))
    return "it has a blank, a control character or one outside of ASCII";
  return std::nullopt;
}

std::string bare_host(const Origin& origin) {
  if (origin.is_unix()) return encode_segment(origin.host);
  const bool ipv6 = origin.host.find(':') != std::string::npos;
  return ipv6 ? '[' + origin.host + ']' : origin.host;
}

void read_target(std::string_view target, Url& url) {
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, question);
  url.path = path.empty() ? "/" : without_dot_segments(path);
  url.query = question < target.size() ? target.substr(question + 1) : std::string_view();
}

}  // namespace

bool Origin::is_local() const {
  return is_unix() || is_loopback(host);
}

std::string Origin::authority() const {
  return is_unix() || port == own_port(scheme) ? bare_host(*this) : host_and_port();
}

std::string Origin::host_and_port() const {
  return bare_host(*this) + ':' + std::to_string(port);
}

std::string Origin::host_field() const {
  return is_unix() ? "localhost" : authority();
}

std::string Origin::name() const {
  return is_unix() ? host : authority();
}

std::string Origin::text() const {
  return scheme + "://" + authority();
}

std::string Url::target() const {
  return query.empty() ? path : path + '?' + query;
}

std::string Url::text() const {
  return origin.text() + target();
}

std::string Url::without_query() const {
  return origin.text() + path;
}

std::string path_below(const Url& base, std::string_view path) {
  const std::string_view prefix = base.path;
  return std::string(prefix.substr(0, prefix.find_last_not_of('/') + 1)).append(path);
}

Url url_below(const Url& base, std::string_view path) {
  return {base.origin, path_below(base, path), base.query};
}

Result<Url> parse_url(std::string_view text) {
  if (auto wrong = check_characters(text)) return refuse(text, *wrong);
  const std::string_view scheme = scheme_of(text);
  Url url;
  url.origin.scheme = lower_case(scheme);
  if (url.origin.scheme != "http" && url.origin.scheme != "https")
    return refuse(text, "it begins with neither http:// nor https://");
  url.origin.port = own_port(url.origin.scheme);
  std::string_view rest = text.substr(scheme.size() + 1);
  if (rest.substr(0, 2) != "//") return refuse(text, "'//' is missing after the scheme");
  rest.remove_prefix(2);
  if (rest.find('#') != std::string_view::npos) return refuse(text, "it has a fragment ('#')");
  const std::size_t slash = std::min(rest.find_first_of("/?"), rest.size());
  if (auto wrong = read_authority(rest.substr(0, slash), url.origin)) return refuse(text, *wrong);
  read_target(rest.substr(slash), url);
  return url;
}

Result<Url> parse_base_url(std::string_view text) {
  constexpr std::string_view kSocket = "unix://";
  constexpr std::string_view kSocketAndPath = "http+unix://";
  const bool alone = lower_case(text.substr(0, kSocket.size())) == kSocket;
  if (!alone && lower_case(text.substr(0, kSocketAndPath.size())) != kSocketAndPath)
    return parse_url(text);
  if (auto wrong = check_characters(text)) return refuse(text, *wrong);
  if (text.find_first_of("?#") != std::string_view::npos)
    return refuse(text, "it has a query or fragment");
  text.remove_prefix((alone ? kSocket : kSocketAndPath).size());
  const std::size_t path = alone ? text.size() : std::min(text.find('/'), text.size());
  const std::string_view socket = text.substr(0, path);
  Url url;
  auto decoded = alone ? std::optional<std::string>(socket) : percent_decoded(socket);
  if (auto wrong = read_socket(std::move(decoded), url.origin)) return refuse(text, *wrong);
  read_target(text.substr(path), url);
  return url;
}

Result<Url> resolve(const Url& base, std::string_view reference) {
  const std::string_view text = reference.substr(0, reference.find('#'));
  if (auto wrong = check_characters(text)) return refuse(text, *wrong);
  if (!scheme_of(text).empty()) {
    auto url = parse_url(text);
    if (url && base.origin.is_unix() && url->origin == kAsSocketsAreCalled)
      url->origin = base.origin;
    return url;
  }
  if (text.substr(0, 2) == "//") {
    const std::string scheme = base.origin.secure() ? "https:" : "http:";
    return resolve(base, scheme + std::string(text));
  }
  Url url = base;
  if (text.empty()) return url;
  if (text.front() == '?') {
    url.query = text.substr(1);
  } else if (text.front() == '/') {
    read_target(text, url);
  } else {
    read_target(base.path.substr(0, base.path.rfind('/') + 1) + std::string(text), url);
  }
  return url;
}

}  // namespace dockerhub::http
