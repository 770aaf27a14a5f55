// get_blob, check_blob, delete_blob.
#include <string>
#include <string_view>

#include "actions.hpp"
#include "base64.hpp"
#include "blob_pieces.hpp"
#include "dockerhub/sdk/utf8.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "target.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

bool is_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && sdk::valid_utf8(bytes) == bytes;
}

// JSON where the server says so, and where it cannot be anything else: storages behind a registry call
// everything octet-stream.
bool is_json(std::string_view bytes, std::string_view content_type) {
  const auto document = parse_json(bytes);
  if (!document) return false;
  return document->IsObject() || document->IsArray() ||
         content_type.find("json") != std::string_view::npos;
}

sdk::Json content(std::string_view bytes, std::string_view content_type) {
  if (is_json(bytes, content_type)) return sdk::Json::raw(bytes);
  if (is_text(bytes)) return sdk::Json(bytes);
  return {{"encoding", "base64"}, {"data", to_base64(bytes)}, {"size", bytes.size()}};
}

}  // namespace

sdk::Status get_blob(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto digest = digest_parameter(ctx);
  if (!digest) return digest.status();
  if (ctx.params().flag("pieces", false)) return give_pieces(*client, *digest);
  auto answer = client->send("GET", blobs(*digest));
  if (!answer) return answer.status();
  if (!answer->good()) return client->reject(*answer);
  Expectation expected{*digest, {}, static_cast<std::size_t>(ctx.params().integer("max_bytes"))};
  expected.limit_parameter = "max_bytes";
  const auto body = read_verified(ctx, *answer, expected);
  if (!body) return body.status();
  ctx.annotate("headers", answer->headers.shown());
  return ctx.answer(content(body->bytes, bare_media_type(answer->headers.find("content-type"))));
}

sdk::Status check_blob(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto digest = digest_parameter(ctx);
  if (!digest) return digest.status();
  auto head = client->send("HEAD", blobs(*digest));
  if (!head) return head.status();
  if (!head->good() && head->status_code != kNotFound) return client->reject(*head);
  annotate(ctx, head->status_code, head->headers);
  ctx.annotate("exists", head->good());
  return ctx.answer(nullptr);
}

sdk::Status delete_blob(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto digest = digest_parameter(ctx);
  if (!digest) return digest.status();
  auto answer = client->send("DELETE", blobs(*digest));
  if (!answer) return answer.status();
  // Many registries do not offer it: that is an answer, as "not there" is.
  if (!answer->good() && answer->status_code != kNotFound &&
      answer->status_code != kMethodNotAllowed)
    return client->reject(*answer);
  annotate(ctx, answer->status_code, answer->headers);
  ctx.annotate("deleted", answer->good());
  return ctx.answer(nullptr);
}

}  // namespace dockerhub::registry
