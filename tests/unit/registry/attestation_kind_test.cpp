#include "attestation_kind.hpp"

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

TEST(AttestationKind, IsReadFromTheType) {
  EXPECT_EQ(attestation_kind("https://spdx.dev/Document").what, "sbom");
  EXPECT_EQ(attestation_kind("application/spdx+json").format, "SPDX");
  EXPECT_EQ(attestation_kind("https://cyclonedx.org/bom/v1.5").format, "CycloneDX");
  EXPECT_EQ(attestation_kind("https://slsa.dev/provenance/v0.2").what, "provenance");
  EXPECT_EQ(attestation_kind("https://slsa.dev/provenance/v1").what, "provenance");
  EXPECT_EQ(attestation_kind("https://openvex.dev/ns/v0.2.0").what, "vex");
  EXPECT_EQ(attestation_kind("application/vnd.cncf.notary.signature").what, "signature");
  EXPECT_EQ(attestation_kind("application/vnd.dev.sigstore.bundle.v0.3+json").what, "signature");
}

TEST(AttestationKind, OfAnUnknownTypeIsOther) {
  EXPECT_EQ(attestation_kind("https://example.com/own/v1").what, "other");
  EXPECT_EQ(attestation_kind("").what, "other");
}

}  // namespace
}  // namespace dockerhub::registry
