// start_upload, upload_chunk, complete_upload, mount_blob, upload_status, cancel_upload: the requests of an
// upload one by one. push does them all, and goes on where they break.
#include <string>

#include "actions.hpp"
#include "base64.hpp"
#include "hub/composed.hpp"
#include "media_type.hpp"
#include "status_codes.hpp"
#include "target.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

RequestParts upload_parts(const Client& client, std::string_view method) {
  RequestParts parts{method, uploads()};
  parts.scope = push_scope(client.image());
  return parts;
}

// Status and headers tell everything.
sdk::Status tell(sdk::Context& ctx, const Received& answer) {
  annotate(ctx, answer.status_code, answer.headers);
  return ctx.answer(nullptr);
}

sdk::Status tell_good(Client& client, sdk::Reply<Received> answer) {
  if (!answer) return answer.status();
  if (!answer->good()) return client.reject(*answer);
  return tell(client.context(), *answer);
}

// A parameter that is text, or the same with "_base64" that is bytes in base64.
sdk::Reply<std::string> content_parameter(sdk::Context& ctx, const char* name,
                                          const char* encoded_name) {
  if (!ctx.params().has(encoded_name)) return std::string(ctx.params().text(name, ""));
  auto bytes = from_base64(ctx.params().text(encoded_name));
  if (bytes) return *std::move(bytes);
  return refuse_parameter(ctx, encoded_name, "is no base64",
                          "Encode the bytes as RFC 4648 says, with padding.");
}

// "START-END", as the specification has it; "bytes START-END/*" is what Docker's examples show.
std::string content_range(std::string_view given) {
  constexpr std::string_view kUnit = "bytes ";
  if (given.substr(0, kUnit.size()) == kUnit) given.remove_prefix(kUnit.size());
  return std::string(given.substr(0, given.find('/')));
}

// The upload that `location` or `uuid` names.
sdk::Reply<Received> send_to_upload(Client& client, std::string_view method) {
  sdk::Context& ctx = client.context();
  RequestParts parts = upload_parts(client, method);
  if (ctx.params().has("location")) return client.send_to(ctx.params().text("location"), parts);
  parts.endpoint = upload(std::string(ctx.params().text("uuid")));
  return client.send(parts);
}

}  // namespace

sdk::Status start_upload(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  return tell_good(*client, client->send(upload_parts(*client, "POST")));
}

sdk::Status upload_chunk(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto chunk = content_parameter(ctx, "chunk", "chunk_base64");
  if (!chunk) return chunk.status();
  RequestParts parts = upload_parts(*client, "PATCH");
  parts.media_type = kOctetStream;
  parts.body = *chunk;
  if (ctx.params().has("content_range")) {
    parts.extra_header = "Content-Range";
    parts.extra_value = content_range(ctx.params().text("content_range"));
  }
  return tell_good(*client, client->send_to(ctx.params().text("location"), parts));
}

sdk::Status complete_upload(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto digest = digest_parameter(ctx);
  if (!digest) return digest.status();
  const auto chunk = content_parameter(ctx, "final_chunk", "final_chunk_base64");
  if (!chunk) return chunk.status();
  RequestParts parts = upload_parts(*client, "PUT");
  parts.media_type = kOctetStream;
  parts.body = *chunk;
  parts.query = {{"digest", digest->text()}};
  auto answer = client->send_to(ctx.params().text("location"), parts);
  if (!answer) return answer.status();
  if (!answer->good()) return client->reject(*answer);
  if (const sdk::Status same = check_stored(ctx, *answer, *digest); !same) return same;
  return tell(ctx, *answer);
}

sdk::Status mount_blob(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto digest = digest_parameter(ctx);
  if (!digest) return digest.status();
  const auto source = from_repository(*client);
  if (!source) return source.status();
  RequestParts parts = upload_parts(*client, "POST");
  parts.query = {{"mount", digest->text()}, {"from", *source}};
  parts.scope += hub::composed(" repository:{}:pull", {*source});
  auto answer = client->send(parts);
  if (!answer) return answer.status();
  if (!answer->good()) return client->reject(*answer);
  annotate(ctx, answer->status_code, answer->headers);
  return ctx.answer({{"mounted", answer->status_code == kCreated}});
}

sdk::Status upload_status(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  return tell_good(*client, send_to_upload(*client, "GET"));
}

sdk::Status cancel_upload(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  return tell_good(*client, send_to_upload(*client, "DELETE"));
}

}  // namespace dockerhub::registry
