// A value of a path template: the result has the segments of the template, whatever is in the value; and a
// template of any form.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/path_template.hpp"

namespace {

using dockerhub::http::expand_path;
using dockerhub::http::PathValues;

auto slashes(std::string_view text) {
  return std::count(text.begin(), text.end(), '/');
}

bool is_plain(std::string_view path) {
  return path.find_first_of("?# \r\n") == std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string value(reinterpret_cast<const char*>(data), size);
  const auto segment = expand_path("/v2/{a}/x", PathValues{{"a", {value, false}}});
  if (segment && (slashes(*segment) != 3 || !is_plain(*segment))) std::abort();
  if (segment && segment->find("/./") != std::string::npos) std::abort();
  if (segment && segment->find("/../") != std::string::npos) std::abort();
  const auto repository = expand_path("/v2/{a}/x", PathValues{{"a", {value, true}}});
  if (repository && (!is_plain(*repository) || repository->find("//") != std::string::npos))
    std::abort();
  static_cast<void>(expand_path(value, PathValues{{"a", {"b", false}}}));
  return 0;
}
