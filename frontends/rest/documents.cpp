#include "documents.hpp"

#include "openapi.hpp"

namespace dockerhub::rest {

Documents::Now Documents::now() {
  auto catalogue = kernel_.catalogue();
  if (now_.catalogue && now_.catalogue->version == catalogue->version) return now_;
  now_.routes = std::make_shared<const Routes>(*catalogue);
  now_.catalogue = std::move(catalogue);
  json_.clear();
  yaml_.clear();
  return now_;
}

const std::string& Documents::openapi_json() {
  const Now present = now();
  if (json_.empty()) json_ = openapi_document(*present.catalogue, *present.routes, most_);
  return json_;
}

const std::string& Documents::openapi_yaml() {
  const std::string& json = openapi_json();
  if (yaml_.empty()) yaml_ = yaml_of(json);
  return yaml_;
}

}  // namespace dockerhub::rest
