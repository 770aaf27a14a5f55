// Every operation of Docker's documents has an action that sends what the document says; what differs
// stands in a list with its reason. DOCKERHUB_SPECS names the folder with hub-openapi.yaml and
// registry-openapi.yaml.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "built_manifest.hpp"
#include "comparison.hpp"

namespace dockerhub {
namespace {

using test::Difference;
using test::Operation;

// Document and action differ here on purpose.
constexpr auto kReviewed = std::to_array<Difference>({
    {"*", "query page smallest", "pages count from 1"},
    {"*", "query page_size smallest", "a page of nothing has no next one"},
    {"*", "query page_size largest", "the bound that 0.2.0 has for every list"},
    {"list_pats", "query page type", "number, but no page is half: as in the other lists"},
    {"list_pats", "query page_size type", "number, but no item is half: as in the other lists"},
    {"list_oats", "query page type", "number, but no page is half: as in the other lists"},
    {"list_oats", "query page_size type", "number, but no item is half: as in the other lists"},
    {"list_members", "query search type", "integer, but what is searched for is a name"},
    {"assign_group", "body group_id smallest", "ids count from 1"},
    {"create_pat", "body scopes choices", "the document has them in its description alone"},
    {"create_oat", "body scopes ours", "callers of 0.2.0 give them; copied into the resources"},
    {"create_oat", "body label optional", "the document marks it inside its property"},
    {"update_settings", "body restricted_images_enabled ours", "the flags one by one, as in 0.2.0"},
    {"update_settings", "body allow_official_images ours", "the flags one by one, as in 0.2.0"},
    {"update_settings", "body allow_verified_publishers ours", "the flags one by one, as in 0.2.0"},
    {"update_settings", "body restricted_images required", "or its flags one by one"},
    {"bulk_invite", "header X-Analytics-Client-Feature",
     "a header's name is no name of a parameter: client_feature"},
    {"bulk_invite", "header client_feature ours", "sent as X-Analytics-Client-Feature"},
    {"bulk_invite", "body role choices", "the document has no list; 0.2.0 knows these three"},
    {"set_immutable_tags", "body immutable_tags_rules required",
     "without them the present ones stay"},
    {"verify_immutable_tags", "body regex required", "or several rules, one request each"},
    {"verify_immutable_tags", "body rules ours", "several rules, one request each"},
    {"verify_immutable_tags", "body tags ours", "leaves out other tags on this side"},
    {"update", "body name required", "without it the team's own name is sent"},
    {"list_pats", "query expires_within ours", "filters on this side"},
    {"list_oats", "query expires_within ours", "filters on this side"},
    {"logs", "query follow ours", "looks again and again"},
    {"logs", "query interval ours", "looks again and again"},
    {"create_user", "body schemas", "always the URN of a user"},
    {"create_user", "body name", "given_name and family_name"},
    {"create_user", "body given_name ours", "name.givenName"},
    {"create_user", "body family_name ours", "name.familyName"},
    {"create_user", "body email ours", "RFC 7643 has it; sent when given"},
    {"create_user", "body active ours", "RFC 7643 has it; sent when given"},
    {"update_user", "body schemas", "always the URN of a user"},
    {"update_user", "body name", "given_name and family_name"},
    {"update_user", "body given_name ours", "name.givenName"},
    {"update_user", "body family_name ours", "name.familyName"},
    {"update_user", "body enabled", "made from active: left out it would deactivate the user"},
    {"update_user", "body active ours", "sent as enabled, and as RFC 7643 has it"},
    {"update_user", "body user_name ours", "RFC 7643 has it; sent when given"},
    {"update_user", "body email ours", "RFC 7643 has it; sent when given"},
});

// The same for Docker's registry.
constexpr auto kReviewedOfRegistry = std::to_array<Difference>({
    {"*", "path name", "repo, as in 0.2.0: a registry may stand before the name"},
    {"*", "header Authorization", "the kernel asks for the token and sends it"},
    {"get_manifest", "path reference required", "latest where nothing is named"},
    {"check_manifest", "path reference required", "latest where nothing is named"},
    {"check_manifest", "header Accept", "always all that a manifest may be"},
    {"put_manifest", "header Content-Type", "media_type, as in 0.2.0"},
    {"put_manifest", "body media_type ours", "sent as Content-Type"},
    {"put_manifest", "body schemaVersion", "the manifest is given whole: its digest is its bytes'"},
    {"put_manifest", "body mediaType", "the manifest is given whole: its digest is its bytes'"},
    {"put_manifest", "body config", "the manifest is given whole: its digest is its bytes'"},
    {"put_manifest", "body layers", "the manifest is given whole: its digest is its bytes'"},
    {"put_manifest", "body manifest ours", "the body, as in 0.2.0"},
    {"put_manifest", "body manifest_text ours", "the body, byte for byte"},
    {"delete_manifest", "body all_tags ours", "other tags of the manifest are looked for first"},
    {"start_upload", "query mount", "an action of its own: mount_blob"},
    {"start_upload", "query from", "an action of its own: mount_blob"},
    {"get_blob", "query max_bytes ours", "bounds what is read"},
    {"get_blob", "query pieces ours", "for programs that take the bytes as they come"},
    {"upload_status", "path uuid required", "or the place that the registry told"},
    {"cancel_upload", "path uuid required", "or the place that the registry told"},
    {"upload_status", "query location ours",
     "the place that the registry told stands for the uuid"},
    {"cancel_upload", "body location ours", "the place that the registry told stands for the uuid"},
    {"complete_upload", "path uuid", "goes to the place that the registry told, as in 0.2.0"},
    {"complete_upload", "body final_chunk ours", "the body, as in 0.2.0"},
    {"complete_upload", "body final_chunk_base64 ours", "the body, where it is no text"},
    {"upload_chunk", "path uuid", "goes to the place that the registry told, as in 0.2.0"},
    {"upload_chunk", "body chunk ours", "the body, as in 0.2.0"},
    {"upload_chunk", "body chunk_base64 ours", "the body, where it is no text"},
});

// Actions that send requests which stand in no document of Docker's, beside those whose row says so.
constexpr auto kOnUndocumentedRoutes =
    std::to_array<const char*>({"hub_repos cleanup", "hub_repos push_readme"});

class Coverage : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("DOCKERHUB_SPECS");
    if (folder == nullptr || *folder == '\0') {
      GTEST_SKIP() << "NOT CHECKED against Docker's documents: set DOCKERHUB_SPECS to the folder "
                      "with hub-openapi.yaml and registry-openapi.yaml";
    }
    folder_ = folder;
  }

  std::vector<Operation> operations(const char* file) const {
    auto found = test::read_open_api(folder_ + "/" + file);
    EXPECT_FALSE(found.empty()) << file;
    return found;
  }

  template <typename Modules>
  static std::vector<Manifest> manifests_of(const Modules& modules) {
    std::vector<Manifest> manifests;
    for (const char* module : modules) manifests.push_back(test::built_manifest(module));
    return manifests;
  }

 private:
  std::string folder_;
};

bool stands_for(const Action& action, const Operation& operation) {
  return action.rest_method == operation.method &&
         test::shape(action.rest_path) == test::shape(operation.path);
}

std::vector<const Action*> actions_for(const std::vector<Manifest>& manifests,
                                       const Operation& operation) {
  std::vector<const Action*> found;
  for (const Manifest& manifest : manifests) {
    for (const Action& action : manifest.tools.at(0).actions) {
      if (stands_for(action, operation)) found.push_back(&action);
    }
  }
  return found;
}

// How many of the operations have an action. Every difference has to be in the list, and none more.
template <typename List>
std::size_t covered(const std::vector<Operation>& operations,
                    const std::vector<Manifest>& manifests, const List& known) {
  std::set<const Difference*> used;
  std::size_t count = 0;
  for (const Operation& operation : operations) {
    SCOPED_TRACE(operation.method + " " + operation.path);
    const auto actions = actions_for(manifests, operation);
    EXPECT_EQ(actions.size(), 1U) << "actions for this operation";
    if (actions.size() != 1) continue;
    ++count;
    for (const std::string& field : test::differences(operation, *actions[0])) {
      const Difference* difference = test::reviewed(known, actions[0]->name, field);
      EXPECT_NE(difference, nullptr) << actions[0]->name << ": differs in " << field;
      used.insert(difference);
    }
  }
  for (const Difference& one : known) {
    EXPECT_EQ(used.count(&one), 1U)
        << one.action << " no longer differs in " << one.field << ": take it from the list";
  }
  return count;
}

TEST_F(Coverage, IsWholeAndAsDockersDocumentSays) {
  const auto documented = operations("hub-openapi.yaml");
  const auto count = covered(documented, manifests_of(test::kHubModules), kReviewed);
  std::cout << "operations of Docker Hub's API: " << count << " of " << documented.size() << "\n";
  EXPECT_EQ(documented.size(), 54U);
}

TEST_F(Coverage, IsWholeAndAsTheDocumentOfDockersRegistrySays) {
  const auto documented = operations("registry-openapi.yaml");
  const auto count =
      covered(documented, manifests_of(std::array{"hub_registry"}), kReviewedOfRegistry);
  std::cout << "operations of Docker's registry: " << count << " of " << documented.size() << "\n";
  EXPECT_EQ(documented.size(), 11U);
}

// A row's place in the document; nothing: it is not there.
std::optional<std::size_t> place_of(const Action& action,
                                    const std::vector<Operation>& operations) {
  const auto found =
      std::find_if(operations.begin(), operations.end(),
                   [&](const Operation& operation) { return stands_for(action, operation); });
  if (found == operations.end()) return std::nullopt;
  return static_cast<std::size_t>(found - operations.begin());
}

void expect_order(const Manifest& manifest, const std::vector<Operation>& operations) {
  std::optional<std::size_t> before;
  std::string name_before;
  for (const Action& action : manifest.tools.at(0).actions) {
    const auto place = place_of(action, operations);
    if (!place) continue;
    EXPECT_TRUE(!before || *before < *place)
        << manifest.name << ": Docker's document has " << action.name << " before " << name_before;
    before = place;
    name_before = action.name;
  }
  EXPECT_TRUE(before) << manifest.name << " has no documented row";
}

TEST_F(Coverage, HasRowsInTheOrderOfDockersDocuments) {
  const auto of_hub = operations("hub-openapi.yaml");
  for (const Manifest& manifest : manifests_of(test::kHubModules)) expect_order(manifest, of_hub);
  expect_order(test::built_manifest("hub_registry"), operations("registry-openapi.yaml"));
}

TEST_F(Coverage, IsMarkedWhereDockerDocumentsNothing) {
  const auto documented = operations("hub-openapi.yaml");
  const std::set<std::string> listed(kOnUndocumentedRoutes.begin(), kOnUndocumentedRoutes.end());
  std::set<std::string> marked;
  std::set<std::string> expected = listed;
  for (const Manifest& manifest : manifests_of(test::kHubModules)) {
    for (const Action& action : manifest.tools.at(0).actions) {
      const std::string name = manifest.name + " " + action.name;
      if (action.request && !place_of(action, documented)) expected.insert(name);
      const bool says_so = action.description.find("ndocumented") != std::string::npos;
      if (says_so) marked.insert(name);
    }
  }
  EXPECT_EQ(marked, expected);
  EXPECT_GT(expected.size(), listed.size());
}

}  // namespace
}  // namespace dockerhub
