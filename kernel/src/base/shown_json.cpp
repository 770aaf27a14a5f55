#include "base/shown_json.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"

namespace dockerhub::json {
namespace {

constexpr auto kWords = std::to_array<std::string_view>(
    {"title", "description", "message", "enumNames", "examples", "$comment"});

class ShownTexts {
 public:
  explicit ShownTexts(Document::AllocatorType& allocator) : allocator_(allocator) {}

  // all: every text below, else those of the members that have words.
  void visit(Value& value, bool all) {
    if (value.IsString() && all) value = copy(visible(view(value), true), allocator_);
    if (value.IsArray()) {
      for (Value& each : value.GetArray()) visit(each, all);
    }
    if (!value.IsObject()) return;
    for (auto& member : members(value)) visit(member.value, all || has_words(member));
  }

 private:
  // A schema may well describe a member of such a name, which is then an object.
  static bool has_words(const Value::Member& member) {
    return !member.value.IsObject() &&
           std::find(kWords.begin(), kWords.end(), view(member.name)) != kWords.end();
  }

  Document::AllocatorType& allocator_;
};

bool is_hiding(std::string_view text) {
  return visible(text, true) != text;
}

bool holds_hidden(const Value& value) {
  if (value.IsString()) return is_hiding(view(value));
  if (value.IsArray()) {
    for (const Value& each : value.GetArray()) {
      if (holds_hidden(each)) return true;
    }
  }
  if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      if (is_hiding(view(member.name)) || holds_hidden(member.value)) return true;
    }
  }
  return false;
}

std::string shown_json(std::string_view text, bool all) {
  auto document = parse(text);
  if (!document) return std::string(text);
  ShownTexts(document->GetAllocator()).visit(*document, all);
  return write(*document);
}

}  // namespace

std::string with_visible_texts(std::string_view text) {
  return shown_json(text, true);
}

std::string with_visible_words(std::string_view text) {
  return shown_json(text, false);
}

bool hides_something(std::string_view text) {
  const auto document = parse(text);
  return document && holds_hidden(*document);
}

}  // namespace dockerhub::json
