// A Link header: what is found lies between < and >, and what is followed stays on its origin.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dockerhub/link_header.hpp"
#include "http/link.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  const auto target = dockerhub::next_link_target(header);
  if (target && target->find('>') != std::string_view::npos) std::abort();
  dockerhub::http::Response response;
  response.url = *dockerhub::http::parse_url("https://registry.example/v2/a/tags/list");
  response.headers.add("Link", header);
  const auto next = dockerhub::http::next_link(response);
  if (next && next->origin != response.url.origin) std::abort();
  if (next) static_cast<void>(dockerhub::http::query_pairs(next->query));
  return 0;
}
