// Digests as registries write them, "sha256:<hex>" (OCI image-spec 1.1.1, descriptor.md), and the bare
// hash functions under them. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::sandbox {

// "sha256:" and 64 lower-case hex digits.
std::string sha256_digest(std::string_view bytes);

// True for a well-formed digest of an algorithm that can be computed here (sha256, sha512).
bool is_digest(std::string_view text);

// Whether `digest` (is_digest) is the digest of these bytes.
bool digest_fits(std::string_view digest, std::string_view bytes);

// Hex digits of a keyed SHA-256 (RFC 2104).
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

// Hex digits of that many random bytes.
std::string random_hex(std::size_t bytes);

// A random UUID (RFC 9562, version 4).
std::string random_uuid();

}  // namespace dockerhub::sandbox
