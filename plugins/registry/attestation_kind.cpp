#include "attestation_kind.hpp"

#include <array>

namespace dockerhub::registry {
namespace {

struct Row {
  std::string_view prefix;
  AttestationKind kind;
};

// The first that fits.
constexpr std::array<Row, 14> kRows = {{
    {"https://spdx.dev/Document", {"sbom", "SPDX"}},
    {"application/spdx+json", {"sbom", "SPDX"}},
    {"text/spdx", {"sbom", "SPDX"}},
    {"https://cyclonedx.org/bom", {"sbom", "CycloneDX"}},
    {"application/vnd.cyclonedx", {"sbom", "CycloneDX"}},
    {"https://slsa.dev/provenance", {"provenance", "SLSA"}},
    {"https://openvex.dev/ns", {"vex", "OpenVEX"}},
    {"application/vnd.dev.cosign.simplesigning", {"signature", "Cosign"}},
    {"application/vnd.dev.cosign.artifact.sig", {"signature", "Cosign"}},
    {"application/vnd.cncf.notary.signature", {"signature", "Notary"}},
    {"application/vnd.dev.sigstore.bundle", {"signature", "Sigstore bundle"}},
    {"application/vnd.dsse.envelope", {"attestation", "DSSE"}},
    {"application/vnd.in-toto", {"attestation", "in-toto"}},
    {"application/vnd.docker.attestation", {"attestation", "BuildKit"}},
}};

}  // namespace

AttestationKind attestation_kind(std::string_view type) {
  for (const Row& row : kRows) {
    if (type.starts_with(row.prefix)) return row.kind;
  }
  return {"other", {}};
}

}  // namespace dockerhub::registry
