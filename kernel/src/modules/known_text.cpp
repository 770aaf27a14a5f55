#include "modules/known_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dockerhub/json_runs.hpp"
#include "modules/manifest_rows.hpp"

namespace dockerhub {
namespace {

// Depth and encoding were looked at when the text was new; its strings stay where they are.
void read_in_place(std::string& text, json::Document& document) {
  if (text.starts_with(bounded_json::kByteOrderMark))
    text.erase(0, bounded_json::kByteOrderMark.size());
  text.append(json_runs::kInPlacePadding, '\0');
  rapidjson::InsituStringStream stream(text.data());
  document.ParseStream<rapidjson::kParseInsituFlag, json_runs::CheckedUtf8>(stream);
}

// What short_form_line() wants to know of an action, and of a parameter.
constexpr std::array<std::string_view, 5> kOfAction = {"name", "summary", "effect", "short",
                                                       "parameters"};
constexpr std::array<std::string_view, 3> kOfParameter = {"name", "aliases", "required"};

template <std::size_t count>
void keep_members(json::Value& object, const std::array<std::string_view, count>& kept) {
  for (auto member = object.MemberBegin(); member != object.MemberEnd();) {
    const bool is_kept =
        std::find(kept.begin(), kept.end(), json::view(member->name)) != kept.end();
    member = is_kept ? member + 1 : object.EraseMember(member);
  }
}

// An action's row to its part of an outline.
void shorten(json::Value& row) {
  if (json::find(row, "short") == nullptr) {
    row.SetNull();
    return;
  }
  keep_members(row, kOfAction);
  const auto parameters = row.FindMember("parameters");
  if (parameters == row.MemberEnd()) return;
  for (json::Value& parameter : parameters->value.GetArray()) keep_members(parameter, kOfParameter);
}

const json::Value& rows_of(const json::Document& document, rapidjson::SizeType tool) {
  return (*json::find(document, "tools"))[tool]["actions"];
}

}  // namespace

std::string outline_of(std::string_view manifest_text) {
  std::string text(manifest_text);
  json::Document document;
  read_in_place(text, document);
  for (json::Value& tool : document["tools"].GetArray()) {
    for (json::Value& row : tool["actions"].GetArray()) shorten(row);
  }
  return json::write(document);
}

KnownText::KnownText(std::string manifest_text, std::string_view outline)
    : text_(std::move(manifest_text)) {
  outline_text_.reserve(outline.size() + json_runs::kInPlacePadding);
  outline_text_ = outline;
  read_in_place(outline_text_, outline_);
}

const json::Value& KnownText::row(Place tool, Place action) const {
  std::call_once(is_read_, [&] { read_in_place(text_, document_); });
  return rows_of(document_, tool)[action];
}

Actions KnownText::actions(std::shared_ptr<const KnownText> known, Place tool) {
  const json::Value& rows = rows_of(known->outline_, tool);
  Actions::Source source;
  source.count = rows.Size();
  for (Place i = 0; i < rows.Size(); ++i) {
    if (!rows[i].IsNull())
      source.short_forms.emplace_back(short_form_line(action_from(rows[i])), i);
  }
  source.make = [tool, known = std::move(known)](std::size_t place) {
    return action_from(known->row(tool, static_cast<Place>(place)));
  };
  return Actions(std::move(source));
}

}  // namespace dockerhub
