#include "faults/presets.hpp"

#include <array>
#include <utility>

#include "sample/sample_data.hpp"

namespace dockerhub::sandbox {
namespace {

struct ProfileRow {
  std::string_view profile;
  std::string_view kind;
  std::string_view method;  // empty: any
  double probability;
  std::optional<std::int64_t> FaultParameters::*member;
  std::int64_t value;
};
// Lost answers of writes are rarer: a careful tool has to look what became of each.
constexpr std::array<ProfileRow, 10> kRows = {{
    {"flaky", "latency", "", 0.1, &FaultParameters::interval_ms, 300},
    {"flaky", "status", "", 0.02, &FaultParameters::status, 503},
    {"flaky", "html_error", "", 0.02, &FaultParameters::status, 502},
    {"flaky", "rate_limited", "", 0.02, &FaultParameters::seconds, 1},
    {"flaky", "expired_token", "", 0.01, nullptr, 0},
    {"flaky", "close", "", 0.01, nullptr, 0},
    {"flaky", "reset", "GET", 0.02, nullptr, 0},
    {"flaky", "reset_midway", "GET", 0.02, nullptr, 0},
    {"flaky", "truncated", "GET", 0.02, nullptr, 0},
    {"flaky", "bad_json", "GET", 0.01, nullptr, 0},
}};

Fault fault_of(const ProfileRow& row) {
  Fault fault;
  fault.kind = find_fault_kind(row.kind);
  fault.method = row.method;
  fault.probability = row.probability;
  if (row.member != nullptr) fault.parameters.*row.member = row.value;
  return fault;
}

}  // namespace

bool play_profile(FaultBook& faults, std::string_view name) {
  bool known = false;
  for (const ProfileRow& row : kRows) {
    if (row.profile != name) continue;
    faults.add(fault_of(row));
    known = true;
  }
  return known;
}

std::string profile_names() {
  std::string names;
  std::string_view last;
  for (const ProfileRow& row : kRows) {
    if (row.profile != last) names += (names.empty() ? "" : ", ") + std::string(row.profile);
    last = row.profile;
  }
  return names;
}

std::vector<std::string> play_hostile_registry(World& world, FaultBook& faults,
                                               const std::string& elsewhere) {
  std::vector<std::string> names;
  for (const FaultKind& kind : fault_kinds()) {
    names.push_back("hostile/" + std::string(kind.name));
    add_sample_image(world.store, names.back());
    Fault fault;
    fault.kind = &kind;
    fault.listener = "registry";
    fault.prefix = "/v2/" + names.back() + '/';
    if (!elsewhere.empty()) fault.parameters.url = elsewhere;
    faults.add(std::move(fault));
  }
  return names;
}

}  // namespace dockerhub::sandbox
