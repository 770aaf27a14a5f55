#include <utility>

#include "encoding/digest.hpp"
#include "encoding/query.hpp"
#include "registry/access.hpp"
#include "registry/cut_request.hpp"
#include "registry/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

Answer upload_unknown() {
  return registry_error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
}

// 0-0 also where nothing has come yet: what registries send.
std::string range_of(const Upload& upload) {
  return "0-" + std::to_string(upload.bytes.empty() ? 0 : upload.bytes.size() - 1);
}

Answer progress(const RegistryCall& call, int status, const Upload& upload,
                const std::string& name) {
  const std::string path = "/v2/" + upload.repository + "/blobs/uploads/" + name +
                           "?_state=" + std::to_string(upload.state);
  Answer answer = empty_answer(status);
  answer.set("Location", location(call, path));
  answer.set("Range", range_of(upload));
  answer.set("Docker-Upload-UUID", name);
  return answer;
}

Answer stored(const RegistryCall& call, const std::string& digest) {
  return empty_answer(201)
      .set("Location", location(call, "/v2/" + call.value("repository") + "/blobs/" + digest))
      .set("Docker-Content-Digest", digest);
}

Answer digest_invalid(std::string_view why) {
  return registry_error(400, "DIGEST_INVALID", "provided digest did not match uploaded content",
                        why);
}

std::optional<Answer> refuse_size(const RegistryCall& call, std::size_t size) {
  const std::int64_t most = call.world.settings.most_blob;
  if (most == 0 || static_cast<std::int64_t>(size) <= most) return std::nullopt;
  return registry_error(413, "SIZE_INVALID", "the blob has more than most_blob bytes",
                        JsonText::object({{"most_blob", most}}));
}

Answer store_single_post(RegistryCall& call, const std::string& digest) {
  if (!is_digest(digest)) return digest_invalid("digest parsing failed");
  if (auto refusal = refuse_size(call, call.request.body.size())) return *std::move(refusal);
  if (!digest_fits(digest, call.request.body)) return digest_invalid("it is another one");
  call.store.get_or_add(call.value("repository")).blobs[digest] = Body(call.request.body);
  return stored(call, digest);
}

// nullopt: it cannot be mounted, so an upload begins instead.
std::optional<Answer> mount(RegistryCall& call, const std::string& digest,
                            const std::string& from) {
  const Repository* source = call.store.find(from);
  if (source == nullptr) return std::nullopt;
  const auto blob = source->blobs.find(digest);
  if (blob == source->blobs.end()) return std::nullopt;
  const Body bytes = blob->second;
  call.store.get_or_add(call.value("repository")).blobs[digest] = bytes;
  return stored(call, digest);
}

struct ChunkRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// "0-99", or "bytes 0-99/*" as some clients write it.
std::optional<ChunkRange> read_content_range(std::string_view header) {
  if (header.starts_with("bytes ")) header.remove_prefix(6);
  header = header.substr(0, header.find('/'));
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = to_number(header.substr(0, dash));
  const auto last = to_number(header.substr(dash + 1));
  if (!first || !last) return std::nullopt;
  return ChunkRange{*first, *last};
}

// The refusal of a chunk that is not the next one.
std::optional<Answer> refuse_range(const RegistryCall& call, const Upload& upload,
                                   const std::string& name) {
  const auto header = call.request.header("Content-Range");
  if (!header) return std::nullopt;
  const std::optional<ChunkRange> range = read_content_range(*header);
  const auto size = static_cast<std::int64_t>(call.request.body.size());
  if (!range || (!is_cut(call.request) && range->last - range->first + 1 != size))
    return registry_error(400, "SIZE_INVALID", "Content-Range is not that of the body");
  if (range->first != static_cast<std::int64_t>(upload.bytes.size()))
    return progress(call, 416, upload, name);
  return std::nullopt;
}

// Appends the body; the answer where it does not fit on to what is there.
std::optional<Answer> append(const RegistryCall& call, Upload& upload, const std::string& name) {
  if (auto refusal = refuse_range(call, upload, name)) return refusal;
  const std::string& body = call.request.body;
  if (auto refusal = refuse_size(call, upload.bytes.size() + body.size())) return refusal;
  upload.bytes += body;
  ++upload.state;
  return std::nullopt;
}

Upload* find_upload(const RegistryCall& call) {
  return call.store.upload(call.value("repository"), call.value("upload"));
}

}  // namespace

Answer begin_upload(RegistryCall& call) {
  const Query query(call.request.query);
  const std::string& repository = call.value("repository");
  if (const auto digest = query.value("mount")) {
    const std::string from = query.text("from");
    const std::vector<Scope> needed = {{"repository", repository, {"pull", "push"}},
                                       {"repository", from, {"pull"}}};
    if (!from.empty()) {
      if (std::optional<Answer> refusal = refuse_access(call, needed)) return *std::move(refusal);
    }
    if (std::optional<Answer> mounted = mount(call, *digest, from)) return *std::move(mounted);
  }
  const auto digest = query.value("digest");
  if (digest && call.world.settings.single_post) return store_single_post(call, *digest);

  const std::string name = call.store.begin_upload(
      repository, static_cast<std::size_t>(call.world.settings.most_uploads));
  Answer answer = progress(call, 202, *call.store.upload(repository, name), name);
  if (call.world.settings.chunk_min_length > 0)
    answer.set("OCI-Chunk-Min-Length", std::to_string(call.world.settings.chunk_min_length));
  return answer;
}

Answer upload_chunk(RegistryCall& call) {
  Upload* upload = find_upload(call);
  if (upload == nullptr) return upload_unknown();
  const std::string& name = call.value("upload");
  if (upload->last_chunk)
    return registry_error(400, "BLOB_UPLOAD_INVALID",
                          "the chunk before was shorter than OCI-Chunk-Min-Length");
  if (std::optional<Answer> refusal = append(call, *upload, name)) return *std::move(refusal);
  const auto size = static_cast<std::int64_t>(call.request.body.size());
  upload->last_chunk = !is_cut(call.request) && size < call.world.settings.chunk_min_length;
  return progress(call, 202, *upload, name);
}

Answer complete_upload(RegistryCall& call) {
  Upload* upload = find_upload(call);
  if (upload == nullptr) return upload_unknown();
  const std::string digest = Query(call.request.query).text("digest");
  if (!is_digest(digest))
    return digest_invalid(digest.empty() ? "digest missing" : "digest parsing failed");
  const std::string name = call.value("upload");
  if (std::optional<Answer> refusal = append(call, *upload, name)) return *std::move(refusal);
  std::string bytes = std::move(upload->bytes);
  call.store.end_upload(name);
  if (!digest_fits(digest, bytes)) return digest_invalid("it is another one");
  call.store.get_or_add(call.value("repository")).blobs[digest] = Body(std::move(bytes));
  return stored(call, digest);
}

Answer upload_status(RegistryCall& call) {
  const Upload* upload = find_upload(call);
  if (upload == nullptr) return upload_unknown();
  return progress(call, 204, *upload, call.value("upload"));
}

Answer cancel_upload(RegistryCall& call) {
  if (find_upload(call) == nullptr) return upload_unknown();
  call.store.end_upload(call.value("upload"));
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
