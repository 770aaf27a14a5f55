// Link headers from any registry: a target that is found is clean, what is followed stays on its origin,
// and what a module takes for the same registry names no other host.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dockerhub/link_header.hpp"
#include "http/link.hpp"
#include "link.hpp"
#include "warning.hpp"

namespace {

void follow(std::string_view header) {
  dockerhub::http::Response response;
  response.url = *dockerhub::http::parse_url("https://registry.test/v2/a/tags/list");
  response.headers.add("Link", header);
  const auto next = dockerhub::http::next_link(response);
  if (next && next->origin != response.url.origin) std::abort();
  if (next) static_cast<void>(dockerhub::http::query_pairs(next->query));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  static_cast<void>(dockerhub::registry::warning_text(header));
  follow(header);
  const auto target = dockerhub::next_link_target(header);
  if (!target) return 0;
  if (target->empty() || target->find_first_of(" \r\n\t<>\\") != std::string::npos) std::abort();
  static_cast<void>(dockerhub::registry::query_parameter(*target, "last"));
  const std::size_t scheme = target->find("://");
  const bool is_absolute =
      scheme != std::string::npos && target->find_first_of("/?#") == scheme + 1;
  if (dockerhub::registry::stays_at(*target, "registry.test") && is_absolute &&
      target->find('@') < target->find_first_of("/?#", scheme + 3)) {
    std::abort();
  }
  return 0;
}
