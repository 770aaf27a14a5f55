#include "place.hpp"

namespace dockerhub::repos::cleanup {
namespace {

// What every request for a manifest accepts: a registry that is not told so answers 404, or converts.
constexpr std::string_view kManifestTypes =
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.docker.distribution.manifest.v2+json";

}  // namespace

// Where another registry than Docker's is configured, Docker's is named.
Place::Place(sdk::Context& ctx)
    : name_space_(ctx.params().text("namespace")), repository_(ctx.params().text("repository")) {
  const auto is_dockers = ctx.host().flag_setting("kernel.registry.docker_hub");
  if (is_dockers && !*is_dockers) host_ = "registry-1.docker.io";
}

sdk::Request Place::tag_page(std::uint64_t number, std::uint64_t size) const {
  sdk::Request request;
  request.path = "/v2/namespaces/{namespace}/repositories/{repository}/tags";
  request.path_params = {{"namespace", name_space_}, {"repository", repository_}};
  request.query = {{"page", number}, {"page_size", size}};
  return request;
}

sdk::Request Place::tag(std::string_view method, std::string_view name) const {
  sdk::Request request;
  request.method = method;
  request.path = "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}";
  request.path_params = {{"namespace", name_space_}, {"repository", repository_}, {"tag", name}};
  return request;
}

sdk::Request Place::manifest(std::string_view method, std::string_view reference) const {
  sdk::Request request;
  request.method = method;
  request.surface = "registry";
  request.host = host_;
  request.path = "/v2/{repository}/manifests/{reference}";
  request.path_params = {{"repository", name()}, {"reference", reference}};
  request.headers = {{"Accept", kManifestTypes}};
  return request;
}

}  // namespace dockerhub::repos::cleanup
