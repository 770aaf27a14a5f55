// URI templates of level 1 (RFC 6570), read by the kernel, which finds the module of a resource, and by
// modules, which find its variables. Header only. Pure; any thread.
//
// Each {name} stands for one or more characters up to the text that follows it. A "/" is among them only
// where that text exists and does not begin with "/": in "image/{repo}@{digest}/sbom" the name of a
// repository may keep its slashes, which a strict client writes as %2F.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace dockerhub {
namespace uri_template {

// How much of `uri` a variable takes when `next` follows it, to the end of the template if `is_last`. 0: it
// does not fit.
inline std::size_t length_of_variable(std::string_view uri, std::string_view next, bool is_last) {
  if (uri.empty()) return 0;
  std::size_t end = std::min(uri.find('/'), uri.size());
  if (next.empty()) return end;
  if (is_last) {
    if (!uri.ends_with(next)) return 0;
    end = uri.size() - next.size();
  } else {
    end = uri.find(next, 1);
    if (end == std::string_view::npos) return 0;
  }
  const bool is_segment = next.front() == '/';
  return is_segment && uri.substr(0, end).find('/') != std::string_view::npos ? 0 : end;
}

}  // namespace uri_template

// Whether a URI fits a template. Gives each variable to visit(name, value), as it stands in the URI; those
// given before it turned out not to fit mean nothing.
template <typename Visit>
bool match_template(std::string_view uri, std::string_view wanted, Visit visit) {
  while (true) {
    const std::size_t open = wanted.find('{');
    const std::string_view fixed = wanted.substr(0, open);
    if (!uri.starts_with(fixed)) return false;
    uri.remove_prefix(fixed.size());
    if (open == std::string_view::npos) return uri.empty();
    const std::size_t close = wanted.find('}', open);
    if (close == std::string_view::npos) return false;
    const std::string_view name = wanted.substr(open + 1, close - open - 1);
    wanted.remove_prefix(close + 1);
    const std::string_view next = wanted.substr(0, wanted.find('{'));
    const std::size_t length =
        uri_template::length_of_variable(uri, next, next.size() == wanted.size());
    if (length == 0) return false;
    visit(name, uri.substr(0, length));
    uri.remove_prefix(length);
  }
}

inline bool fits_template(std::string_view uri, std::string_view wanted) {
  return match_template(uri, wanted, [](std::string_view, std::string_view) {});
}

}  // namespace dockerhub
