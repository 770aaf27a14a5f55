#include "hub/routes.hpp"

#include <array>

#include "hub/repositories/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<HubRow, 15> kRows = {{
    {"GET", "/v2/namespaces/{namespace}/repositories/{repository}/tags", HubAccess::anonymous, "",
     &list_repository_tags},
    {"HEAD", "/v2/namespaces/{namespace}/repositories/{repository}/tags", HubAccess::anonymous, "",
     &check_repository_tags},
    {"GET", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}", HubAccess::anonymous,
     "", &get_repository_tag},
    {"HEAD", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}",
     HubAccess::anonymous, "", &get_repository_tag},
    {"PATCH", "/v2/namespaces/{namespace}/repositories/{repository}/immutabletags",
     HubAccess::signed_in, "", &update_immutable_tags},
    {"POST", "/v2/namespaces/{namespace}/repositories/{repository}/immutabletags/verify",
     HubAccess::signed_in, "", &verify_immutable_tags},
    {"POST", "/v2/repositories/{namespace}/{repository}/groups", HubAccess::signed_in, "",
     &assign_repository_team},
    {"GET", "/v2/namespaces/{namespace}/repositories", HubAccess::anonymous, "",
     &list_repositories},
    {"POST", "/v2/namespaces/{namespace}/repositories", HubAccess::signed_in, "",
     &create_repository},
    {"GET", "/v2/namespaces/{namespace}/repositories/{repository}", HubAccess::anonymous, "",
     &get_repository},
    {"HEAD", "/v2/namespaces/{namespace}/repositories/{repository}", HubAccess::anonymous, "",
     &get_repository},
    // Undocumented.
    {"PATCH", "/v2/namespaces/{namespace}/repositories/{repository}", HubAccess::signed_in, "",
     &update_repository},
    {"DELETE", "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}",
     HubAccess::signed_in, "", &delete_repository_tag},
    {"DELETE", "/v2/repositories/{namespace}/{repository}/tags/{tag}", HubAccess::user, "",
     &delete_repository_tag},
    {"GET", "/api/search/v4", HubAccess::anonymous, "", &search_repositories},
}};

}  // namespace

std::span<const HubRow> repository_routes() {
  return kRows;
}

}  // namespace dockerhub::sandbox
