#include "clients.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace dockerhub::server {

std::string limited_client(const Principal& principal, const web::Request& request) {
  return principal.authenticated ? "=" + principal.name : "@" + request.place;
}

bool is_from_here(const web::Request& request) {
  static constexpr std::array<std::string_view, 4> kHandedOn = {"Forwarded", "X-Forwarded-For",
                                                                "X-Real-IP", "Via"};
  return request.peer != web::Peer::network &&
         std::none_of(kHandedOn.begin(), kHandedOn.end(),
                      [&](std::string_view name) { return request.header(name) != nullptr; });
}

}  // namespace dockerhub::server
