#include "request/registry_scope.hpp"

#include <array>

namespace dockerhub {
namespace {

constexpr std::string_view kPrefix = "/v2/";
// The first part of a path that is no longer the repository's name; a name may hold any of these
// words, so the last one counts.
constexpr std::array<std::string_view, 4> kParts = {"/manifests/", "/blobs/", "/tags/list",
                                                    "/referrers/"};

std::string_view actions_of(std::string_view method) {
  if (method == "GET" || method == "HEAD") return "pull";
  return method == "DELETE" ? "delete,pull,push" : "pull,push";
}

}  // namespace

std::string registry_scope(std::string_view method, std::string_view path) {
  if (path.rfind(kPrefix, 0) != 0) return {};
  std::size_t end = std::string_view::npos;
  for (const std::string_view part : kParts) {
    const std::size_t at = path.rfind(part);
    if (at != std::string_view::npos && (end == std::string_view::npos || at > end)) end = at;
  }
  if (end == std::string_view::npos || end <= kPrefix.size()) return {};
  return "repository:" + std::string(path.substr(kPrefix.size(), end - kPrefix.size())) + ":" +
         std::string(actions_of(method));
}

}  // namespace dockerhub
