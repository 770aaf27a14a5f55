// Which action knows the values of which argument of resources and prompts. completion.cpp asks them.
#pragma once

#include <array>
#include <string_view>

namespace dockerhub::hub {

struct CompletionSource {
  std::string_view argument;
  std::string_view tool, action;
  // JSON with places for `value`, what is typed so far, and for the arguments that are known already. A source
  // with a place that nothing is known for is not asked.
  std::string_view params;
  std::string_view list;    // the array in the answer; empty: the answer itself is the one item
  std::string_view member;  // the value in each item
};

inline constexpr std::string_view kOnePage = R"({"page_size": 100})";
inline constexpr std::string_view kRepositoriesLike =
    R"({"namespace": "{namespace}", "name": "{value|}", "page_size": 100})";
inline constexpr std::string_view kFirstTags =
    R"({"namespace": "{namespace}", "repository": "{repository}", "page_size": 100})";

// Sources of one argument are asked in their order. A list that cannot be narrowed down by what is typed gives
// its first page.
inline constexpr std::array<CompletionSource, 8> kCompletionSources = {{
    {"namespace", "hub_admin", "whoami", "{}", "", "identity"},
    {"namespace", "hub_org", "list_orgs", kOnePage, "results", "orgname"},
    {"org", "hub_org", "list_orgs", kOnePage, "results", "orgname"},
    {"repository", "hub_repos", "list", kRepositoriesLike, "results", "name"},
    {"tag", "hub_repos", "list_tags", kFirstTags, "results", "name"},
    {"previous_tag", "hub_repos", "list_tags", kFirstTags, "results", "name"},
    {"reference", "hub_repos", "list_tags", kFirstTags, "results", "name"},
    {"digest", "hub_repos", "list_tags", kFirstTags, "results", "digest"},
}};

}  // namespace dockerhub::hub
