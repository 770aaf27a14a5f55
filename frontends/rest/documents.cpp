#include "documents.hpp"

#include <utility>

#include "dockerhub/yaml.hpp"
#include "openapi.hpp"
#include "server/hex.hpp"

namespace dockerhub::rest {
namespace {

constexpr std::size_t kDocumentTagBytes = 32;

std::shared_ptr<const Documents::Text> with_tag(std::string body) {
  std::string tag = '"' + server::sha256_hex(body, kDocumentTagBytes) + '"';
  return std::make_shared<const Documents::Text>(Documents::Text{std::move(body), std::move(tag)});
}

}  // namespace

Documents::Now Documents::now() {
  const std::lock_guard lock(mutex_);
  auto catalogue = kernel_.catalogue();
  if (now_.catalogue && now_.catalogue->version == catalogue->version) return now_;
  now_.routes = std::make_shared<const Routes>(*catalogue);
  now_.catalogue = std::move(catalogue);
  return now_;
}

// With the lock of what is made.
std::shared_ptr<const Documents::Text> Documents::json_now() {
  const Now present = now();
  if (json_ && made_of_ == present.catalogue) return json_;
  json_ = with_tag(openapi_document(*present.catalogue, *present.routes, most_));
  yaml_.reset();
  made_of_ = present.catalogue;
  return json_;
}

std::shared_ptr<const Documents::Text> Documents::openapi_json() {
  const std::lock_guard lock(making_);
  return json_now();
}

Result<std::shared_ptr<const Documents::Text>> Documents::openapi_yaml() {
  const std::lock_guard lock(making_);
  const auto json = json_now();
  if (yaml_) return yaml_;
  Result<std::string> text = yaml_of_json(json->body);
  if (!text) return Failure(text.error());
  yaml_ = with_tag(std::move(*text));
  return yaml_;
}

}  // namespace dockerhub::rest
