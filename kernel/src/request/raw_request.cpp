#include "request/raw_request.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/pattern.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "http/link.hpp"
#include "http/url.hpp"
#include "request/effect_rule.hpp"
#include "request/forbidden_headers.hpp"

namespace dockerhub {
namespace {

constexpr std::array<RawSurface, 4> kRawSurfaces{{{"hub", "page", "results"},
                                                  {"scim", "start_index", "resources"},
                                                  {"registry", "link", "tags"},
                                                  {"scout", "", ""}}};

constexpr std::array<std::string_view, 6> kRawMethods = {"GET", "HEAD",  "POST",
                                                         "PUT", "PATCH", "DELETE"};

struct RefusedRoute {
  std::string_view method;
  const char* path;  // PCRE over the encoded path
  std::string_view use;
};

// Their answers hold a token. Masked it would be lost, and shown it would be in every log that the answer is in.
constexpr auto kRefusedRoutes = std::to_array<RefusedRoute>({
    {"POST", "/v2/users/(?:login|2fa-login)(?:[/;].*)?",
     "The log-in is made by itself, with the configured credential."},
    {"POST", "/v2/auth/token(?:[/;].*)?",
     "The log-in is made by itself, with the configured credential."},
    {"POST", "/v2/access-tokens(?:[/;].*)?",
     "Use `hub_auth create_pat`, whose answer can go to a file or program."},
    {"POST", "/v2/orgs/[^/]+/access-tokens(?:[/;].*)?",
     "Use `hub_auth create_oat`, whose answer can go to a file or program."},
});

Failure refused_request(ErrorKind kind, const char* parameter, std::string message,
                        std::string hint) {
  Error error;
  error.kind = kind;
  error.parameter = parameter;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure bad_path(std::string_view path) {
  return refused_request(ErrorKind::parameter, "path",
                         "'" + visible(path) + "' is no path that can be sent",
                         "Write it from the first slash on, without host, '.', '..' and '//', like "
                         "/v2/namespaces/library/repositories?page_size=5.");
}

// Consent, policy and trail see JSON, which holds nothing but UTF-8.
Result<void> check_encoding(const RawRequest& raw) {
  const auto given =
      std::to_array<std::pair<const char*, std::string_view>>({{"path", raw.path},
                                                               {"host", raw.host},
                                                               {"accept", raw.accept},
                                                               {"media_type", raw.media_type},
                                                               {"items_key", raw.items_key}});
  for (const auto& [parameter, text] : given) {
    if (valid_utf8(text) == text) continue;
    return refused_request(ErrorKind::parameter, parameter, "'" + visible(text) + "' is no UTF-8",
                           "Write other bytes of a path or query percent-encoded, like %FF.");
  }
  return {};
}

Result<void> check_types(const RawRequest& raw) {
  struct Type {
    const char *parameter, *header;
    std::string_view value;
  };
  const auto types = std::to_array<Type>(
      {{"accept", "Accept", raw.accept}, {"media_type", "Content-Type", raw.media_type}});
  for (const Type& type : types) {
    if (is_allowed_header(type.header, type.value)) continue;
    return refused_request(ErrorKind::parameter, type.parameter,
                           "'" + visible(type.value) + "' cannot be sent as " + type.header,
                           "Write a media type without control characters, like text/plain.");
  }
  return {};
}

const RawSurface* find_raw_surface(std::string_view name) {
  const auto row = std::find_if(kRawSurfaces.begin(), kRawSurfaces.end(),
                                [&](const RawSurface& known) { return known.name == name; });
  return row == kRawSurfaces.end() ? nullptr : &*row;
}

bool is_plain_segment(std::string_view segment) {
  return std::all_of(segment.begin(), segment.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') ||
           std::string_view("-._~!$&'()*+,;=:@").find(letter) != std::string_view::npos;
  });
}

// A template whose values are the segments that have to be encoded, so that one function makes all paths. A slash
// inside a segment could make the route another one to a server that decodes it.
Result<void> take_path(std::string_view path, Outgoing& outgoing) {
  std::string_view rest = path.substr(0, path.find('?'));
  if (rest.empty() || rest.front() != '/' || path.find('#') != std::string_view::npos)
    return bad_path(path);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(segment.size());
    outgoing.path += '/';
    if (is_plain_segment(segment)) {
      outgoing.path += segment;
      continue;
    }
    const auto decoded = http::percent_decoded(segment);
    if (!decoded || decoded->find_first_of("/\\") != std::string::npos) return bad_path(path);
    const std::string name = "s" + std::to_string(outgoing.path_values.size());
    outgoing.path += "{" + name + "}";
    outgoing.path_values[name] = {*decoded, false};
  }
  return {};
}

Result<void> take_body(const RawRequest& raw, Outgoing& outgoing) {
  if (raw.body.empty()) return {};
  if (raw.method == "GET" || raw.method == "HEAD")
    return refused_request(ErrorKind::parameter, "body", "a " + raw.method + " has no body",
                           "Leave the body out, or put what it says into the query.");
  const bool is_json = raw.media_type.empty() || raw.media_type.find("json") != std::string::npos;
  if (is_json && !json::is_valid(raw.body))
    return refused_request(ErrorKind::parameter, "body", "the body is no JSON",
                           "Mend it, or name the type that it has.");
  outgoing.body = raw.body;
  outgoing.media_type = raw.media_type.empty() ? "application/json" : raw.media_type;
  return {};
}

// In a query as forms write it a plus is a blank; sent it is encoded, and would be a plus.
void take_query(std::string_view path, Outgoing& outgoing) {
  const std::size_t mark = path.find('?');
  if (mark == std::string_view::npos) return;
  std::string query(path.substr(mark + 1));
  std::replace(query.begin(), query.end(), '+', ' ');
  outgoing.query = http::query_pairs(query);
}

Result<void> check_route(std::string_view method, std::string_view path) {
  const std::string plain = http::with_plain_letters(path);
  for (const RefusedRoute& route : kRefusedRoutes) {
    if (route.method != method || !matches(route.path, plain)) continue;
    return refused_request(
        ErrorKind::forbidden, "path",
        std::string(method) + " " + visible(path) + " answers a secret and is not sent this way",
        std::string(route.use));
  }
  return {};
}

Result<std::string> paging_of(const RawRequest& raw, const RawSurface& surface) {
  if (raw.method != "GET" || surface.paging.empty())
    return refused_request(ErrorKind::unsupported, "all_pages",
                           "only a GET to hub, scim or registry has pages",
                           "Leave `all_pages` and `max_items` out.");
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  json::put_filled(writer, "style", std::string(surface.paging));
  json::put_filled(writer, "items",
                   raw.items_key.empty() ? std::string(surface.items_key) : raw.items_key);
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize());
}

// A consent is bound to these: of a body that does not stand here, by its digest.
std::string params_of(const RawRequest& raw, const Outgoing& outgoing) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  json::put_filled(writer, "api", raw.surface);
  json::put_filled(writer, "host", raw.host);
  json::put_filled(writer, "method", raw.method);
  json::put_filled(writer, "path", raw.path);
  json::put_filled(writer, "media_type", outgoing.media_type);
  if (json::is_valid(outgoing.body)) {
    writer.Key("body");
    json::put_raw(writer, outgoing.body);
  } else if (!outgoing.body.empty()) {
    json::put_filled(writer, "body_sha256", sha256_hex(outgoing.body));
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

// A registry's POST, PUT and PATCH make tags point elsewhere, and no action with a text of its own says so here.
Effect effect_of_raw(const Outgoing& outgoing, std::string_view path) {
  const bool reads = outgoing.method == "GET" || outgoing.method == "HEAD";
  if (outgoing.surface == "registry" && !reads) return Effect::destructive;
  RequestFacts facts;
  facts.method = outgoing.method;
  facts.path = path;
  facts.body = outgoing.body;
  facts.hub = outgoing.surface == "hub" || outgoing.surface == "scim";
  facts.scout = outgoing.surface == "scout";
  return effect_of(facts);
}

std::string confirm_text_of(const RawCall& call) {
  const Outgoing& outgoing = call.outgoing;
  std::string text = "Send {method} {path} to the API {api}";
  if (!outgoing.host.empty()) text += " of {host}";
  text += " with all that it does";
  if (outgoing.body.empty()) return text;
  return text + (json::is_valid(outgoing.body) ? ": {body}" : ", and a body of type {media_type}");
}

Action row_of(const RawRequest& raw, const RawCall& call, std::string paging) {
  Action row;
  row.name = "request";
  row.effect = call.effect;
  row.confirm_text = confirm_text_of(call);
  row.confirm_target = "{path}";
  row.request.emplace();
  row.request->surface = raw.surface;
  row.request->method = raw.method;
  row.request->path = call.outgoing.path;
  if (!paging.empty()) {
    row.answer.kind = "items";
    row.answer.items_key = raw.items_key.empty()
                               ? std::string(find_raw_surface(raw.surface)->items_key)
                               : raw.items_key;
    row.request->paging_json = std::move(paging);
  }
  return row;
}

}  // namespace

std::span<const RawSurface> raw_surfaces() {
  return kRawSurfaces;
}

Result<RawCall> raw_call(const RawRequest& raw, const CallOptions& options) {
  const RawSurface* surface = find_raw_surface(raw.surface);
  if (surface == nullptr)
    return refused_request(ErrorKind::parameter, "api",
                           "there is no API '" + visible(raw.surface) + "'",
                           "Use hub, scim, registry or scout.");
  if (std::find(kRawMethods.begin(), kRawMethods.end(), raw.method) == kRawMethods.end())
    return refused_request(ErrorKind::parameter, "method",
                           "'" + visible(raw.method) + "' is no method that may be sent",
                           "Use GET, HEAD, POST, PUT, PATCH or DELETE.");
  RawCall call;
  call.outgoing.surface = raw.surface;
  call.outgoing.host = raw.host;
  call.outgoing.method = raw.method;
  if (auto good = check_encoding(raw); !good) return Failure(good.error());
  if (auto good = check_types(raw); !good) return Failure(good.error());
  if (!raw.accept.empty()) call.outgoing.headers.emplace_back("Accept", raw.accept);
  if (auto good = take_path(raw.path, call.outgoing); !good) return Failure(good.error());
  if (auto good = take_body(raw, call.outgoing); !good) return Failure(good.error());
  take_query(raw.path, call.outgoing);
  const auto path = http::expand_path(call.outgoing.path, call.outgoing.path_values);
  if (!path) return bad_path(raw.path);
  if (auto good = check_route(raw.method, *path); !good) return Failure(good.error());
  std::string paging;
  if (options.all_pages || options.max_items) {
    auto found = paging_of(raw, *surface);
    if (!found) return Failure(found.error());
    paging = std::move(*found);
  }
  call.params = params_of(raw, call.outgoing);
  if (!json::is_valid(call.params))
    return refused_request(ErrorKind::parameter, "body", "the body is nested too deeply",
                           "Send it with fewer levels.");
  call.effect = effect_of_raw(call.outgoing, *path);
  call.tool.name = "api";
  call.tool.actions = std::vector<Action>{row_of(raw, call, std::move(paging))};
  return call;
}

}  // namespace dockerhub
