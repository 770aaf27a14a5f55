// What the rows of the modules for Docker's hosts say of themselves: short, what they need, what comes back,
// what stays as it is, and nothing that a schema beside it says already.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "built_manifest.hpp"

namespace dockerhub {
namespace {

// Full stops and the like that end a sentence; none in names as in acme/app.yaml or v1.2.
std::size_t sentences(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_end = std::string_view(".!?").find(text[i]) != std::string_view::npos;
    if (is_end && (i + 1 == text.size() || text[i + 1] == ' ')) ++count;
  }
  return count;
}

// Names and numbers hold together: latest_patch, -name, linux/amd64, repo:read.
bool is_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("_-/:.").find(c) != std::string_view::npos;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (is_of_word(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  for (std::string& word : words) {
    while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.pop_back();
  }
  words.erase(std::remove(words.begin(), words.end(), ""), words.end());
  return words;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Whether nothing is told but the words of a name.
bool only_repeats(std::string_view description, std::string name) {
  static const std::set<std::string> kFillers = {"a", "an", "the", "of", "its", "this"};
  std::replace(name.begin(), name.end(), '_', ' ');
  const std::vector<std::string> known = words_of(lower(name));
  const std::vector<std::string> told = words_of(lower(std::string(description)));
  return std::all_of(told.begin(), told.end(), [&](const std::string& word) {
    return kFillers.count(word) > 0 || std::find(known.begin(), known.end(), word) != known.end();
  });
}

// One choice may need a word of its own; two of them are a list.
bool lists_choices(const Parameter& parameter) {
  const std::vector<std::string> told = words_of(parameter.description);
  const auto named = std::count_if(
      parameter.choices.begin(), parameter.choices.end(), [&](const std::string& choice) {
        return std::find(told.begin(), told.end(), choice) != told.end();
      });
  return named > 1;
}

std::vector<std::string> bounds_of(const Parameter& parameter) {
  std::vector<std::string> bounds;
  for (const auto& bound : {parameter.minimum, parameter.maximum}) {
    if (bound) bounds.push_back(std::to_string(static_cast<long long>(*bound)));
  }
  for (const auto& bound :
       {parameter.min_length, parameter.max_length, parameter.min_items, parameter.max_items}) {
    if (bound) bounds.push_back(std::to_string(*bound));
  }
  return bounds;
}

// "from 1", "at most 100": a number alone may be a value that means something.
bool repeats_bound(const Parameter& parameter) {
  static const std::set<std::string> kBefore = {"from", "least", "most", "to", "than", "until"};
  const std::vector<std::string> told = words_of(lower(parameter.description));
  const std::vector<std::string> bounds = bounds_of(parameter);
  for (std::size_t i = 1; i < told.size(); ++i) {
    if (kBefore.count(told[i - 1]) > 0 &&
        std::find(bounds.begin(), bounds.end(), told[i]) != bounds.end())
      return true;
  }
  return false;
}

bool repeats_presence(const Parameter& parameter) {
  static const std::set<std::string> kWords = {"required", "mandatory", "optional", "default",
                                               "defaults"};
  std::string fallback = parameter.default_json;
  fallback.erase(std::remove(fallback.begin(), fallback.end(), '"'), fallback.end());
  const std::vector<std::string> told = words_of(lower(parameter.description));
  return std::any_of(told.begin(), told.end(), [&](const std::string& word) {
    return kWords.count(word) > 0 || (!fallback.empty() && word == fallback);
  });
}

// The beginning of a summary that is itself what comes back.
bool tells_by_its_verb(const std::string& summary) {
  constexpr std::array kVerbs = {"Answers", "Counts", "Lists", "Reads",
                                 "Reports", "Shows",  "Tells"};
  return std::find(kVerbs.begin(), kVerbs.end(), summary.substr(0, summary.find(' '))) !=
         kVerbs.end();
}

// A word that summary or description of an action has to have.
struct Said {
  const char* module;
  const char* action;
  const char* word;
};

// Who may, as Docker's documents say it, or with what log-in.
constexpr auto kNeeds = std::to_array<Said>({
    {"hub_admin", "whoami", "account"},
    {"hub_audit", "actions", "owners"},
    {"hub_audit", "logs", "owners"},
    {"hub_auth", "two_factor_login", "second factor"},
    {"hub_auth", "create_pat", "log-in with the password"},
    {"hub_auth", "rotate_pat", "log-in with the password"},
    {"hub_auth", "list_pats", "user's log-in"},
    {"hub_auth", "update_pat", "user's log-in"},
    {"hub_auth", "get_pat", "user's log-in"},
    {"hub_auth", "delete_pat", "user's log-in"},
    {"hub_auth", "create_oat", "owners"},
    {"hub_auth", "list_oats", "owners"},
    {"hub_auth", "get_oat", "owners"},
    {"hub_auth", "update_oat", "owners"},
    {"hub_auth", "delete_oat", "owners"},
    {"hub_org", "get_settings", "owners"},
    {"hub_org", "update_settings", "owners, with a Business subscription"},
    {"hub_org", "list_members", "members of the organization"},
    {"hub_org", "report", "Insights"},
    {"hub_org", "export_members", "owners"},
    {"hub_org", "update_member", "owners"},
    {"hub_org", "remove_member", "owners"},
    {"hub_org", "list_invites", "owners"},
    {"hub_org", "delete_invite", "owners"},
    {"hub_org", "resend_invite", "owners"},
    {"hub_org", "bulk_invite", "owners"},
    {"hub_org", "list_orgs", "log-in"},
    {"hub_org", "sync", "owners"},
    {"hub_org", "sync", "one consent"},
    {"hub_repos", "list_tags", "log-in"},
    {"hub_repos", "check_tags", "may not see"},
    {"hub_repos", "get_tag", "log-in"},
    {"hub_repos", "check_tag", "may not see"},
    {"hub_repos", "set_immutable_tags", "repository's admins"},
    {"hub_repos", "verify_immutable_tags", "repository's admins"},
    {"hub_repos", "assign_group", "repository's admins"},
    {"hub_repos", "list", "log-in"},
    {"hub_repos", "create", "owners and editors"},
    {"hub_repos", "get", "log-in"},
    {"hub_repos", "check", "may not see"},
    {"hub_repos", "update", "repository's admins"},
    {"hub_repos", "push_readme", "repository's admins"},
    {"hub_repos", "delete_tag", "repository's admins"},
    {"hub_repos", "cleanup", "the gate and a consent"},
    {"hub_repos", "search", "log-in"},
    {"hub_scim", "service_provider_config", "SCIM token"},
    {"hub_scim", "resource_types", "SCIM token"},
    {"hub_scim", "resource_type", "SCIM token"},
    {"hub_scim", "schemas", "SCIM token"},
    {"hub_scim", "schema", "SCIM token"},
    {"hub_scim", "list_users", "SCIM token"},
    {"hub_scim", "create_user", "SCIM token"},
    {"hub_scim", "get_user", "SCIM token"},
    {"hub_scim", "update_user", "SCIM token"},
    {"hub_scout", "policies", "log-in"},
    {"hub_scout", "purl", "log-in"},
    {"hub_scout", "recommendations", "analysis"},
    {"hub_teams", "list", "members of the organization"},
    {"hub_teams", "create", "owners"},
    {"hub_teams", "get", "members of the organization"},
    {"hub_teams", "update", "owners"},
    {"hub_teams", "patch", "owners"},
    {"hub_teams", "delete", "owners"},
    {"hub_teams", "list_members", "members of the organization"},
    {"hub_teams", "add_member", "owners"},
    {"hub_teams", "remove_member", "owners"},
    {"hub_teams", "sync", "owners"},
    {"hub_teams", "sync", "one consent"},
});

// What stays, or goes as well, where something is taken away.
constexpr auto kStays = std::to_array<Said>({
    {"hub_auth", "delete_pat", "locked out"},
    {"hub_auth", "delete_oat", "locked out"},
    {"hub_org", "update_settings", "unless they are given"},
    {"hub_org", "remove_member", "the last owner cannot be removed"},
    {"hub_org", "sync", "the gate where somebody loses"},
    {"hub_org", "delete_invite", "stays"},
    {"hub_repos", "delete_tag", "stay"},
    {"hub_repos", "cleanup", "unless the repository changed"},
    {"hub_scim", "update_user", "nobody is deactivated unless"},
    {"hub_teams", "delete", "stay in the organization"},
    {"hub_teams", "remove_member", "stays in the organization"},
    {"hub_registry", "delete_manifest", "nothing is deleted unless"},
    {"hub_registry", "delete_blob", "is broken afterwards"},
    {"hub_registry", "cancel_upload", "is lost"},
    {"hub_registry", "delete_tag", "left as it is"},
    {"hub_registry", "untag_layout", "its blobs stay"},
});

// The lines that speak of a module.
template <typename List>
std::vector<Said> said_of(const List& list, std::string_view module) {
  std::vector<Said> found;
  std::copy_if(list.begin(), list.end(), std::back_inserter(found),
               [&](const Said& line) { return line.module == module; });
  return found;
}

class DescribedModule : public testing::TestWithParam<const char*> {
 protected:
  const Manifest manifest = test::built_manifest(GetParam());
  const Tool& tool = manifest.tools.at(0);

  void says_all(const std::vector<Said>& lines) const {
    for (const Said& line : lines) {
      const Action* action = tool.find_action(line.action);
      ASSERT_NE(action, nullptr) << line.action;
      EXPECT_THAT(action->summary + ". " + action->description, testing::HasSubstr(line.word))
          << line.action;
    }
  }

  // Each parameter of each action.
  template <typename Look>
  void each_parameter(const Look& look) const {
    for (const Action& action : tool.actions) {
      SCOPED_TRACE(action.name);
      for (const Parameter& parameter : action.parameters) look(parameter);
    }
  }
};

TEST_P(DescribedModule, SaysAtMostTwoSentences) {
  EXPECT_THAT(sentences(tool.description), testing::AllOf(testing::Ge(1U), testing::Le(2U)));
  for (const Action& action : tool.actions) {
    EXPECT_FALSE(action.summary.empty()) << action.name;
    EXPECT_EQ(sentences(action.summary), 0U) << action.name << ": a summary has no full stop";
    // With the summary, which is shown before it as a sentence.
    EXPECT_LE(sentences(action.description), 1U) << action.name << ": " << action.description;
    if (!action.description.empty()) {
      EXPECT_EQ(action.description.back(), '.') << action.name;
    }
  }
}

TEST_P(DescribedModule, SaysWhatComesBack) {
  for (const Action& action : tool.actions) {
    const bool is_told =
        tells_by_its_verb(action.summary) || action.description.find("nswer") != std::string::npos;
    EXPECT_TRUE(is_told) << action.name << ": " << action.summary << ". " << action.description;
  }
}

TEST_P(DescribedModule, SaysMoreOfAnActionThanItsSummary) {
  for (const Action& action : tool.actions) {
    EXPECT_FALSE(action.description.empty()) << action.name;
  }
}

TEST_P(DescribedModule, SaysWhatAnActionNeeds) {
  says_all(said_of(kNeeds, GetParam()));
}

TEST_P(DescribedModule, SaysWhatStaysWhereSomethingGoes) {
  says_all(said_of(kStays, GetParam()));
}

TEST_P(DescribedModule, SaysMoreOfAParameterThanItsName) {
  each_parameter([](const Parameter& parameter) {
    EXPECT_FALSE(only_repeats(parameter.description, parameter.name))
        << parameter.name << ": " << parameter.description;
  });
}

TEST_P(DescribedModule, LeavesToTheSchemaWhatItSays) {
  each_parameter([](const Parameter& parameter) {
    const std::string said = parameter.name + ": " + parameter.description;
    EXPECT_FALSE(lists_choices(parameter)) << said;
    EXPECT_FALSE(repeats_bound(parameter)) << said;
    EXPECT_FALSE(repeats_presence(parameter)) << said;
  });
}

INSTANTIATE_TEST_SUITE_P(Each, DescribedModule,
                         testing::Values("hub_admin", "hub_audit", "hub_auth", "hub_org",
                                         "hub_registry", "hub_repos", "hub_scim", "hub_scout",
                                         "hub_teams"),
                         [](const auto& module) { return std::string(module.param); });

// A parameter whose schema says enough for each of the rules to have something to find.
Parameter some_parameter(std::string description) {
  Parameter parameter;
  parameter.name = "sort_order";
  parameter.description = std::move(description);
  parameter.choices = {"name", "-name"};
  parameter.minimum = 1;
  parameter.max_length = 100;
  parameter.default_json = R"("name")";
  return parameter;
}

TEST(RulesOfDescriptions, FindWhatASchemaSays) {
  EXPECT_TRUE(lists_choices(some_parameter("By name or -name.")));
  EXPECT_FALSE(lists_choices(some_parameter("With -name the last one first.")));
  EXPECT_TRUE(repeats_bound(some_parameter("A number from 1.")));
  EXPECT_TRUE(repeats_bound(some_parameter("At most 100 characters.")));
  EXPECT_FALSE(repeats_bound(some_parameter("1 is yes, at most 200 are read.")));
  EXPECT_TRUE(repeats_presence(some_parameter("By the name unless given.")));
  EXPECT_TRUE(repeats_presence(some_parameter("Optional.")));
  EXPECT_FALSE(repeats_presence(some_parameter("Which of them comes first.")));
  EXPECT_TRUE(only_repeats("The sort order.", "sort_order"));
  EXPECT_FALSE(only_repeats("Which way.", "sort_order"));
  EXPECT_EQ(sentences("Of acme/app.yaml, v1.2. No more!"), 2U);
}

}  // namespace
}  // namespace dockerhub
