// Attestations: in-toto statements (versions 0.1 and 1), bare or in a DSSE envelope, with or without a
// Sigstore bundle around it. Signatures are not checked here: a statement says whether it carries one.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::scout {

struct Statement {
  std::string predicate_type;
  std::vector<std::string> subjects;  // "sha256:..."
  std::string predicate;              // JSON, as it stands in the statement
  bool carries_signature = false;

  bool is_about(std::string_view digest) const;
};

// nullopt: it is none.
std::optional<Statement> read_statement(std::string_view json);

// "SBOM (SPDX)", "provenance (SLSA)"...; "other" for types that are not known.
std::string_view kind_of_predicate(std::string_view predicate_type);
bool is_sbom(std::string_view predicate_type);
bool is_provenance(std::string_view predicate_type);

}  // namespace dockerhub::scout
