// Values for what is half typed, from actions that the test answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <dockerhub/sdk/context.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/completion.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A kernel whose actions answer what the test says.
struct Actions {
  Actions() {
    host.size = sizeof(host);
    host.kernel = this;
    host.extension = &Actions::extension;
  }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  static Actions& of(dh_call* call) { return *reinterpret_cast<Actions*>(call); }
  static std::string text(dh_str text) { return {text.data, text.size}; }

  static dh_status run(dh_call* call, dh_str tool, dh_str action, dh_str params, dh_str options,
                       dh_str* envelope) {
    Actions& self = of(call);
    const std::string name = text(tool) + "." + text(action);
    self.asked.push_back(name + " " + text(params));
    self.options = text(options);
    const auto found = self.answers.find(name);
    if (found == self.answers.end()) return self.otherwise;
    *envelope = {found->second.data(), found->second.size()};
    return DH_OK;
  }

  static dh_status offered_now(dh_call* call, dh_str, dh_str) { return of(call).may_run; }

  static const void* extension(const dh_host*, dh_str id) {
    static const dh_call_1 kCall = [] {
      dh_call_1 table{};
      table.size = sizeof(table);
      table.answer = [](dh_call* call, dh_str json) -> dh_status {
        of(call).answered = text(json);
        return DH_OK;
      };
      return table;
    }();
    static const dh_catalog_1 kCatalog = {sizeof(dh_catalog_1), 0, &Actions::offered_now,
                                          &Actions::run};
    if (text(id) == DH_CALL_1) return &kCall;
    return text(id) == DH_CATALOG_1 ? &kCatalog : nullptr;
  }

  // What is offered for an argument of which `value` is typed; known: JSON object.
  std::string offered(const std::string& argument, const std::string& value,
                      const std::string& known = "{}") {
    const std::string request = R"({"of":"prompt","name":"p","argument":")" + argument +
                                R"(","value":")" + value + R"(","arguments":)" + known + "}";
    const dockerhub::sdk::Host module_host(&host);
    dockerhub::sdk::Context ctx(module_host, reinterpret_cast<dh_call*>(this), {}, request);
    status = dockerhub::hub::complete(kept, ctx).value();
    return answered;
  }

  void answer(const std::string& action, const std::string& data) {
    answers[action] = R"({"status_code":200,"data":)" + data + "}";
  }

  dh_host host{};
  std::map<std::string, std::string> answers;
  dh_status otherwise = DH_E_FAILED, may_run = DH_OK;
  dockerhub::hub::KeptLists kept;
  std::vector<std::string> asked;
  std::string answered, options;
  dh_status status = DH_OK;
};

constexpr const char* kNothing = R"({"values":[],"has_more":false})";

TEST(Completion, OfARepositoryAsksForThoseOfItsNamespace) {
  Actions actions;
  actions.answer("hub_repos.list",
                 R"({"results":[{"name":"app"},{"name":"my-app"},{"name":"api"}]})");
  EXPECT_EQ(actions.offered("repository", "ap", R"({"namespace":"acme"})"),
            R"({"values":["app","api"],"has_more":false})");
  EXPECT_THAT(
      actions.asked,
      ElementsAre(R"(hub_repos.list {"namespace": "acme", "name": "ap", "page_size": 100})"));
}

TEST(Completion, HasASecondAtMost) {
  Actions actions;
  actions.offered("repository", "", R"({"namespace":"acme"})");
  const auto number = actions.options.find_first_of("0123456789");
  ASSERT_NE(number, std::string::npos) << actions.options;
  EXPECT_LE(std::stoi(actions.options.substr(number)), 1000);
}

TEST(Completion, OfWhatNothingIsKnownForAsksNobody) {
  Actions actions;
  EXPECT_EQ(actions.offered("repository", "a"), kNothing);
  EXPECT_EQ(actions.offered("tag", "a", R"({"namespace":"acme"})"), kNothing);
  EXPECT_EQ(actions.offered("older_than", "3"), kNothing);
  EXPECT_THAT(actions.asked, IsEmpty());
}

TEST(Completion, ThatFailsIsEmptyAndNoFailure) {
  Actions actions;
  for (const dh_status failure : {DH_E_FAILED, DH_E_TIMEOUT, DH_E_NOT_FOUND, DH_E_UNSUPPORTED}) {
    actions.otherwise = failure;
    EXPECT_EQ(actions.offered("namespace", "a"), kNothing);
    EXPECT_EQ(actions.status, DH_OK);
  }
  actions.answer("hub_org.list_orgs", "[1]");
  EXPECT_EQ(actions.offered("org", "a"), kNothing);
}

TEST(Completion, OfANamespaceHasTheUserAndTheOrganizationsOnce) {
  Actions actions;
  actions.answer("hub_admin.whoami", R"({"identity":"ada"})");
  actions.answer("hub_org.list_orgs", R"({"results":[{"orgname":"acme"},{"orgname":"ada"}]})");
  EXPECT_EQ(actions.offered("namespace", "a"), R"({"values":["ada","acme"],"has_more":false})");
}

TEST(Completion, OfARepositoryWithNamespaceTakesTwoSteps) {
  Actions actions;
  actions.answer("hub_admin.whoami", R"({"identity":"ada"})");
  actions.answer("hub_repos.list", R"({"results":[{"name":"app"}]})");
  EXPECT_EQ(actions.offered("repo", "a"), R"({"values":["ada/"],"has_more":false})");
  EXPECT_EQ(actions.offered("repo", "acme/a"), R"({"values":["acme/app"],"has_more":false})");
  EXPECT_THAT(actions.asked.back(), HasSubstr(R"("namespace": "acme", "name": "a")"));
}

TEST(Completion, OfATagOrDigestKnowsTheRepositoryByEitherName) {
  Actions actions;
  actions.answer("hub_repos.list_tags",
                 R"({"results":[{"name":"1.0","digest":"sha256:ab"}],"next":"there is more"})");
  EXPECT_EQ(actions.offered("reference", "", R"({"repo":"acme/app:1"})"),
            R"({"values":["1.0"],"has_more":true})");
  EXPECT_THAT(actions.asked.back(), HasSubstr(R"("namespace": "acme", "repository": "app")"));
  EXPECT_EQ(actions.offered("digest", "sha", R"({"repo":"alpine"})"),
            R"({"values":["sha256:ab"],"has_more":true})");
  EXPECT_THAT(actions.asked.back(), HasSubstr(R"("namespace": "library", "repository": "alpine")"));
  actions.offered("tag", "", R"({"namespace":"acme","repository":"api"})");
  EXPECT_THAT(actions.asked.back(), HasSubstr(R"("namespace": "acme", "repository": "api")"));
}

TEST(Completion, TellsNamesAndDigestsOfTheSameTagsApart) {
  Actions actions;
  actions.answer("hub_repos.list_tags", R"({"results":[{"name":"1.0","digest":"sha256:ab"}]})");
  const char* kApp = R"({"repo":"acme/app"})";
  EXPECT_EQ(actions.offered("reference", "", kApp), R"({"values":["1.0"],"has_more":false})");
  EXPECT_EQ(actions.offered("digest", "", kApp), R"({"values":["sha256:ab"],"has_more":false})");
}

TEST(Completion, OffersAHundredValuesAndTellsOfMore) {
  std::string results;
  for (int i = 0; i < 101; ++i)
    results += (i == 0 ? "" : ",") + (R"({"name":"v)" + std::to_string(i)) + R"("})";
  Actions actions;
  actions.answer("hub_repos.list_tags", R"({"results":[)" + results + "]}");
  const std::string offered = actions.offered("tag", "v", R"({"namespace":"a","repository":"b"})");
  EXPECT_THAT(offered, HasSubstr(R"("v99"],"has_more":true)"));
}

TEST(Completion, OfOneWhoTypesOnAsksOnce) {
  Actions actions;
  const char* kOfAcme = R"({"namespace":"acme"})";
  actions.answer("hub_repos.list", R"({"results":[{"name":"app"},{"name":"api"}]})");
  actions.offered("repository", "a", kOfAcme);
  EXPECT_EQ(actions.offered("repository", "a", kOfAcme),
            R"({"values":["app","api"],"has_more":false})");
  EXPECT_EQ(actions.offered("repository", "app", kOfAcme),
            R"({"values":["app"],"has_more":false})");
  EXPECT_EQ(actions.asked.size(), 1U);
  actions.offered("repository", "", kOfAcme);
  actions.offered("repository", "a", R"({"namespace":"other"})");
  EXPECT_EQ(actions.asked.size(), 3U);
}

TEST(Completion, AsksAgainWhereTheListForTheBeginningHadMore) {
  Actions actions;
  const char* kOfAcme = R"({"namespace":"acme"})";
  actions.answer("hub_repos.list", R"({"results":[{"name":"app"}],"next":"there is more"})");
  actions.offered("repository", "a", kOfAcme);
  actions.offered("repository", "ap", kOfAcme);
  EXPECT_EQ(actions.asked.size(), 2U);
}

TEST(Completion, GivesNothingThatIsKeptToWhomTheActionIsNotOffered) {
  Actions actions;
  actions.answer("hub_org.list_orgs", R"({"results":[{"orgname":"acme"}]})");
  actions.offered("org", "a");
  actions.may_run = DH_E_NOT_FOUND;
  actions.answers.clear();
  EXPECT_EQ(actions.offered("org", "a"), kNothing);
}

TEST(Completion, WhatFailedIsNotKept) {
  Actions actions;
  EXPECT_EQ(actions.offered("org", "a"), kNothing);
  actions.answer("hub_org.list_orgs", R"({"results":[{"orgname":"acme"}]})");
  EXPECT_EQ(actions.offered("org", "a"), R"({"values":["acme"],"has_more":false})");
}

TEST(Completion, GivesAnOldListWhereDockerHubDoesNotAnswer) {
  using dockerhub::hub::KeptLists;
  Actions actions;
  actions.kept.keep(R"(hub_org list_orgs orgname {"page_size": 100})", {{"acme"}, false},
                    KeptLists::Clock::now() - 2 * KeptLists::kFresh);
  EXPECT_EQ(actions.offered("org", "a"), R"({"values":["acme"],"has_more":false})");
  EXPECT_EQ(actions.asked.size(), 1U);
}

TEST(KeptLists, AreFreshForAMinuteAndThereForTen) {
  using dockerhub::hub::KeptLists;
  KeptLists kept;
  const auto now = KeptLists::Clock::now();
  kept.keep("a", {{"x"}, true}, now);
  EXPECT_TRUE(kept.find("a", now + KeptLists::kFresh)->is_fresh);
  EXPECT_FALSE(kept.find("a", now + KeptLists::kLife)->is_fresh);
  EXPECT_FALSE(kept.find("a", now + KeptLists::kLife + std::chrono::seconds(1)));
  EXPECT_FALSE(kept.find("b", now));
}

TEST(KeptLists, AreBoundedAndLoseTheOldest) {
  using dockerhub::hub::KeptLists;
  KeptLists kept;
  const auto now = KeptLists::Clock::now();
  for (std::size_t i = 0; i <= KeptLists::kMostEntries; ++i)
    kept.keep(std::to_string(i), {}, now + std::chrono::milliseconds(i));
  EXPECT_FALSE(kept.find("0", now));
  EXPECT_TRUE(kept.find("1", now));
}

TEST(Completion, PassesOnThatItIsSuspended) {
  Actions actions;
  actions.otherwise = DH_SUSPENDED;
  actions.offered("org", "a");
  EXPECT_EQ(actions.status, DH_SUSPENDED);
}

}  // namespace
