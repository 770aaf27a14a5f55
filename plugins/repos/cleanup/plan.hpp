// A plan of a clean-up: what goes, what stays and why, in a form that can be stored, reviewed and handed
// back. Its id is the digest of all that it says, so that a plan which was altered is not the one that was
// agreed to. Pure; any thread.
#pragma once

#include <cstdint>
#include <dockerhub/sdk/json.hpp>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "rules.hpp"

namespace dockerhub::repos::cleanup {

// A tag, or a manifest that no tag names when the tags are gone.
struct Entry {
  bool goes = false;
  std::string tag;  // empty: a manifest
  std::string digest;
  std::uint64_t bytes = 0;
  std::optional<hub::UnixTime> pushed, pulled;  // of a tag
  std::string reason;
  bool can_come_back = false;   // of a tag that goes: what it names stays
  std::vector<std::string> of;  // of a manifest: the indexes that list it and go before it

  bool is_tag() const { return !tag.empty(); }
};

struct Plan {
  std::string name_space, repository;
  hub::UnixTime made = 0;
  Rules rules;
  // First the tags that go, then the manifests that go, an index before what it lists; then what stays.
  std::vector<Entry> entries;
  std::uint64_t bytes_freed = 0;    // of images that nothing that stays uses
  std::uint64_t bytes_kept = 0;     // of images that something uses
  std::vector<std::string> unseen;  // what the plan cannot know, one sentence each

  std::string place() const { return name_space + "/" + repository; }
  std::size_t tags_that_go() const;
  std::size_t tags_that_stay() const;
  std::size_t manifests_that_go() const;
};

inline constexpr std::string_view kPlanFormat = "dockerhub-cleanup-plan";
inline constexpr std::uint64_t kPlanVersion = 1;

// The command that puts the tag back.
std::string restore_command(const Plan& plan, const Entry& entry);
sdk::Json entry_json(const Plan& plan, const Entry& entry);
// All but the entries and the id.
sdk::Json head_json(const Plan& plan);

// A plan as head, "id" and "entries", which is what the action answered; with its id, which is not compared
// yet. The error says what is wrong with it: another format, a newer version, anything that this program
// would not have written.
struct StoredPlan {
  Plan plan;
  std::string id;
};
tl::expected<StoredPlan, std::string> read_plan(const sdk::Value& value);

}  // namespace dockerhub::repos::cleanup
