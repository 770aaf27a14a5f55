// Bodies of answers, read to their end: with a limit, and with their digest proved. Of a body that
// is not what it should be nothing is given to the caller. Errors are put on the call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client.hpp"

namespace dockerhub::registry {

struct Expectation {
  std::optional<DigestName> digest;       // what was asked for by digest
  std::optional<std::uint64_t> size;      // bytes, as a descriptor says
  std::size_t most = 0;                   // bytes
  std::optional<DigestName> announced{};  // by the header of the answer
  const char* limit_parameter = "";       // of the action, that sets `most`; empty: none does
};

// Hashes while reading, and stops one byte after the expected or the largest size. An algorithm that
// cannot be computed is told by a warning and by Verified::is_verified. Without any digest to
// compare with, the sha256 of the body is its name.
sdk::Reply<Verified> read_verified(sdk::Context& ctx, Received& answer,
                                   const Expectation& expected);

sdk::Reply<std::string> read_text(sdk::Context& ctx, Received& answer, std::size_t most);

// Whether a good answer to a PUT names the digest of what was sent, where it names one.
sdk::Status check_stored(sdk::Context& ctx, const Received& answer, const DigestName& digest);

// "digest mismatch": what came is not what was asked for.
sdk::Status refuse_mismatch(sdk::Context& ctx, const DigestName& expected, std::string_view actual,
                            std::string_view request);

}  // namespace dockerhub::registry
