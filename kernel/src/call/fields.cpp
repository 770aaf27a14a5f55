#include "call/fields.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/json.hpp"
#include "request/paging.hpp"

namespace dockerhub {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr std::size_t kMostSeen = 200;  // names that are remembered for a warning
constexpr std::size_t kMostNamed = 20;  // of these, that it lists

bool is_named(const std::vector<std::string>& fields, std::string_view name) {
  return std::find(fields.begin(), fields.end(), name) != fields.end();
}

// Takes the other members away, and puts the names of all into `seen`. In one pass: a server decides how
// many there are.
void keep_members(json::Document& document, json::Value& object,
                  const std::vector<std::string>& fields, Names& seen) {
  if (!object.IsObject()) return;
  json::Value kept(rapidjson::kObjectType);
  for (auto& member : json::members(object)) {
    const std::string_view name = json::view(member.name);
    if (seen.size() < kMostSeen || is_named(fields, name)) seen.emplace(name);
    if (is_named(fields, name)) kept.AddMember(member.name, member.value, document.GetAllocator());
  }
  object = kept;
}

std::string items_key_of(const Action& row) {
  if (!row.answer.items_key.empty()) return row.answer.items_key;
  const std::string paging =
      row.request && !row.request->paging_json.empty() ? row.request->paging_json : std::string();
  const auto paged = Paging::from_row(paging);
  return paged && !paged->items_key().empty() ? paged->items_key() : "results";
}

// As Paging::items_of: SCIM writes the key in either case of its first letter.
json::Value* find_items(json::Value& page, const std::string& key) {
  if (!page.IsObject()) return nullptr;
  for (auto& member : json::members(page)) {
    const std::string_view name = json::view(member.name);
    const bool same = name.size() == key.size() && !name.empty() &&
                      std::tolower(static_cast<unsigned char>(name.front())) ==
                          std::tolower(static_cast<unsigned char>(key.front())) &&
                      name.substr(1) == std::string_view(key).substr(1);
    if (same && member.value.IsArray()) return &member.value;
  }
  return nullptr;
}

// The list in an answer's data; nullptr: it is none.
json::Value* list_in(json::Value& data, const std::string& key) {
  // A page may come as an array of one page, as with Paging::page_in.
  json::Value& page = data.IsArray() && data.Size() == 1 ? data[0] : data;
  if (json::Value* items = find_items(page, key)) return items;
  return data.IsArray() ? &data : nullptr;
}

std::string unknown_field(const std::string& name, const Names& seen) {
  const std::vector<std::string> all(seen.begin(), seen.end());
  std::string text = "fields: nothing in the answer is called '" + visible(name) + "'";
  if (const std::string near = likely(name, all); !near.empty()) {
    return text + "; did you mean '" + visible(near) + "'?";
  }
  text += "; there is ";
  const std::size_t named = std::min(all.size(), kMostNamed);
  for (std::size_t i = 0; i < named; ++i) text += (i == 0 ? "" : ", ") + visible(all[i]);
  if (named < all.size()) text += ", ...";
  return text;
}

}  // namespace

std::string keep_fields(std::string_view item, const std::vector<std::string>& fields) {
  auto document = json::parse(item);
  if (!document || !document->IsObject()) return std::string(item);
  Names seen;
  keep_members(*document, *document, fields, seen);
  return json::write(*document);
}

void keep_fields(const Action& row, const std::vector<std::string>& fields, Envelope& envelope) {
  auto document = json::parse(envelope.data);
  if (!document) return;
  Names seen;
  if (json::Value* items = list_in(*document, items_key_of(row))) {
    for (json::Value& item : items->GetArray()) keep_members(*document, item, fields, seen);
  } else {
    keep_members(*document, *document, fields, seen);
  }
  envelope.data = json::write(*document);
  // Of an empty list it cannot be said what its items are called.
  if (seen.empty()) return;
  for (const std::string& name : fields) {
    if (!seen.contains(name)) envelope.warnings.push_back(unknown_field(name, seen));
  }
}

}  // namespace dockerhub
