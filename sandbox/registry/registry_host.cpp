#include "registry/registry_host.hpp"

#include <array>
#include <span>
#include <utility>

#include "registry/access.hpp"
#include "registry/cut_request.hpp"
#include "registry/handlers.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

struct Row {
  std::string_view method;
  std::string_view path;
  std::string_view actions;  // what the token has to allow, separated by commas
  Answer (*handler)(RegistryCall& call);
};

constexpr std::array<Row, 17> kRows = {{
    {"GET", "/v2/", "", &api_version},
    {"HEAD", "/v2/", "", &api_version},
    {"GET", "/v2/{repository...}/tags/list", "pull", &list_tags},
    {"GET", "/v2/{repository...}/referrers/{digest}", "pull", &list_referrers},
    {"GET", "/v2/{repository...}/manifests/{reference}", "pull", &get_manifest},
    {"HEAD", "/v2/{repository...}/manifests/{reference}", "pull", &get_manifest},
    {"PUT", "/v2/{repository...}/manifests/{reference}", "pull,push", &put_manifest},
    {"DELETE", "/v2/{repository...}/manifests/{reference}", "delete", &delete_manifest},
    {"POST", "/v2/{repository...}/blobs/uploads/", "pull,push", &begin_upload},
    {"GET", "/v2/{repository...}/blobs/uploads/{upload}", "pull,push", &upload_status},
    {"PATCH", "/v2/{repository...}/blobs/uploads/{upload}", "pull,push", &upload_chunk},
    {"PUT", "/v2/{repository...}/blobs/uploads/{upload}", "pull,push", &complete_upload},
    {"DELETE", "/v2/{repository...}/blobs/uploads/{upload}", "pull,push", &cancel_upload},
    {"GET", "/v2/{repository...}/blobs/{digest}", "pull", &get_blob},
    {"HEAD", "/v2/{repository...}/blobs/{digest}", "pull", &get_blob},
    {"DELETE", "/v2/{repository...}/blobs/{digest}", "delete", &delete_blob},
    {"HEAD", "/v2/{repository...}/tags/list", "pull", &list_tags},
}};

Answer not_routed(const std::string& allowed) {
  if (allowed.empty()) return text_answer(404, "404 page not found\n");
  return text_answer(405, "Method not allowed\n").set("Allow", allowed);
}

Answer answer_routed(RegistryCall& call, const Row& row) {
  // What came of a chunk is kept: the client asks for the upload's status and goes on from there.
  if (is_cut(call.request) && row.handler != &upload_chunk)
    return text_answer(400, "the body is not whole\n");
  std::vector<Scope> needed;
  const auto repository = call.values.find("repository");
  if (repository != call.values.end()) {
    if (!is_repository_name(repository->second))
      return registry_error(400, "NAME_INVALID", "invalid repository name", repository->second);
    needed.push_back(
        *read_scope("repository:" + repository->second + ':' + std::string(row.actions)));
  }
  if (std::optional<Answer> refusal = refuse_access(call, needed)) return *std::move(refusal);
  return row.handler(call);
}

}  // namespace

Answer answer_registry_request(World& world, Store& store, std::string_view service,
                               const Request& request) {
  auto route = find_route(std::span<const Row>(kRows), request.method, request.path);
  Answer answer = not_routed(route.allowed);
  if (route.row != nullptr) {
    RegistryCall call{world, store, service, request, std::move(route.values), std::nullopt};
    answer = answer_routed(call, *route.row);
  }
  answer.set("Docker-Distribution-Api-Version", "registry/2.0");
  if (!world.settings.warning.empty())
    answer.set("Warning", "299 - \"" + world.settings.warning + '"');
  return answer;
}

}  // namespace dockerhub::sandbox
