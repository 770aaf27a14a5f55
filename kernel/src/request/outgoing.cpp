#include "request/outgoing.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "request/effect_rule.hpp"
#include "request/forbidden_headers.hpp"
#include "request/registry_scope.hpp"

namespace dockerhub {
namespace {

Failure mistake(const RunningCall& call, std::string message) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "module of '" + std::string(call.tool()) + "', '" + std::string(call.action()) +
                  "': " + std::move(message);
  error.hint = "This is a mistake in the module: report it to its publisher.";
  return Failure(std::move(error));
}

std::string session_key(const http::Url& url) {
  return url.origin.text() + url.path;
}

// Blobs and manifests that a repository has, by digest or tag (OCI Distribution 1.1, end-2 and end-3). Registries
// differ in the paths of their sessions.
bool names_content(std::string_view path) {
  constexpr std::string_view kBlobs = "/blobs/";
  const std::size_t blob = path.rfind(kBlobs);
  const bool is_blob = blob != std::string_view::npos &&
                       path.find_first_of(":%", blob + kBlobs.size()) != std::string_view::npos &&
                       path.find('/', blob + kBlobs.size()) == std::string_view::npos;
  return is_blob || path.find("/manifests/") != std::string_view::npos;
}

// The path as the surface sees it.
std::string_view without_prefix(const http::Url& base, std::string_view path) {
  const std::string_view prefix =
      std::string_view(base.path).substr(0, base.path.find_last_not_of('/') + 1);
  return path.rfind(prefix, 0) == 0 ? path.substr(prefix.size()) : path;
}

Result<http::Headers> headers_of(const RunningCall& call, const Outgoing& outgoing) {
  http::Headers headers;
  for (const auto& [name, value] : outgoing.headers) {
    if (!is_allowed_header(name, value)) {
      return mistake(call, "it may not send the header '" + visible(name) + "' with this value");
    }
    headers.add(name, value);
  }
  if (!outgoing.media_type.empty()) headers.set("Content-Type", outgoing.media_type);
  if (!headers.find("Accept")) headers.set("Accept", "application/json");
  return headers;
}

constexpr std::array<std::string_view, 6> kMethods = {"GET", "HEAD",  "POST",
                                                      "PUT", "PATCH", "DELETE"};

Result<SurfaceRequest> surface_request(const RunningCall& call, const Outgoing& outgoing,
                                       std::string_view scope) {
  if (std::find(kMethods.begin(), kMethods.end(), outgoing.method) == kMethods.end()) {
    return mistake(call, "'" + visible(outgoing.method) + "' is no method that may be sent");
  }
  SurfaceRequest request;
  request.name = outgoing.surface;
  request.host = outgoing.host;
  request.scope = scope;
  request.module = outgoing.module;
  request.anonymous = outgoing.credential != CredentialMode::surface;
  return request;
}

// Registries count what reads manifests, and nothing else, as pulls (registry rate limits of Docker Hub).
std::string budget_of(std::string_view surface, std::string_view path) {
  const bool pulls = surface == "registry" && path.find("/manifests/") != std::string_view::npos;
  return pulls ? "pull" : "";
}

// All of the request but its URL.
Result<Prepared> with_surface(RunningCall& call, const Outgoing& outgoing, std::string_view path) {
  const std::string derived = outgoing.scope.empty() && outgoing.surface == "registry"
                                  ? registry_scope(outgoing.method, path)
                                  : outgoing.scope;
  auto wanted = surface_request(call, outgoing, derived);
  if (!wanted) return Failure(std::move(wanted.error()));
  auto surface = call.services().surfaces->find(*wanted, control_of(call));
  if (!surface) return Failure(std::move(surface.error()));
  auto headers = headers_of(call, outgoing);
  if (!headers) return Failure(std::move(headers.error()));
  Prepared prepared{{}, std::move(*surface)};
  prepared.request.method = outgoing.method;
  prepared.request.headers = std::move(*headers);
  prepared.request.body = outgoing.body;
  prepared.request.body_size = outgoing.body_size;
  prepared.request.timeout = outgoing.timeout;
  // What a registry gives is known by its digest, and a layer's own compression is part of it.
  prepared.request.accepts_gzip = outgoing.surface != "registry" && outgoing.method != "HEAD";
  prepared.request.traceparent = call.frame().request.trace.traceparent;
  prepared.request.tracestate = call.frame().request.trace.tracestate;
  prepared.request.authorizer = prepared.surface.authorizer;
  prepared.request.request_id = call.frame().view.request_id;
  prepared.request.api = prepared.surface.api;
  prepared.request.account = prepared.surface.account;
  prepared.request.budget = budget_of(outgoing.surface, path);
  // What a lost answer of an upload left behind is not known: its status has to be asked for.
  prepared.request.retry = outgoing.method != "PATCH" || outgoing.surface != "registry";
  return prepared;
}

Result<std::string> path_of(const RunningCall& call, const Outgoing& outgoing) {
  auto path = http::expand_path(outgoing.path, outgoing.path_values);
  if (!path && path.error().kind == ErrorKind::module_fault)
    return mistake(call, path.error().message);
  return path;
}

void append_constants(const Outgoing& outgoing, std::string& query) {
  for (const auto& [name, value] : outgoing.query) http::append_query(query, name, value);
}

// Dots are resolved by servers in their own ways: a path that holds them is not a prefix of anything.
bool has_dot_segment(std::string_view path) {
  const std::string padded = std::string(path) + "/";
  return padded.find("/./") != std::string::npos || padded.find("/../") != std::string::npos ||
         padded.find("%2e") != std::string::npos || padded.find("%2E") != std::string::npos;
}

Failure foreign_url(std::string_view why) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "the URL is refused: " + std::string(why);
  error.hint = "Give the URL as the server gave it.";
  return Failure(std::move(error));
}

Error not_allowed(const RunningCall& call, const Outgoing& outgoing, Effect needed) {
  Error error;
  error.kind = ErrorKind::forbidden;
  error.message = "'" + std::string(call.tool()) + " " + std::string(call.action()) +
                  "' is an action of effect " + std::string(effect_name(call.effect())) +
                  " and may not send " + outgoing.method + " " + visible(outgoing.path) +
                  ", which is " + std::string(effect_name(needed));
  error.hint = "This is a mistake in the module: report it to its publisher. Nothing was sent.";
  return error;
}

}  // namespace

http::Control control_of(const RunningCall& call) {
  return {call.frame().deadline, call.stop_token()};
}

Result<Prepared> prepare(RunningCall& call, const Outgoing& outgoing) {
  const auto path = path_of(call, outgoing);
  if (!path) return Failure(path.error());
  auto prepared = with_surface(call, outgoing, *path);
  if (!prepared) return prepared;
  prepared->request.url = prepared->surface.base;
  prepared->request.url.path = http::path_below(prepared->surface.base, *path);
  append_constants(outgoing, prepared->request.url.query);
  return prepared;
}

Result<Prepared> prepare_url(RunningCall& call, const Outgoing& outgoing, std::string_view url) {
  const auto prefix = path_of(call, outgoing);
  if (!prefix) return Failure(prefix.error());
  auto prepared = with_surface(call, outgoing, *prefix);
  if (!prepared) return prepared;
  auto target = http::resolve(prepared->surface.base, url);
  if (!target) return Failure(std::move(target.error()));
  if (target->origin != prepared->surface.base.origin) {
    return foreign_url("it leads to " + visible(target->origin.text()) + ", not to " +
                       prepared->surface.base.origin.text());
  }
  if (has_dot_segment(target->path) ||
      target->path.rfind(http::path_below(prepared->surface.base, *prefix), 0) != 0) {
    return foreign_url("its path does not begin with " + visible(*prefix));
  }
  append_constants(outgoing, target->query);
  prepared->request.url = std::move(*target);
  return prepared;
}

Result<Prepared> prepare_follow(RunningCall& call, const Outgoing& outgoing,
                                const http::Response& answered, const Surface& surface,
                                std::string_view url) {
  auto target = http::resolve(answered.url, url);
  if (!target) return Failure(std::move(target.error()));
  auto prepared = with_surface(call, outgoing, without_prefix(surface.base, target->path));
  if (!prepared) return prepared;
  const bool own_credential = target->origin == prepared->surface.base.origin;
  prepared->surface.base = surface.base;
  if (!own_credential || answered.url.origin != target->origin) {
    prepared->surface.authorizer = nullptr;
    prepared->request.authorizer = nullptr;
    prepared->request.came_from = http::Request::Referrer{answered.url.origin, answered.is_private};
  }
  append_constants(outgoing, target->query);
  prepared->request.url = std::move(*target);
  return prepared;
}

Result<Permission> permit(RunningCall& call, const Outgoing& outgoing, const Prepared& prepared) {
  const http::Request& request = prepared.request;
  const std::string& path = request.url.path;
  const Effect needed =
      effect_of({request.method, without_prefix(prepared.surface.base, path), request.body,
                 prepared.surface.is_hub, outgoing.safe_query,
                 call.traffic().upload_sessions.count(session_key(request.url)) > 0,
                 outgoing.body_size != 0, outgoing.surface == "scout"});
  if (needed == Effect::read) return Permission::send;
  if (needed > call.effect()) return Failure(not_allowed(call, outgoing, needed));
  return call.dry_run() ? Permission::record : Permission::send;
}

Result<std::unique_ptr<http::Exchange>> open(RunningCall& call, Prepared& prepared) {
  if (prepared.request.method != "GET" && prepared.request.method != "HEAD")
    call.conversation().act();
  return call.services().surfaces->client().open(std::move(prepared.request), control_of(call));
}

void note_answer(RunningCall& call, const Surface& surface, const http::Response& response) {
  RunningCall::Traffic& traffic = call.traffic();
  traffic.rate_limit = http::rate_limit_of(response.headers, std::chrono::system_clock::now());
  if (!traffic.rate_limit) {
    traffic.rate_limit =
        call.services().surfaces->client().limits().last(surface.api, surface.account);
  }
}

void note_upload_session(RunningCall& call, const http::Request& request,
                         const http::Response& response) {
  constexpr std::string_view kUploads = "/blobs/uploads/";
  constexpr int kAccepted = 202;
  constexpr int kNoContent = 204;
  std::set<std::string>& sessions = call.traffic().upload_sessions;
  const std::string& path = response.url.path;
  const bool opened = request.method == "POST" && path.size() >= kUploads.size() &&
                      path.compare(path.size() - kUploads.size(), kUploads.size(), kUploads) == 0;
  if (!opened && sessions.count(session_key(response.url)) == 0) return;
  // 201 tells where the blob is, which may have been there before.
  if (response.status_code != kAccepted && response.status_code != kNoContent) return;
  const auto location = response.headers.find("Location");
  if (!location) return;
  const auto session = http::resolve(response.url, *location);
  if (session && !names_content(session->path)) sessions.insert(session_key(*session));
}

std::string describe_request(const Prepared& prepared) {
  const http::Request& request = prepared.request;
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("method");
  json::put(writer, request.method);
  writer.Key("url");
  json::put(writer, request.url.text());
  writer.Key("headers");
  writer.StartObject();
  for (const auto& [name, value] : request.headers.fields()) {
    json::put_key(writer, name);
    json::put(writer, value);
  }
  writer.EndObject();
  if (!request.body.empty()) {
    writer.Key("body");
    if (json::is_valid(request.body)) {
      json::put_raw(writer, request.body);
    } else {
      json::put(writer, visible(request.body));
    }
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace dockerhub
