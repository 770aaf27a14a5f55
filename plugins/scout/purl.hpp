// Package URLs, "pkg:type/namespace/name@version?qualifiers#subpath" (package-url specification). Read
// as far as packages have to be told apart; a text that is none has empty parts. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::scout {

struct Purl {
  std::string type, name_space, name, version;  // decoded
};

Purl parse_purl(std::string_view text);

// The package whatever its version: without version, qualifiers and subpath. Another text stays as it is.
std::string_view without_version(std::string_view purl);

}  // namespace dockerhub::scout
