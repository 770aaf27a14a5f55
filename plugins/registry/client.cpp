#include "client.hpp"

#include <array>
#include <utility>

#include "hub/composed.hpp"
#include "json_text.hpp"
#include "registry_words.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostManifest = 4 * 1024 * 1024;

std::string path_of(const ImageName& image, const Endpoint& endpoint) {
  std::string path = hub::composed("/v2/{}/", {image.repository});
  const std::size_t open = endpoint.path.find('{');
  return path.append(endpoint.path.substr(0, open)).append(endpoint.value);
}

std::string template_of(const RequestParts& parts) {
  return "/v2/{repository}/" + std::string(parts.endpoint.path);
}

sdk::Json headers_of(const RequestParts& parts) {
  sdk::Json headers = sdk::Json::raw("{}");
  if (!parts.accept.empty()) headers = {{"Accept", parts.accept}};
  if (parts.extra_header.empty()) return headers;
  return with(headers, {{parts.extra_header, parts.extra_value}});
}

// Lends `path` and the texts of both.
sdk::Request request_of(const ImageName& image, const RequestParts& parts,
                        const std::string& path) {
  // A blob of any size may take its time as long as bytes move: pauses are bounded by the kernel.
  constexpr std::int64_t kMostTransfer = std::int64_t{24} * 60 * 60 * 1000;
  sdk::Request request;
  request.method = parts.method;
  request.surface = "registry";
  request.host = image.host;
  request.path = path;
  request.path_params = sdk::Json{{"repository", image.repository}};
  if (!parts.endpoint.placeholder.empty()) {
    request.path_params =
        with(request.path_params, {{parts.endpoint.placeholder, parts.endpoint.value}});
  }
  if (parts.query.text() != "null") request.query = parts.query;
  request.headers = headers_of(parts);
  request.media_type = parts.media_type;
  request.body = parts.body;
  request.body_size = parts.body_size;
  request.scope = parts.scope;
  if (parts.is_transfer) request.timeout_ms = kMostTransfer;
  return request;
}

bool reads_manifest(const RequestParts& parts) {
  constexpr std::string_view kManifests = "manifests/";
  return parts.method == "GET" && parts.endpoint.path.starts_with(kManifests);
}

struct Hint {
  std::string_view method, path;  // of the request; empty: any
  int status_code;
  std::string_view text;
};
constexpr std::array<Hint, 12> kHints = {{
    {"DELETE", "", 403,
     "Docker Hub refuses while a tag or an index still refers to the manifest: delete those first. "
     "Elsewhere the account may not delete here."},
    {"DELETE", "", 405,
     "This registry does not delete manifests: it may be switched off, or reserved to its "
     "operator."},
    {"DELETE", "", 404, "There is no such manifest; it may have been deleted already."},
    {"PUT", "/manifests/", 404,
     "The repository, or something that the manifest names, is not there: push its blobs and "
     "manifests first."},
    {"PUT", "/manifests/", 400,
     "The registry does not take the manifest: what it names has to be there before it, and "
     "media_type has to be the one that it states."},
    {"PUT", "/manifests/", 413, "The registry takes no manifest of that size."},
    {"", "/blobs/uploads/", 404,
     "There is no such upload, or no such repository: an upload ends with its completion, with an "
     "error, or after a time. Begin anew with hub_registry start_upload."},
    {"", "/manifests/", 404,
     "Check the name of the repository and the tag or digest; hub_registry list_tags shows the "
     "tags."},
    {"", "/blobs/", 404,
     "Check the name of the repository and the digest; hub_registry get_manifest shows the digests "
     "of an image."},
    {"", "/tags/", 404, "Check the name of the repository; one that is private may also look so."},
    {"", "/referrers/", 400, "The registry takes no digest of this algorithm."},
    {"", "", 405, "This registry does not offer that operation."},
}};

std::string_view hint_for(std::string_view request, int status_code) {
  for (const Hint& hint : kHints) {
    if (hint.status_code == status_code && request.starts_with(hint.method) &&
        request.find(hint.path) != std::string_view::npos) {
      return hint.text;
    }
  }
  return {};
}

}  // namespace

Endpoint manifests(const Reference& reference) {
  return {"manifests/{reference}", "reference", reference.text()};
}
Endpoint blobs(const DigestName& digest) {
  return {"blobs/{digest}", "digest", digest.text()};
}
Endpoint tags() {
  return {"tags/list", {}, {}};
}
Endpoint referrers(const DigestName& digest) {
  return {"referrers/{digest}", "digest", digest.text()};
}

Endpoint uploads() {
  return {"blobs/uploads/", {}, {}};
}

Endpoint upload(std::string uuid) {
  return {"blobs/uploads/{uuid}", "uuid", std::move(uuid)};
}

RequestParts::RequestParts(std::string_view verb, Endpoint to, std::string_view wanted)
    : method(verb), endpoint(std::move(to)), accept(wanted) {}

Client Client::beside(ImageName image) const {
  return {ctx_, std::move(image), warnings_, counts_};
}

sdk::Reply<sdk::Exchange> Client::open(const RequestParts& parts) {
  auto exchange = ctx_.http().open(request_of(image_, parts, template_of(parts)));
  if (exchange) ++counts_->requests;
  return exchange;
}

sdk::Reply<sdk::Exchange> Client::open_at(Received& answer, std::string_view location,
                                          const RequestParts& parts) {
  auto exchange = answer.exchange.follow(request_of(image_, parts, template_of(parts)), location);
  if (exchange) ++counts_->requests;
  return exchange;
}

sdk::Reply<sdk::Exchange> Client::open_to(std::string_view location, const RequestParts& parts) {
  return ctx_.http().open_url(request_of(image_, parts, template_of(parts)), location);
}

sdk::Reply<Received> Client::send_to(std::string_view location, const RequestParts& parts) {
  auto exchange = open_to(location, parts);
  if (!exchange) return exchange.status();
  ++counts_->requests;
  return finish(*std::move(exchange), parts);
}

sdk::Reply<Received> Client::received(sdk::Exchange&& exchange, std::string request) {
  const auto response = exchange.finish();
  if (!response) return response.status();
  Received received{std::move(exchange), response->status_code, response->content_length,
                    Headers(response->headers), std::move(request)};
  tell_warnings(received.headers);
  return received;
}

sdk::Reply<Received> Client::finish(sdk::Exchange&& exchange, const RequestParts& parts) {
  auto answer = received(std::move(exchange),
                         hub::composed("{} {}", {parts.method, path_of(image_, parts.endpoint)}));
  if (answer && answer->good() && image_.is_dockers && reads_manifest(parts)) ++counts_->pulls;
  return answer;
}

sdk::Reply<Received> Client::send(const RequestParts& parts) {
  auto exchange = open(parts);
  if (!exchange) return exchange.status();
  return finish(*std::move(exchange), parts);
}

sdk::Reply<Received> Client::send(std::string_view method, Endpoint endpoint,
                                  std::string_view accept, const sdk::Json& query) {
  RequestParts parts(method, std::move(endpoint), accept);
  parts.query = query;
  return send(parts);
}

sdk::Reply<Received> Client::follow(Received& page, std::string_view target,
                                    std::string_view accept) {
  sdk::Request request;
  request.surface = "registry";
  request.host = image_.host;
  request.headers = sdk::Json{{"Accept", accept}};
  auto exchange = page.exchange.follow(request, target);
  if (!exchange) return exchange.status();
  ++counts_->requests;
  return received(*std::move(exchange), page.request);
}

void Client::tell_warnings(const Headers& headers) {
  for (const std::string_view header : headers.all("warning")) {
    const auto text = warning_text(header);
    if (text && warnings_->is_new(*text))
      ctx_.warn(hub::composed("The registry says: {}", {*text}));
  }
}

sdk::Status Client::reject(Received& answer) {
  return answer.exchange.reject(hint_for(answer.request, answer.status_code));
}

std::string Client::refusal(Received& answer) {
  constexpr std::size_t kMostError = 64 * 1024;
  std::string told = hub::composed("HTTP {} for {}", {answer.status_code, answer.request});
  const auto body = text(answer, kMostError);
  const std::string words = body ? registry_words(*body) : std::string();
  if (!words.empty()) told.append(": ").append(words);
  const std::string_view hint = hint_for(answer.request, answer.status_code);
  if (!hint.empty()) told.append(". ").append(hint);
  return told;
}

sdk::Reply<std::string> Client::text(Received& answer, std::size_t most) {
  return read_text(ctx_, answer, most);
}

sdk::Reply<ReadManifest> Client::manifest(const Reference& reference,
                                          std::optional<std::uint64_t> size,
                                          std::string_view accept) {
  auto answer = send("GET", manifests(reference), accept);
  if (!answer) return answer.status();
  return read_manifest(*std::move(answer), reference, size);
}

sdk::Reply<ReadManifest> Client::read_manifest(Received answer, const Reference& reference,
                                               std::optional<std::uint64_t> size) {
  if (!answer.good()) return reject(answer);
  const std::string_view content_type = answer.headers.find("content-type");
  if (manifest_kind(bare_media_type(content_type)) == ManifestKind::schema1)
    return fail(ctx_, refuse_schema1().value());
  Expectation expected{reference.digest(), size, kMostManifest};
  // The manifest of a tag has no other name to be compared with.
  expected.announced = DigestName::parse(answer.headers.find("docker-content-digest"));
  auto body = read_verified(ctx_, answer, expected);
  if (!body) return body.status();
  auto manifest = parse_manifest(body->bytes, content_type);
  if (!manifest) {
    manifest.error()->request = answer.request;
    return fail(ctx_, manifest.error());
  }
  return ReadManifest{*std::move(manifest), *std::move(body), std::move(answer.headers)};
}

sdk::Reply<Verified> Client::blob(const DigestName& digest, std::optional<std::uint64_t> size,
                                  std::size_t most) {
  auto answer = send("GET", blobs(digest));
  if (!answer) return answer.status();
  return read_blob(*answer, digest, size, most);
}

sdk::Reply<Verified> Client::read_blob(Received& answer, const DigestName& digest,
                                       std::optional<std::uint64_t> size, std::size_t most) {
  if (!answer.good()) return reject(answer);
  return read_verified(ctx_, answer, {digest, size, most});
}

sdk::Reply<DigestName> Client::digest_of(const Received& head, const Reference& reference) {
  const auto announced = DigestName::parse(head.headers.find("docker-content-digest"));
  const bool is_other = announced && reference.digest() &&
                        announced->algorithm() == reference.digest()->algorithm() &&
                        !(announced == reference.digest());
  if (is_other) return refuse_mismatch(ctx_, *reference.digest(), announced->text(), head.request);
  if (reference.digest()) return *reference.digest();
  if (announced) return *announced;
  const auto read = manifest(reference);
  if (!read) return read.status();
  if (auto computed = DigestName::parse(read->body.digest)) return *computed;
  return sdk::Status(DH_E_INVALID);
}

std::string push_scope(const ImageName& image) {
  return hub::composed("repository:{}:pull,push", {image.repository});
}

ConfiguredRegistry configured_registry(const sdk::Host& host) {
  ConfiguredRegistry configured;
  if (auto name = host.text_setting("kernel.registry.host")) configured.host = *std::move(name);
  if (const auto dockers = host.flag_setting("kernel.registry.docker_hub"))
    configured.is_dockers = *dockers;
  return configured;
}

}  // namespace dockerhub::registry
