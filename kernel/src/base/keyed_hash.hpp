// HMAC-SHA-256 (RFC 2104): who does not have the key can neither make the hash of a text nor find a text
// for a hash. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub {

// 64 lower-case hex digits.
std::string keyed_hash_hex(std::string_view key, std::string_view text);

// Whether both are alike, in a time that does not tell where they differ.
bool same_hash(std::string_view left, std::string_view right);

}  // namespace dockerhub
