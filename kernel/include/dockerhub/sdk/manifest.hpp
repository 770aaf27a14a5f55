// The manifest of a module, made from its rows at compile time. Rows is the type that
// DOCKERHUB_MODULE makes: Rows::visit(f) calls f(module, row...) with all rows in their order.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>

#include "dockerhub/abi.h"
#include "dockerhub/sdk/manifest_action.hpp"
#include "dockerhub/sdk/manifest_json.hpp"
#include "dockerhub/sdk/module.hpp"

namespace dockerhub::sdk {

// Kinds of rows.
template <typename Row>
inline constexpr bool kIsAction = false;
template <typename Work>
inline constexpr bool kIsAction<Action<Work>> = true;
template <typename Row>
inline constexpr bool kIsRequestAction = std::same_as<Row, Action<RequestRow>>;
template <typename Row>
inline constexpr bool kIsResource = false;
template <typename Work>
inline constexpr bool kIsResource<Resource<Work>> = true;
template <typename Row>
inline constexpr bool kIsPrompt = false;
template <typename Work>
inline constexpr bool kIsPrompt<Prompt<Work>> = true;
template <typename Row>
inline constexpr bool kIsCompletion = false;
template <typename Work>
inline constexpr bool kIsCompletion<Completion<Work>> = true;
template <typename Row>
inline constexpr bool kIsHealth = false;
template <typename Work>
inline constexpr bool kIsHealth<Health<Work>> = true;

template <typename... Row>
inline constexpr bool kHasRequests = (kIsRequestAction<Row> || ...);
template <typename... Row>
inline constexpr bool kHasHandlers = ((kIsAction<Row> && !kIsRequestAction<Row>) || ...);

template <typename Sink>
constexpr void write_abi(ManifestWriter<Sink>& json) {
  constexpr std::array<char, 2> kMinor = {'0' + DH_ABI_MINOR / 10, '0' + DH_ABI_MINOR % 10};
  static_assert(DH_ABI_MAJOR < 10 && DH_ABI_MINOR < 100);
  const std::array<char, 4> text = {'0' + DH_ABI_MAJOR, '.', kMinor[0], kMinor[1]};
  const std::array<char, 3> brief = {'0' + DH_ABI_MAJOR, '.', kMinor[1]};
  json.member("abi", DH_ABI_MINOR < 10 ? std::string_view(brief.data(), brief.size())
                                       : std::string_view(text.data(), text.size()));
}

template <typename... Row, typename Sink>
constexpr void write_extensions(ManifestWriter<Sink>& json, const Module& row) {
  json.key("host");
  json.begin_object();
  json.key("required");
  json.begin_array();
  json.text(DH_CALL_1);
  for (const std::string_view id : row.needed) json.text(id);
  json.end_array();
  json.list("optional", row.used);
  json.end_object();

  Texts<5> own;
  if (kHasHandlers<Row...>) own.add(DH_TOOLS_1);
  if ((kIsResource<Row> || ...)) own.add(DH_RESOURCES_1);
  if ((kIsPrompt<Row> || ...)) own.add(DH_PROMPTS_1);
  if ((kIsCompletion<Row> || ...)) own.add(DH_COMPLETE_1);
  if ((kIsHealth<Row> || ...)) own.add(DH_HEALTH_1);
  json.list("extensions", own);

  Texts<17> features;
  if (kHasRequests<Row...>) features.add("request/1");
  for (const std::string_view id : row.row_features) features.add(id);
  json.list("requires", features);
}

template <typename... Row, typename Sink>
constexpr void write_module(ManifestWriter<Sink>& json, const Module& row) {
  json.key("manifest");
  json.integer(1);
  json.member("name", row.name);
  json.member("version", row.version);
  json.member("title", row.title_text);
  json.member("description", row.description);
  json.member("publisher", row.publisher_name);
  json.member("license", row.license_name);
  write_abi(json);
  write_extensions<Row...>(json, row);
  if (row.toggle_variable.empty()) return;
  json.key("toggle");
  json.begin_object();
  json.member("variable", row.toggle_variable);
  json.list("aliases", row.toggle_aliases);
  json.end_object();
}

template <typename Sink>
constexpr void write_row(ManifestWriter<Sink>& json, const Setting& row) {
  json.begin_object();
  json.member("key", row.key);
  json.member("type", row.type);
  json.member("default", row.initial);
  json.member("variable", row.environment);
  json.member("secret", row.is_secret);
  json.member("description", row.description);
  json.end_object();
}

template <typename Sink>
constexpr void write_row(ManifestWriter<Sink>& json, const Destination& row) {
  json.begin_object();
  json.member("name", row.name);
  json.member("origin", row.origin);
  json.member("origin_setting", row.origin_key);
  if (!row.secret_key.empty()) {
    json.key("secret");
    json.begin_object();
    json.member("setting", row.secret_key);
    json.member("as", row.secret_as);
    json.member("header", row.secret_header);
    json.end_object();
  }
  json.end_object();
}

template <typename Sink, typename Work>
constexpr void write_row(ManifestWriter<Sink>& json, const Resource<Work>& row) {
  json.begin_object();
  json.member(row.is_template ? "uri_template" : "uri", row.uri);
  json.member("name", row.name);
  json.member("title", row.title_text);
  json.member("description", row.description);
  json.member("media_type", row.media_type);
  json.end_object();
}

template <typename Sink, typename Work>
constexpr void write_row(ManifestWriter<Sink>& json, const Prompt<Work>& row) {
  json.begin_object();
  json.member("name", row.name);
  json.member("title", row.title_text);
  json.member("description", row.description);
  if (row.arguments.size() != 0) {
    json.key("arguments");
    json.begin_array();
    for (const Argument& argument : row.arguments) {
      json.begin_object();
      json.member("name", argument.name);
      json.member("description", argument.description);
      json.member("required", argument.is_required);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

// One list of the manifest: the rows of which `belongs(row)` is true, under `key` if there are any.
template <typename Sink, typename Belongs, typename... Row>
constexpr void write_section(ManifestWriter<Sink>& json, std::string_view key, Belongs belongs,
                             const Row&... rows) {
  if (!(belongs(rows) || ...)) return;
  json.key(key);
  json.begin_array();
  const auto one = [&](const auto& row) {
    if constexpr (requires { write_row(json, row); }) {
      if (belongs(row)) write_row(json, row);
    }
  };
  (one(rows), ...);
  json.end_array();
}

// Actions stand in the tool before them.
template <typename Sink>
class ToolSection {
 public:
  constexpr ToolSection(ManifestWriter<Sink>& json, const Module& module_row)
      : json_(json), module_(module_row) {}

  constexpr void add(const Tool& row) {
    close();
    open(row);
  }
  template <typename Work>
  constexpr void add(const Action<Work>& row) {
    if (!open_) {
      open(Tool{module_.name, {}, module_.title_text, module_.description});
    }
    write_action(json_, row);
  }
  template <typename Row>
  constexpr void add(const Row&) {}
  constexpr void close() {
    if (!open_) return;
    json_.end_array();
    json_.end_object();
    open_ = false;
  }

 private:
  constexpr void open(const Tool& row) {
    json_.begin_object();
    json_.member("name", row.name);
    json_.member("title", row.title_text);
    json_.member("summary", row.summary);
    json_.member("description", row.description);
    json_.key("actions");
    json_.begin_array();
    open_ = true;
  }
  ManifestWriter<Sink>& json_;
  const Module& module_;
  bool open_ = false;
};

template <typename Sink, typename... Row>
constexpr void write_manifest(Sink& sink, const Module& module_row, const Row&... rows) {
  ManifestWriter<Sink> json(sink);
  json.begin_object();
  write_module<Row...>(json, module_row);
  const auto is_setting = []<typename T>(const T&) { return std::same_as<T, Setting>; };
  const auto is_destination = []<typename T>(const T&) { return std::same_as<T, Destination>; };
  const auto is_prompt = []<typename T>(const T&) { return kIsPrompt<T>; };
  const auto is_resource = []<typename T>(const T& row) {
    if constexpr (kIsResource<T>) return !row.is_template;
    return false;
  };
  const auto is_template = []<typename T>(const T& row) {
    if constexpr (kIsResource<T>) return row.is_template;
    return false;
  };
  write_section(json, "settings", is_setting, rows...);
  write_section(json, "destinations", is_destination, rows...);
  json.key("tools");
  json.begin_array();
  ToolSection<Sink> tools(json, module_row);
  (tools.add(rows), ...);
  tools.close();
  json.end_array();
  write_section(json, "resources", is_resource, rows...);
  write_section(json, "resource_templates", is_template, rows...);
  write_section(json, "prompts", is_prompt, rows...);
  json.end_object();
}

template <typename Rows>
consteval std::size_t manifest_size() {
  return Rows::visit([](const Module& module_row, const auto&... rows) {
    CountingSink sink;
    write_manifest(sink, module_row, rows...);
    return sink.size();
  });
}

// The manifest of these rows, without a terminating zero.
template <typename Rows>
consteval auto manifest() {
  constexpr std::size_t kSize = manifest_size<Rows>();
  static_assert(kSize <= DH_MANIFEST_MAX, "a manifest has at most DH_MANIFEST_MAX bytes");
  return Rows::visit([](const Module& module_row, const auto&... rows) {
    StoringSink<kSize> sink;
    write_manifest(sink, module_row, rows...);
    return sink.text();
  });
}

}  // namespace dockerhub::sdk
