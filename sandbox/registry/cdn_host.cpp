#include "registry/cdn_host.hpp"

#include "encoding/digest.hpp"
#include "encoding/query.hpp"
#include "exchange/byte_range.hpp"
#include "exchange/routes.hpp"

namespace dockerhub::sandbox {
namespace {

std::string signature(const World& world, const std::string& repository,
                      const std::string& digest) {
  return hmac_sha256_hex(world.key.key_pem(), repository + '@' + digest);
}

const Body* find_blob(const World& world, const PathValues& values) {
  for (const Store* store : {&world.store, &world.second_store}) {
    const Repository* repository = store->find(values.find("repository")->second);
    if (repository == nullptr) continue;
    const auto blob = repository->blobs.find(values.find("digest")->second);
    if (blob != repository->blobs.end()) return &blob->second;
  }
  return nullptr;
}

}  // namespace

std::string cdn_url(const World& world, const std::string& repository, const std::string& digest) {
  return world.url("cdn") + "/blobs/" + repository + '/' + percent_encode(digest) +
         "/data?verify=" + signature(world, repository, digest);
}

Answer answer_cdn_request(World& world, const Request& request) {
  if (request.method != "GET" && request.method != "HEAD")
    return text_answer(405, "Method not allowed\n").set("Allow", "GET, HEAD");
  const auto values = match_path("/blobs/{repository...}/{digest}/data", request.path);
  if (!values) return text_answer(404, "not found\n");
  if (request.header("Authorization"))
    return text_answer(400, "only one way of authorization may be used: the URL is signed\n");
  const std::string wanted =
      signature(world, values->find("repository")->second, values->find("digest")->second);
  if (Query(request.query).text("verify") != wanted)
    return text_answer(403, "the signature does not fit\n");
  const Body* blob = find_blob(world, *values);
  if (blob == nullptr) return text_answer(404, "not found\n");
  return answer_with_bytes(request, *blob).set("Content-Type", "application/octet-stream");
}

}  // namespace dockerhub::sandbox
