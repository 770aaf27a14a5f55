#include "origin_rules.hpp"

#include <algorithm>
#include <array>

#include "dockerhub/kernel.hpp"

namespace dockerhub::web {
namespace {

constexpr std::array<std::string_view, 3> kThisMachine = {"localhost", "127.0.0.1", "[::1]"};

// "name:port" without its port, which has to be a number.
std::string_view host_name(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon == authority.npos || (bracket != authority.npos && colon < bracket)) return authority;
  const bool number = authority.find_first_not_of("0123456789", colon + 1) == authority.npos;
  return number ? authority.substr(0, colon) : std::string_view();
}

bool is_this_machine(std::string_view name) {
  return std::any_of(kThisMachine.begin(), kThisMachine.end(),
                     [&](std::string_view each) { return same_name(each, name); });
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return same_name(each, name); });
}

bool is_page_of_this_machine(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.substr(0, scheme.size()) == scheme)
      return is_this_machine(host_name(origin.substr(scheme.size())));
  }
  return false;
}

Response refused(int code, std::string_view header, const std::string& value,
                 std::string_view setting) {
  return text_response(code, "The " + std::string(header) + " '" + visible(value) +
                                 "' may not use this server. The operator can allow it with " +
                                 std::string(setting) + ".\n");
}

}  // namespace

std::optional<Response> OriginRules::check(const Request& request) const {
  const std::string* host = request.header("Host");
  if (request.peer != Peer::unix_socket) {
    if (host == nullptr || request.count("Host") != 1) {
      return text_response(status::kBadRequest, "A request names its host once.\n");
    }
    const std::string_view name = host_name(*host);
    const bool restricted = loopback || !hosts.empty();
    const bool known = contains(hosts, name) || (loopback && is_this_machine(name));
    if (restricted && !known)
      return refused(status::kForbidden, "host", *host, variables + "ALLOWED_HOSTS");
  }
  const std::string* origin = request.header("Origin");
  if (origin == nullptr) return std::nullopt;
  const bool welcome = contains(origins, *origin) || (loopback && is_page_of_this_machine(*origin));
  if (welcome && request.count("Origin") == 1) return std::nullopt;
  return refused(status::kForbidden, "origin", *origin, variables + "ALLOWED_ORIGINS");
}

}  // namespace dockerhub::web
