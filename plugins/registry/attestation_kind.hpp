// What an attestation or signature is, by the type that it has. Sources: the predicate types of SPDX, CycloneDX,
// SLSA and OpenVEX; the artifact types of Sigstore, Notary and BuildKit. Pure; any thread.
#pragma once

#include <string_view>

namespace dockerhub::registry {

struct AttestationKind {
  std::string_view what;    // "sbom", "provenance", "vex", "signature", "attestation", "other"
  std::string_view format;  // "SPDX"; empty: not known
};

// `type`: a predicate type, artifact type or media type.
AttestationKind attestation_kind(std::string_view type);

}  // namespace dockerhub::registry
