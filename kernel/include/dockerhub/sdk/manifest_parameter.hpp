// Parameters and requests as the manifest states them (manifest-1.schema.json: parameter, request),
// with the place of each parameter on the wire worked out. Compile time.
#pragma once

#include <string_view>

#include "dockerhub/sdk/manifest_json.hpp"
#include "dockerhub/sdk/parameter.hpp"
#include "dockerhub/sdk/request.hpp"

namespace dockerhub::sdk {

// True when the template names {placeholder}.
constexpr bool names_placeholder(std::string_view path_template, std::string_view placeholder) {
  for (std::size_t at = 0; at < path_template.size(); ++at) {
    if (path_template[at] != '{') continue;
    const auto rest = path_template.substr(at + 1);
    if (rest.size() > placeholder.size() && rest[placeholder.size()] == '}' &&
        rest.substr(0, placeholder.size()) == placeholder) {
      return true;
    }
  }
  return false;
}

constexpr std::string_view wire_name(const Parameter& row) {
  return row.wire_name.empty() ? row.name : row.wire_name;
}

constexpr std::string_view wire_place(const RequestRow& request, const Parameter& row) {
  constexpr std::array<std::string_view, 6> kNames = {"",      "none", "path",
                                                      "query", "body", "header"};
  if (row.place != Place::automatic) return kNames[static_cast<std::size_t>(row.place)];
  if (row.name == request.host_parameter || row.type == Type::store) return "none";
  if (names_placeholder(request.path.view(), wire_name(row))) return "path";
  const bool in_query =
      request.method == "GET" || request.method == "HEAD" || request.method == "DELETE";
  return in_query ? "query" : "body";
}

template <typename Sink>
constexpr void write_bounds(ManifestWriter<Sink>& json, const Parameter& row) {
  json.member("minimum", row.minimum);
  json.member("maximum", row.maximum);
  json.count("min_length", row.min_length);
  json.count("max_length", row.max_length);
  json.count("min_items", row.min_items);
  json.count("max_items", row.max_items);
  json.member("pattern", row.regular_expression);
  json.member("format", row.text_format);
  if (row.type == Type::array) json.member("items", type_name(row.item_type));
}

// request: of a request row, else nullptr.
template <typename Sink>
constexpr void write_parameter(ManifestWriter<Sink>& json, const Parameter& row,
                               const RequestRow* request) {
  json.begin_object();
  json.member("name", row.name);
  json.member("type", type_name(row.type));
  json.member("description", row.description);
  json.member("required", row.is_required);
  json.member("secret", row.is_secret);
  json.member("default", row.initial);
  json.member("example", row.sample);
  json.list("aliases", row.aliases);
  json.list("choices", row.allowed);
  write_bounds(json, row);
  if (request != nullptr) {
    json.key("wire");
    json.begin_object();
    json.member("in", wire_place(*request, row));
    if (wire_name(row) != row.name) json.member("name", wire_name(row));
    if (row.is_also_in_body) json.member("also_in", "body");
    json.end_object();
  }
  json.end_object();
}

template <typename Sink, typename Pairs>
constexpr void write_pairs(ManifestWriter<Sink>& json, std::string_view name, const Pairs& pairs) {
  if (pairs.empty()) return;
  json.key(name);
  json.begin_object();
  for (const NameAndValue& pair : pairs) {
    json.key(pair.name);
    json.text(pair.value);
  }
  json.end_object();
}

template <typename Sink>
constexpr void write_request(ManifestWriter<Sink>& json, const RequestRow& request) {
  json.key("request");
  json.begin_object();
  json.member("surface", request.surface);
  json.member("host", request.host_parameter);
  json.member("method", request.method);
  json.member("path", request.path.view());
  json.member("credential", request.credential);
  json.member("safe_query", request.is_safe_query);
  write_pairs(json, "query", request.query_constants);
  write_pairs(json, "headers", request.header_constants);
  json.member("accept", request.accepted);
  json.member("media_type", request.body_type);
  json.member("expect", request.expectation);
  if (!request.paging_style.empty()) {
    json.key("paging");
    json.begin_object();
    json.member("style", request.paging_style);
    json.member("items", request.paging_items);
    json.end_object();
  }
  json.end_object();
}

}  // namespace dockerhub::sdk
