#include "protected_resource.hpp"

#include "json.hpp"
#include "scopes.hpp"

namespace dockerhub::server {
namespace {

void put_texts(json::Writer& writer, std::string_view key, const std::vector<std::string>& texts) {
  json::put_key(writer, key);
  writer.StartArray();
  for (const std::string& text : texts) json::put(writer, text);
  writer.EndArray();
}

}  // namespace

ProtectedResource::ProtectedResource(const TokenSettings& settings, std::string_view path) {
  if (settings.base_url.empty()) return;
  const std::string resource = settings.base_url + std::string(path);
  const std::size_t host = resource.find("://") + 3;
  const std::size_t end = resource.find('/', host);
  path_ = resource.substr(end);
  parameter_ = ", resource_metadata=\"" + resource.substr(0, end);
  parameter_ += kMetadataPath;
  parameter_ += path_ + '"';
  std::vector<std::string> scopes = settings.required_scopes;
  for (std::string& scope : scopes_for(Effect::destructive)) scopes.push_back(std::move(scope));
  document_ = json::object([&](json::Writer& writer) {
    json::put_member(writer, "resource", resource);
    put_texts(writer, "authorization_servers", settings.servers);
    put_texts(writer, "scopes_supported", scopes);
    put_texts(writer, "bearer_methods_supported", {"header"});
  });
}

const std::string* ProtectedResource::document(std::string_view suffix) const {
  const bool there = !document_.empty() && (suffix.empty() || suffix == path_);
  return there ? &document_ : nullptr;
}

}  // namespace dockerhub::server
