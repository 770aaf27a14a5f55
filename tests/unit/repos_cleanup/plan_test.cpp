#include "repos/cleanup/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "repos/cleanup/planner.hpp"
#include "repository.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using test::digest;
using test::kNow;
using testing::HasSubstr;

Plan sample_plan() {
  test::Repository repository;
  repository.index("old", 1, 100, {11, 12});
  repository.image("new", 2, 1).pulled = kNow;
  Rules rules;
  rules.older_than = kNow - 10 * test::kDay;
  rules.untagged = true;
  Plan plan = make_plan(repository.contents(), rules, kNow);
  plan.name_space = "acme";
  plan.repository = "app";
  plan.unseen = {"Something."};
  return plan;
}

// As the action answers it.
sdk::Document stored(const Plan& plan) {
  std::string entries;
  for (const Entry& entry : plan.entries)
    entries += (entries.empty() ? "" : ",") + entry_json(plan, entry).text();
  const std::string head = head_json(plan).text();
  return *sdk::parse_json(head.substr(0, head.size() - 1) + R"(,"id":"x","entries":[)" + entries +
                          "]}");
}

std::string error(const sdk::Document& document) {
  const auto read = read_plan(document);
  return read ? "" : read.error();
}

TEST(Plan, IsReadAsItWasWritten) {
  const Plan written = sample_plan();
  const auto read = read_plan(stored(written));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->id, "x");
  EXPECT_EQ(head_json(read->plan).text(), head_json(written).text());
  ASSERT_EQ(read->plan.entries.size(), written.entries.size());
  for (std::size_t i = 0; i < written.entries.size(); ++i) {
    EXPECT_EQ(entry_json(read->plan, read->plan.entries[i]).text(),
              entry_json(written, written.entries[i]).text());
  }
}

TEST(Plan, TellsHowEachTagIsPutBack) {
  Plan kept = sample_plan();
  kept.entries.front().can_come_back = true;
  EXPECT_EQ(
      restore_command(kept, kept.entries.front()),
      "dockerhub hub_registry copy docker.io/acme/app@" + digest(1) + " docker.io/acme/app:old");
}

TEST(Plan, OfANewerFormatIsRefused) {
  sdk::Document document = stored(sample_plan());
  document["version"].SetUint64(2);
  EXPECT_THAT(error(document), HasSubstr("newer"));
  document["format"].SetString("other");
  EXPECT_THAT(error(document), HasSubstr("no plan"));
  EXPECT_THAT(error(*sdk::parse_json("[]")), HasSubstr("no plan"));
}

TEST(Plan, ThatSaysSomethingElseIsRefused) {
  const auto altered = [](const std::function<void(sdk::Document&)>& change) {
    sdk::Document document = stored(sample_plan());
    change(document);
    return error(document);
  };
  EXPECT_EQ(altered([](sdk::Document&) {}), "");
  const auto refused = HasSubstr("altered");
  EXPECT_THAT(altered([](sdk::Document& d) { d["totals"]["tags_to_delete"].SetUint64(7); }),
              refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d["entries"].PopBack(); }), refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d["entries"][0].RemoveMember("restore"); }), refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d["entries"][0]["action"].SetString("purge"); }),
              refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d["entries"][0]["tag"].SetString("../x"); }), refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d["entries"][1]["digest"].SetNull(); }), refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d["rules"].RemoveMember("untagged"); }), refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d.RemoveMember("unseen"); }), refused);
  EXPECT_THAT(altered([](sdk::Document& d) { d.AddMember("more", 1, d.GetAllocator()); }), refused);
}

}  // namespace
}  // namespace dockerhub::repos::cleanup
