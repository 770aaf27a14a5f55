#include "statement.hpp"

#include <algorithm>
#include <array>
#include <dockerhub/sdk/json.hpp>

#include "hub/members.hpp"
#include "json_parts.hpp"
#include "registry/base64.hpp"

namespace dockerhub::scout {
namespace {

using hub::array_member;
using hub::member;
using hub::text_member;

struct Known {
  std::string_view prefix, kind;
  bool sbom, provenance;
};
constexpr std::array<Known, 7> kKnown = {{
    {"https://spdx.dev/Document", "SBOM (SPDX)", true, false},
    {"https://cyclonedx.org/bom", "SBOM (CycloneDX)", true, false},
    {"https://slsa.dev/provenance/", "provenance (SLSA)", false, true},
    {"https://openvex.dev/ns", "VEX (OpenVEX)", false, false},
    {"https://slsa.dev/verification_summary/", "verification summary (SLSA)", false, false},
    {"https://scout.docker.com/", "Docker Scout", false, false},
    {"https://in-toto.io/attestation/", "in-toto", false, false},
}};

const Known* known_type(std::string_view predicate_type) {
  const auto* const found = std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& known) {
    return predicate_type.substr(0, known.prefix.size()) == known.prefix;
  });
  return found == kKnown.end() ? nullptr : found;
}

bool is_in_toto(const sdk::Value& value) {
  constexpr std::string_view kType = "https://in-toto.io/Statement/";
  return text_member(value, "_type").substr(0, kType.size()) == kType;
}

void add_subjects(const sdk::Value& value, Statement& statement) {
  const sdk::Value* subjects = array_member(value, "subject");
  if (subjects == nullptr) return;
  for (const sdk::Value& subject : subjects->GetArray()) {
    const sdk::Value* digest = member(subject, "digest");
    const std::string_view hex =
        digest == nullptr ? std::string_view() : text_member(*digest, "sha256");
    if (!hex.empty()) statement.subjects.push_back("sha256:" + std::string(hex));
  }
}

std::optional<Statement> of_in_toto(std::string_view json, const sdk::Value& value) {
  const auto predicate = raw_member(json, "predicate");
  if (!predicate) return std::nullopt;
  Statement statement;
  statement.predicate_type = text_member(value, "predicateType");
  statement.predicate = *predicate;
  add_subjects(value, statement);
  return statement;
}

// {"payload": BASE64, "payloadType", "signatures": [...]} (DSSE 1.0).
std::optional<Statement> of_envelope(const sdk::Value& envelope) {
  const auto payload = registry::from_base64(text_member(envelope, "payload"));
  const auto document = payload ? sdk::parse_json(*payload) : std::nullopt;
  if (!document || !is_in_toto(*document)) return std::nullopt;
  auto statement = of_in_toto(*payload, *document);
  const sdk::Value* signatures = array_member(envelope, "signatures");
  if (statement) statement->carries_signature = signatures != nullptr && !signatures->Empty();
  return statement;
}

}  // namespace

bool Statement::is_about(std::string_view digest) const {
  return std::find(subjects.begin(), subjects.end(), digest) != subjects.end();
}

std::optional<Statement> read_statement(std::string_view json) {
  const auto document = sdk::parse_json(json);
  if (!document || !document->IsObject()) return std::nullopt;
  if (is_in_toto(*document)) return of_in_toto(json, *document);
  const sdk::Value* bundled = member(*document, "dsseEnvelope");
  return of_envelope(bundled == nullptr ? *document : *bundled);
}

std::string_view kind_of_predicate(std::string_view predicate_type) {
  const Known* known = known_type(predicate_type);
  return known == nullptr ? "other" : known->kind;
}

bool is_sbom(std::string_view predicate_type) {
  const Known* known = known_type(predicate_type);
  return known != nullptr && known->sbom;
}

bool is_provenance(std::string_view predicate_type) {
  const Known* known = known_type(predicate_type);
  return known != nullptr && known->provenance;
}

}  // namespace dockerhub::scout
