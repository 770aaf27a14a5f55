// The algorithms of signatures (RFC 7518, 3.1) that are accepted, and the one kind of key that each is for: a
// public key is never the secret of another algorithm. `none` is none of them. Constant data; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

enum class KeyKind { rsa, p256, p384, secret };

struct SignatureAlgorithm {
  std::string_view name;
  KeyKind kind;
  std::size_t least_secret =
      0;  // bytes of a secret key, at least those of the hash (RFC 7518, 3.2)
};

std::span<const SignatureAlgorithm> signature_algorithms();

// nullptr: not accepted.
const SignatureAlgorithm* find_algorithm(std::string_view name);

std::vector<std::string> algorithm_names();

}  // namespace dockerhub
