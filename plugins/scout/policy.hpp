// Results of policies, whoever evaluated them, and the health score made of them. Source: Docker Scout,
// "Evaluate policies" and "Docker Scout health scores". Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::scout {

enum class Verdict { passed, failed, unknown };
std::string_view verdict_name(Verdict verdict);

struct PolicyResult {
  std::string id, name;
  std::string type;  // "vulnerability", "license", "boolean", "generic"
  Verdict verdict = Verdict::unknown;
  std::string reason;                 // why it is unknown, or what failed; may be empty
  std::vector<sdk::Json> deviations;  // what is against it
  int weight = 10;                    // 0: left out of the score
  bool is_stale = false;              // of an older state of the image

  // With at most 100 deviations, and their number.
  sdk::Json json() const;
};

// failed where one failed, else unknown where one is, else passed; unknown without any.
Verdict verdict_of(const std::vector<PolicyResult>& results);

struct Score {
  int passed = 0, total = 0;  // weights
  double health() const;      // 0..100
  char grade() const;         // A above 90, B above 70, C above 50, D above 30, E above 10, else F
};

// What is unknown counts in the total alone. nullopt: no policy is left that counts.
std::optional<Score> score_of(const std::vector<PolicyResult>& results);
sdk::Json json_of(const std::optional<Score>& score);

// Of goalResultsByDigest: an object. What is not evaluated, or has no result, is unknown.
std::vector<PolicyResult> read_policies(const sdk::Value& image);

}  // namespace dockerhub::scout
