// Docker's documented policies, evaluated here: over vulnerabilities, licences, attestations and the config
// of an image. Source: Docker Scout, "Evaluate policies" (policy reference: stable names, settings, their
// defaults). Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "finding.hpp"
#include "policy.hpp"

namespace dockerhub::scout {

// An image that another was built from, as a provenance names it.
struct BaseImage {
  std::string name;            // "alpine:3.20"
  std::string digest;          // "sha256:..."; empty: not told
  std::string current_digest;  // that its tag names now; empty: not known
};

// What is known of the image; nothing: unknown, and so is what depends on it.
struct PolicyFacts {
  const Inventory* content = nullptr;  // conclusive
  std::optional<std::vector<std::string>> predicate_types;
  bool knows_all_attached = true;   // false: there may be more predicate types
  std::optional<std::string> user;  // of the image's config
  std::optional<std::vector<BaseImage>> base_images;
  std::string today;  // "2026-11-26"
};

// Settings by policy: {"fixable-vulnerabilities": {"weight": 5, "severities": ["CRITICAL"]}}.
// A text that says what is wrong with them; nullopt: nothing.
std::optional<std::string> problem_with(const sdk::Value& settings);

// All documented policies but those of weight 0. settings: an object without a problem.
std::vector<PolicyResult> evaluate(const PolicyFacts& facts, const sdk::Value& settings);

// The base images that a provenance (SLSA 0.2 or 1) names, without their current digests.
std::vector<BaseImage> base_images_in(const sdk::Value& provenance);

}  // namespace dockerhub::scout
