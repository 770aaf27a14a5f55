#include "modules/known_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "modules/manifest_rows.hpp"

namespace dockerhub {
namespace {

// It was read before, by the same reader.
json::Document document_of(std::string_view text) {
  return json::parse(text).value_or(json::Document());
}

// What short_form_line() wants to know of an action, and of a parameter.
constexpr std::array<std::string_view, 5> kOfAction = {"name", "summary", "effect", "short",
                                                       "parameters"};
constexpr std::array<std::string_view, 2> kOfParameter = {"name", "required"};

template <std::size_t count>
void keep_members(json::Value& object, const std::array<std::string_view, count>& kept,
                  json::Document::AllocatorType& memory) {
  json::Value rest(rapidjson::kObjectType);
  for (const std::string_view name : kept) {
    if (const json::Value* value = json::find(object, name))
      rest.AddMember(json::Value(json::ref(name)), json::Value(*value, memory), memory);
  }
  object = std::move(rest);
}

bool is_positional(const json::Value& short_form, const json::Value& parameter) {
  const json::Value* names = json::find(short_form, "positionals");
  const json::Value* name = json::find(parameter, "name");
  return names != nullptr && name != nullptr &&
         std::find(names->Begin(), names->End(), *name) != names->End();
}

// An action's row to its part of an outline.
void shorten(json::Value& row, json::Document::AllocatorType& memory) {
  if (json::find(row, "short") == nullptr) {
    row.SetNull();
    return;
  }
  keep_members(row, kOfAction, memory);
  if (json::find(row, "parameters") == nullptr) return;
  json::Value positionals(rapidjson::kArrayType);
  for (json::Value& parameter : row["parameters"].GetArray()) {
    if (!is_positional(*json::find(row, "short"), parameter)) continue;
    keep_members(parameter, kOfParameter, memory);
    positionals.PushBack(parameter, memory);
  }
  row["parameters"] = std::move(positionals);
}

const json::Value& rows_of(const json::Document& document, std::size_t tool) {
  const json::Value& tools = *json::find(document, "tools");
  return *json::find(tools[static_cast<rapidjson::SizeType>(tool)], "actions");
}

}  // namespace

std::string outline_of(std::string_view manifest_text) {
  json::Document document = document_of(manifest_text);
  for (json::Value& tool : document["tools"].GetArray()) {
    for (json::Value& row : tool["actions"].GetArray()) shorten(row, document.GetAllocator());
  }
  return json::write(document);
}

KnownText::KnownText(std::string manifest_text, json::Document outline)
    : text_(std::move(manifest_text)), outline_(std::move(outline)) {}

Action KnownText::action(std::size_t tool, std::size_t place) const {
  std::call_once(is_read_, [&] {
    document_ = document_of(text_);
    text_ = {};
  });
  return action_from(rows_of(document_, tool)[static_cast<rapidjson::SizeType>(place)]);
}

Actions KnownText::actions(std::shared_ptr<const KnownText> known, std::size_t tool) {
  const json::Value& rows = rows_of(known->outline_, tool);
  Actions::Source source;
  source.count = rows.Size();
  std::size_t place = 0;
  for (const json::Value& row : rows.GetArray()) {
    if (row.IsObject()) {
      if (auto line = short_form_line(action_from(row)))
        source.short_forms.emplace_back(std::move(*line), place);
    }
    ++place;
  }
  source.make = [tool, known = std::move(known)](std::size_t at) {
    return known->action(tool, at);
  };
  return Actions(std::move(source));
}

}  // namespace dockerhub
