#include "encoding/digest.hpp"
#include "exchange/byte_range.hpp"
#include "registry/cdn_host.hpp"
#include "registry/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

Answer digest_invalid() {
  return registry_error(400, "DIGEST_INVALID", "the digest is not well-formed");
}

Answer blob_unknown(const std::string& digest) {
  return registry_error(404, "BLOB_UNKNOWN", "blob unknown to registry", digest);
}

}  // namespace

Answer get_blob(RegistryCall& call) {
  const std::string& digest = call.value("digest");
  if (!is_digest(digest)) return digest_invalid();
  const Repository* repository = call.repository();
  if (repository == nullptr) return name_unknown(call);
  const auto blob = repository->blobs.find(digest);
  if (blob == repository->blobs.end()) return blob_unknown(digest);
  if (call.world.settings.redirect_blobs)
    return empty_answer(307).set("Location", cdn_url(call.world, repository->name, digest));
  return answer_with_bytes(call.request, blob->second)
      .set("Content-Type", "application/octet-stream")
      .set("Docker-Content-Digest", digest)
      .set("ETag", '"' + digest + '"')
      .set("Cache-Control", "max-age=31536000");
}

Answer delete_blob(RegistryCall& call) {
  if (!call.world.settings.delete_blobs)
    return registry_error(405, "UNSUPPORTED", "The operation is unsupported.");
  const std::string& digest = call.value("digest");
  if (!is_digest(digest)) return digest_invalid();
  Repository* repository = call.repository();
  if (repository == nullptr) return name_unknown(call);
  return repository->blobs.erase(digest) > 0 ? empty_answer(202) : blob_unknown(digest);
}

}  // namespace dockerhub::sandbox
