#include "modules/manifest.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include "dockerhub/abi.h"
#include "modules/action_rules.hpp"
#include "modules/known_text.hpp"
#include "modules/manifest_rows.hpp"
#include "modules/manifest_schema.hpp"
#include "modules/module_error.hpp"
#include "modules/reserved_names.hpp"

namespace dockerhub {
namespace {

using Problem = std::optional<std::string>;
using Features = std::vector<std::string>;

constexpr const char* kRequestFeature = "request/1";

struct AbiVersion {
  unsigned major = 0;
  unsigned minor = 0;
};

AbiVersion abi_version(const std::string& text) {
  AbiVersion version;
  const char* end = text.data() + text.size();
  const char* dot = std::from_chars(text.data(), end, version.major).ptr;
  if (dot != end) std::from_chars(dot + 1, end, version.minor);
  return version;
}

Result<void> check_abi(const std::string& text) {
  const AbiVersion needed = abi_version(text);
  if (needed.major == DH_ABI_MAJOR && needed.minor <= DH_ABI_MINOR) return {};
  return refuse_manifest("built for ABI " + visible(text) + ", this kernel has " +
                             std::to_string(DH_ABI_MAJOR) + "." + std::to_string(DH_ABI_MINOR),
                         "Install the module's build for this version of the kernel.");
}

Problem missing_feature(const Features& required, const Features& features) {
  for (const std::string& feature : required) {
    if (std::find(features.begin(), features.end(), feature) == features.end()) {
      return "requires the row feature " + feature + ", which this kernel does not have";
    }
  }
  return std::nullopt;
}

// How a text is read: by what the kernel can, and for a known one without looking at its rules again.
struct Reading {
  const Features& features;
  std::shared_ptr<const KnownText> known;  // null: it is new
};

// Constants are sent as texts: what is no scalar has no single form as one.
Problem misplaced_constant(const json::Value& request) {
  for (const char* where : {"query", "headers"}) {
    const json::Value* constants = json::find(request, where);
    if (constants == nullptr) continue;
    for (const auto& member : constants->GetObject()) {
      const json::Value& value = member.value;
      if (value.IsString() || value.IsNumber() || value.IsBool()) continue;
      return "request." + std::string(where) + ": `" + visible(json::view(member.name)) +
             "` must be a text, a number or a boolean";
    }
  }
  return std::nullopt;
}

Problem check_row(const json::Value& row, const std::string& at, const Reading& reading) {
  if (auto violation = action_violation(row, at)) return violation;
  Features required = owned_texts(row, "requires");
  if (const json::Value* request = json::find(row, "request")) {
    if (auto problem = misplaced_constant(*request)) return problem;
    required.emplace_back(kRequestFeature);
  }
  return missing_feature(required, reading.features);
}

// Into `accepted`, or the reason into the manifest.
void add_action(const json::Value& row, const std::string& at, const Reading& reading,
                const Tool& tool, std::vector<Action>& accepted, Manifest& manifest) {
  Problem problem = check_row(row, at, reading);
  if (!problem) {
    Action action = action_from(row);
    problem = broken_rule(action, manifest.destinations);
    if (!problem) accepted.push_back(std::move(action));
  }
  if (problem) {
    const std::string name = visible(json::text_of(row, "name"));
    manifest.refused_actions.push_back(tool.name + "." + name + ": " + *problem);
  }
}

Result<Tool> tool_from(const json::Value& row, std::size_t place, const Reading& reading,
                       Manifest& manifest) {
  Tool tool;
  tool.name = owned_text(row, "name");
  tool.title = owned_text(row, "title");
  tool.summary = owned_text(row, "summary");
  tool.description = owned_text(row, "description");
  tool.module = manifest.name;
  if (reading.known) {
    tool.actions = KnownText::actions(reading.known, place);
    return tool;
  }
  const json::Value& actions = *json::find(row, "actions");
  std::set<std::string_view> names;
  std::vector<Action> accepted;
  accepted.reserve(actions.Size());
  for (rapidjson::SizeType i = 0; i < actions.Size(); ++i) {
    // Which of two is meant cannot be known, so a repeated name refuses the whole module.
    if (!names.insert(json::text_of(actions[i], "name")).second) {
      return refuse_manifest("action name taken: tool " + tool.name + " has `" +
                                 visible(json::text_of(actions[i], "name")) + "` twice",
                             kAskAuthor);
    }
    const std::string at = "/tools/" + std::to_string(place) + "/actions/" + std::to_string(i);
    add_action(actions[i], at, reading, tool, accepted, manifest);
  }
  tool.actions = std::move(accepted);
  return tool;
}

Result<void> add_tools(const json::Value& document, const Reading& reading, Manifest& manifest) {
  const json::Value& rows = *json::find(document, "tools");
  std::set<std::string_view> names;
  for (rapidjson::SizeType i = 0; i < rows.Size(); ++i) {
    const std::string_view name = json::text_of(rows[i], "name");
    if (!names.insert(name).second) {
      return refuse_manifest("tool name taken: the manifest has `" + visible(name) + "` twice",
                             kAskAuthor);
    }
    if (is_reserved_name(name)) {
      return refuse_manifest("tool name reserved: `" + visible(name) + "` is the programs' own",
                             kAskAuthor);
    }
    Result<Tool> tool = tool_from(rows[i], i, reading, manifest);
    if (!tool) return Failure(tool.error());
    manifest.tools.push_back(std::move(*tool));
  }
  return {};
}

// Each row of a list of the document; nothing where the list is absent.
template <typename Take>
void for_each_row(const json::Value& document, std::string_view key, const Take& take) {
  const json::Value* rows = json::find(document, key);
  if (rows == nullptr) return;
  for (const json::Value& row : rows->GetArray()) take(row);
}

std::vector<ResourceInfo> resources_from(const json::Value& document, std::string_view key,
                                         std::string_view uri_key, const std::string& module) {
  std::vector<ResourceInfo> resources;
  for_each_row(document, key, [&](const json::Value& row) {
    resources.push_back({owned_text(row, uri_key), owned_text(row, "name"),
                         owned_text(row, "title"), owned_text(row, "description"),
                         owned_text(row, "media_type"), module});
  });
  return resources;
}

PromptInfo prompt_from(const json::Value& row, const std::string& module) {
  PromptInfo prompt{owned_text(row, "name"),
                    owned_text(row, "title"),
                    owned_text(row, "description"),
                    module,
                    {}};
  for_each_row(row, "arguments", [&](const json::Value& argument) {
    prompt.arguments.push_back({owned_text(argument, "name"), owned_text(argument, "description"),
                                json::flag_of(argument, "required")});
  });
  return prompt;
}

void set_head(const json::Value& document, Manifest& manifest) {
  manifest.name = owned_text(document, "name");
  manifest.version = owned_text(document, "version");
  manifest.title = owned_text(document, "title");
  manifest.description = owned_text(document, "description");
  manifest.publisher = owned_text(document, "publisher");
  manifest.license = owned_text(document, "license");
  manifest.abi = owned_text(document, "abi");
  if (const json::Value* host = json::find(document, "host")) {
    manifest.host_required = owned_texts(*host, "required");
    manifest.host_optional = owned_texts(*host, "optional");
  }
  manifest.extensions = owned_texts(document, "extensions");
  manifest.requires_features = owned_texts(document, "requires");
  if (const json::Value* toggle = json::find(document, "toggle")) {
    manifest.toggles = owned_texts(*toggle, "aliases");
    manifest.toggles.insert(manifest.toggles.begin(), owned_text(*toggle, "variable"));
  }
}

void set_lists(const json::Value& document, Manifest& manifest) {
  for_each_row(document, "settings",
               [&](const json::Value& row) { manifest.settings.push_back(setting_from(row)); });
  for_each_row(document, "destinations", [&](const json::Value& row) {
    manifest.destinations.push_back(destination_from(row));
  });
  manifest.resources = resources_from(document, "resources", "uri", manifest.name);
  manifest.resource_templates =
      resources_from(document, "resource_templates", "uri_template", manifest.name);
  for_each_row(document, "prompts", [&](const json::Value& row) {
    manifest.prompts.push_back(prompt_from(row, manifest.name));
  });
}

template <typename Rows, typename Name>
Problem repeated_name(const char* what, const Rows& rows, const Name& name) {
  std::set<std::string> names;
  for (const auto& row : rows) {
    if (!names.insert(name(row)).second)
      return std::string(what) + " `" + visible(name(row)) + "` is there twice";
  }
  return std::nullopt;
}

Problem check_unique(const Manifest& manifest) {
  const auto name = [](const auto& row) { return row.name; };
  const auto uri = [](const ResourceInfo& row) { return row.uri; };
  if (auto problem =
          repeated_name("setting", manifest.settings, [](const auto& row) { return row.key; })) {
    return problem;
  }
  if (auto problem = repeated_name("destination", manifest.destinations, name)) return problem;
  if (auto problem = repeated_name("resource", manifest.resources, uri)) return problem;
  if (auto problem = repeated_name("resource template", manifest.resource_templates, uri))
    return problem;
  return repeated_name("prompt", manifest.prompts, name);
}

const ModuleSetting* find_setting(const Manifest& manifest, const std::string& key) {
  const auto found = std::find_if(manifest.settings.begin(), manifest.settings.end(),
                                  [&](const ModuleSetting& setting) { return setting.key == key; });
  return found == manifest.settings.end() ? nullptr : &*found;
}

Problem check_destination(const Manifest& manifest, const Destination& destination) {
  const std::string where = "destination `" + destination.name + "`: ";
  if (is_kernel_surface(destination.name)) return where + "that name is a surface of the kernel";
  if (!destination.origin_setting.empty() &&
      find_setting(manifest, destination.origin_setting) == nullptr) {
    return where + "no setting `" + destination.origin_setting + "`";
  }
  if (destination.secret_setting.empty()) return std::nullopt;
  const ModuleSetting* secret = find_setting(manifest, destination.secret_setting);
  if (secret == nullptr || !secret->secret) {
    return where + "no secret setting `" + destination.secret_setting + "`";
  }
  if ((destination.secret_as == "header") == destination.secret_header.empty()) {
    return where + "`header` goes with `as`: header, and only with it";
  }
  return std::nullopt;
}

Problem check_module(const Manifest& manifest, const Features& features) {
  if (auto problem = missing_feature(manifest.requires_features, features)) return problem;
  if (auto problem = check_unique(manifest)) return problem;
  for (const Destination& destination : manifest.destinations) {
    if (auto problem = check_destination(manifest, destination)) return problem;
  }
  return std::nullopt;
}

Result<json::Document> checked_document(std::string_view text) {
  if (text.size() > DH_MANIFEST_MAX) {
    return refuse_manifest("manifest too large: " + std::to_string(text.size()) +
                               " bytes, at most " + std::to_string(DH_MANIFEST_MAX) + " are read",
                           "Shorten its texts.");
  }
  Result<json::Document> document = json::parse(text);
  if (!document) return refuse_manifest("manifest: " + document.error().message, kAskAuthor);
  if (auto violation = manifest_violation(*document)) {
    return refuse_manifest("manifest against its schema: " + *violation, kAskAuthor);
  }
  if (auto twice = repeated_key(*document))
    return refuse_manifest("manifest: " + *twice, kAskAuthor);
  return document;
}

Result<Manifest> manifest_from(const json::Document& document, const Reading& reading) {
  Manifest manifest;
  set_head(document, manifest);
  if (auto checked = check_abi(manifest.abi); !checked) return Failure(checked.error());
  set_lists(document, manifest);
  if (auto problem = check_module(manifest, reading.features)) {
    return refuse_manifest("manifest: " + *problem, kAskAuthor);
  }
  if (auto added = add_tools(document, reading, manifest); !added) return Failure(added.error());
  return manifest;
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text, const std::vector<std::string>& features) {
  const Result<json::Document> document = checked_document(text);
  if (!document) return Failure(document.error());
  return manifest_from(*document, {features, nullptr});
}

Result<Manifest> parse_known_manifest(std::shared_ptr<const KnownText> known,
                                      const std::vector<std::string>& features) {
  const json::Document& outline = known->outline();
  return manifest_from(outline, {features, std::move(known)});
}

}  // namespace dockerhub
