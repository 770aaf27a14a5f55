// What the attestations of a sample image say: in-toto statements with an SBOM (SPDX 2.3) and a
// provenance (SLSA 0.2), unsigned. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "encoding/json_text.hpp"

namespace dockerhub::sandbox {

inline constexpr std::string_view kSpdxPredicate = "https://spdx.dev/Document";
inline constexpr std::string_view kSlsaPredicate = "https://slsa.dev/provenance/v0.2";

// An SPDX document about the software of `name`.
JsonText spdx_document(std::string_view name);

// `digest` is that of the image that the statement is about.
std::string spdx_statement(const std::string& repository, std::string_view digest);
std::string slsa_statement(const std::string& repository, std::string_view digest);

}  // namespace dockerhub::sandbox
