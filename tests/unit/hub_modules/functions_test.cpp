// An action is a row, and answers rows: those that are made by a function, and those that answer a text,
// stand here with the reason.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "built_manifest.hpp"

namespace dockerhub {
namespace {

struct Exception {
  const char *tool, *action, *reason;
};

constexpr auto kFunctions = std::to_array<Exception>({
    {"hub_admin", "whoami", "asks the kernel, not a server"},
    {"hub_admin", "rate_limit", "asks the kernel, not a server"},
    {"hub_admin", "limits", "two servers in one answer, one of them a registry"},

    {"hub_audit", "logs", "checks the action first, counts its pages, and follows"},

    {"hub_auth", "login", "a 401 with a second factor is an answer, and a warning goes with it"},
    {"hub_auth", "create_pat", "where Docker Hub forbids it the error names the way that works"},
    {"hub_auth", "list_pats", "expires_within reads all pages and keeps some"},
    {"hub_auth", "rotate_pat", "several requests, and one that takes them back"},
    {"hub_auth", "create_oat", "scopes become those of resources, a resource's name its path"},
    {"hub_auth", "list_oats", "expires_within reads all pages and keeps some"},
    {"hub_auth", "update_oat", "a resource's name becomes its path"},

    {"hub_org", "update_settings", "flags and one object are the same body"},
    {"hub_org", "report", "all pages, with totals beside them"},
    {"hub_org", "bulk_invite", "Docker's own dry run, and rows for who is missing in the answer"},
    {"hub_org", "sync", "compares, asks for consent, and sends many requests"},

    {"hub_registry", "get_manifest", "the registry stands in the name; the bytes are proved"},
    {"hub_registry", "put_manifest", "the registry stands in the name; the digest is made here"},
    {"hub_registry", "check_manifest", "the registry stands in the name; headers are the answer"},
    {"hub_registry", "delete_manifest", "resolves the tag and looks for others first"},
    {"hub_registry", "start_upload", "the registry stands in the name; headers are the answer"},
    {"hub_registry", "mount_blob", "a token for two repositories; 202 is an answer too"},
    {"hub_registry", "check_blob", "the registry stands in the name; headers are the answer"},
    {"hub_registry", "get_blob", "the registry stands in the name; the bytes are proved"},
    {"hub_registry", "delete_blob", "404 and 405 are answers"},
    {"hub_registry", "upload_status", "goes to a place that was told, after a look at it"},
    {"hub_registry", "complete_upload", "goes to a place that was told, after a look at it"},
    {"hub_registry", "upload_chunk", "goes to a place that was told, after a look at it"},
    {"hub_registry", "cancel_upload", "goes to a place that was told, after a look at it"},
    {"hub_registry", "api_version", "a 401 is an answer"},
    {"hub_registry", "list_tags", "pages by Link headers, whole lists are sorted"},
    {"hub_registry", "delete_tag", "another module does it at Docker's registry"},
    {"hub_registry", "resolve_digest", "the answer is made of headers; 404 is one too"},
    {"hub_registry", "list_platforms", "an index, or the config of a single image"},
    {"hub_registry", "get_config", "two or three requests, each by the digest of the one before"},
    {"hub_registry", "inspect", "several requests, each by the digest of the one before"},
    {"hub_registry", "list_referrers", "a tag stands in where there is no such request"},
    {"hub_registry", "attestations", "three places are looked through"},
    {"hub_registry", "tree", "what hangs on an image is asked for manifest by manifest"},
    {"hub_registry", "diff", "two images are read and compared"},
    {"hub_registry", "verify", "every blob is read and proved"},
    {"hub_registry", "copy", "moves an image: many requests, several at a time"},
    {"hub_registry", "push", "moves an image: many requests, several at a time"},
    {"hub_registry", "pull", "moves an image: many requests, several at a time"},
    {"hub_registry", "untag_layout", "changes a store, and sends nothing"},
    {"hub_registry", "mirror", "compares tags, and copies each image that differs"},
    {"hub_registry", "export", "moves images: many requests, several at a time"},
    {"hub_registry", "import", "moves images: many requests, several at a time"},

    {"hub_repos", "push_readme", "links are made whole, and the size is checked after that"},
    {"hub_repos", "set_immutable_tags", "reads the present rules first, and has a preview"},
    {"hub_repos", "verify_immutable_tags", "one request for each rule, and their union"},
    {"hub_repos", "cleanup", "makes a plan, proves it and carries it out"},

    {"hub_scim", "create_user", "the URN of a user, and names within an object"},
    {"hub_scim", "update_user", "reads what was not given: left out it would be lost"},

    {"hub_scout", "summary", "GraphQL, or what is attached to the image"},
    {"hub_scout", "cves", "GraphQL, or what is attached to the image; filters and a condition"},
    {"hub_scout", "vulnerabilities", "the function of cves"},
    {"hub_scout", "sbom", "from the registry, proved by its digest; GraphQL where there is none"},
    {"hub_scout", "compare", "GraphQL for two sides, or a saved answer"},
    {"hub_scout", "policies", "GraphQL, or the metrics exporter"},
    {"hub_scout", "policy_evaluation", "GraphQL, or evaluated here"},
    {"hub_scout", "recommendations", "GraphQL by the digest of the image"},
    {"hub_scout", "attestations", "from the registry, and GraphQL"},
    {"hub_scout", "purl", "GraphQL; filters and a condition"},

    {"hub_teams", "update", "the document wants a name: the present one without a new one"},
    {"hub_teams", "sync", "compares, asks for consent, and sends many requests"},
});

constexpr auto kTexts = std::to_array<Exception>({
    {"hub_org", "export_members", "Docker's document answers CSV; `report` has the rows"},
    {"hub_registry", "get_manifest", "the digest is that of these bytes"},
    {"hub_registry", "get_blob", "the digest is that of these bytes"},
    {"hub_scout", "sbom", "a document with a digest, as it is stored"},
});

std::string full_name(const std::string& tool, const std::string& action) {
  return tool + " " + action;
}

// The actions of all modules of which `is_one` is true.
template <typename Condition>
std::set<std::string> found(const Condition& is_one) {
  std::set<std::string> names;
  for (const char* module : {"hub_admin", "hub_audit", "hub_auth", "hub_org", "hub_registry",
                             "hub_repos", "hub_scim", "hub_scout", "hub_teams"}) {
    const Manifest& manifest = test::built_manifest(module);
    for (const Action& action : manifest.tools.at(0).actions) {
      if (is_one(action)) names.insert(full_name(module, action.name));
    }
  }
  return names;
}

template <typename List>
std::set<std::string> names_in(const List& list) {
  std::set<std::string> names;
  for (const Exception& one : list) {
    EXPECT_STRNE(one.reason, "") << one.action;
    EXPECT_TRUE(names.insert(full_name(one.tool, one.action)).second) << one.action << " twice";
  }
  return names;
}

TEST(ReviewedActions, AreRowsButForThoseWithAReason) {
  const auto functions = found([](const Action& action) { return !action.request; });
  EXPECT_EQ(functions, names_in(kFunctions));
}

TEST(ReviewedActions, AnswerRowsButForThoseWithAReason) {
  const auto texts = found([](const Action& action) {
    const bool is_text_of_row = action.request && action.request->expect == "text";
    const bool is_list = action.answer.kind == "json" || action.answer.kind == "items";
    return is_text_of_row || action.answer.verbatim || !is_list;
  });
  EXPECT_EQ(texts, names_in(kTexts));
}

}  // namespace
}  // namespace dockerhub
