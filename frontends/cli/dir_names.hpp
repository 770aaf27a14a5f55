// Names of blobs in a folder as skopeo's "dir:" has it: the digits of their digests. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json.hpp"

namespace dockerhub::cli {

// Of the entry of an image layout that has a blob; nullopt for any other entry, and for other digests than sha256.
std::optional<std::string> digits_of(std::string_view name);

// Of what a descriptor names; empty: no sha256.
std::string digits_of_digest(const json::Value& descriptor);

}  // namespace dockerhub::cli
