#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/json.hpp"
#include "modules/manifest_rows.hpp"
#include "modules/trust.hpp"

namespace dockerhub {
namespace {

using Lines = std::vector<std::string>;
using Rows = std::map<std::string, const json::Value*>;

constexpr std::array<std::string_view, 4> kHeadTexts = {"version", "publisher", "title",
                                                        "description"};
// What of an action is shown in full, since a person or a model decides by it...
constexpr std::array<std::string_view, 5> kShown = {"effect", "summary", "description", "request",
                                                    "confirm"};
// ...and what is only said to differ.
constexpr std::array<std::string_view, 6> kNamed = {"parameters", "answer",     "input_schema",
                                                    "rest",       "idempotent", "dry_run"};

std::string shown(const json::Value& object, std::string_view key) {
  const json::Value* value = json::find(object, key);
  return value == nullptr ? "nothing" : visible(json::write(*value));
}

void compare_texts(const std::string& what, const json::Value& before, const json::Value& after,
                   std::string_view key, Lines& lines) {
  const std::string was = shown(before, key);
  const std::string is = shown(after, key);
  if (was != is) lines.push_back(what + std::string(key) + " changed from " + was + " to " + is);
}

void add_rows(const json::Value& owner, std::string_view list, const std::string& prefix,
              std::string_view key, Rows& rows) {
  const json::Value* found = json::find(owner, list);
  if (found == nullptr || !found->IsArray()) return;
  for (const json::Value& row : found->GetArray()) {
    rows.emplace(prefix + visible(json::text_of(row, key)), &row);
  }
}

Rows tools_of(const json::Value& manifest) {
  Rows tools;
  add_rows(manifest, "tools", "", "name", tools);
  return tools;
}

Rows actions_of(const json::Value& manifest) {
  Rows actions;
  for (const auto& [name, tool] : tools_of(manifest))
    add_rows(*tool, "actions", name + ".", "name", actions);
  return actions;
}

Rows destinations_of(const json::Value& manifest) {
  Rows destinations;
  add_rows(manifest, "destinations", "", "name", destinations);
  return destinations;
}

// Calls `both` for rows that both have, and writes a line for the others. key: what to show of a
// row that was added.
template <typename Both>
void compare_rows(const std::string& what, const Rows& before, const Rows& after,
                  std::string_view key, Lines& lines, const Both& both) {
  const auto named = [&](const std::string& name, const char* rest) {
    return std::string(what).append(" ").append(name).append(rest);
  };
  for (const auto& [name, row] : after) {
    const auto old = before.find(name);
    if (old == before.end()) {
      lines.push_back(named(name, " added: ") + shown(*row, key));
    } else {
      both(named(name, ": "), *old->second, *row);
    }
  }
  for (const auto& [name, row] : before) {
    if (after.count(name) == 0) lines.push_back(named(name, " removed"));
  }
}

void compare_actions(const json::Value& before, const json::Value& after, Lines& lines) {
  const auto differ = [&](const std::string& what, const json::Value& old, const json::Value& row) {
    for (const std::string_view key : kShown) compare_texts(what, old, row, key, lines);
    for (const std::string_view key : kNamed) {
      if (shown(old, key) != shown(row, key)) lines.push_back(what + std::string(key) + " changed");
    }
  };
  compare_rows("action", actions_of(before), actions_of(after), "effect", lines, differ);
}

void compare_tools(const json::Value& before, const json::Value& after, Lines& lines) {
  const auto differ = [&](const std::string& what, const json::Value& old, const json::Value& row) {
    compare_texts(what, old, row, "summary", lines);
    compare_texts(what, old, row, "description", lines);
  };
  compare_rows("tool", tools_of(before), tools_of(after), "summary", lines, differ);
}

void compare_destinations(const json::Value& before, const json::Value& after, Lines& lines) {
  const auto differ = [&](const std::string& what, const json::Value& old, const json::Value& row) {
    for (const std::string_view key : {"origin", "origin_setting", "secret"}) {
      compare_texts(what, old, row, key, lines);
    }
  };
  compare_rows("destination", destinations_of(before), destinations_of(after), "origin", lines,
               differ);
}

std::set<std::string> host_extensions(const json::Value& manifest) {
  std::set<std::string> ids;
  const json::Value* host = json::find(manifest, "host");
  if (host == nullptr) return ids;
  for (const char* key : {"required", "optional"}) {
    for (const std::string& id : owned_texts(*host, key)) ids.insert(visible(id));
  }
  return ids;
}

void compare_host_extensions(const json::Value& before, const json::Value& after, Lines& lines) {
  const std::set<std::string> old = host_extensions(before);
  for (const std::string& id : host_extensions(after)) {
    if (old.count(id) == 0) lines.push_back("host extension " + id + " added");
  }
}

}  // namespace

std::vector<std::string> manifest_changes(std::string_view old_text, std::string_view new_text) {
  const Result<json::Document> before = json::parse(old_text);
  const Result<json::Document> after = json::parse(new_text);
  if (!before || !after)
    return {"the manifest that was trusted cannot be read any more: look at all of it"};
  Lines lines;
  for (const std::string_view key : kHeadTexts) compare_texts("", *before, *after, key, lines);
  compare_host_extensions(*before, *after, lines);
  compare_destinations(*before, *after, lines);
  compare_tools(*before, *after, lines);
  compare_actions(*before, *after, lines);
  return lines;
}

}  // namespace dockerhub
