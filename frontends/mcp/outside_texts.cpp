#include "outside_texts.hpp"

#include <algorithm>
#include <set>

#include "http/message.hpp"

namespace dockerhub::mcp {
namespace {

class Marking {
 public:
  Marking(const std::vector<std::string>& fields, json::Document::AllocatorType& allocator)
      : fields_(fields), allocator_(allocator) {}

  // Of the value and all below it, where a field with one of the names is above.
  void visit(json::Value& value, bool outside) {
    if (value.IsString() && outside) show(value, true);
    if (value.IsArray()) {
      for (json::Value& each : value.GetArray()) visit(each, outside);
    }
    if (!value.IsObject()) return;
    for (auto& member : json::members(value)) {
      const bool own = is_field(json::view(member.name));
      if (own) found_.emplace(json::view(member.name));
      // Names within such a field are strangers' words, too.
      if (outside) show(member.name, false);
      visit(member.value, outside || own);
    }
  }

  const std::set<std::string>& found() const { return found_; }
  bool changed() const { return changed_; }

 private:
  bool is_field(std::string_view name) const {
    return std::find(fields_.begin(), fields_.end(), name) != fields_.end();
  }

  void show(json::Value& text, bool multiline) {
    const std::string shown = visible(json::view(text), multiline);
    if (shown == json::view(text)) return;
    changed_ = true;
    text.SetString(shown.data(), static_cast<rapidjson::SizeType>(shown.size()), allocator_);
  }

  const std::vector<std::string>& fields_;
  json::Document::AllocatorType& allocator_;
  std::set<std::string> found_;
  bool changed_ = false;
};

bool is_json(std::string_view media_type) {
  const std::string type = web::media_type(media_type);
  return type == "application/json" || type.ends_with("+json");
}

}  // namespace

void mark_outside(json::Document& envelope, const dockerhub::Answer& answer) {
  if (answer.from_outside.empty() || !envelope.HasMember("data")) return;
  auto& allocator = envelope.GetAllocator();
  Marking marking(answer.from_outside, allocator);
  marking.visit(envelope["data"], false);
  if (marking.found().empty()) return;
  json::Value names(rapidjson::kArrayType);
  for (const std::string& name : marking.found()) {
    names.PushBack(json::Value(name.c_str(), allocator), allocator);
  }
  envelope.AddMember("from_outside", names, allocator);
}

void show_unseen(std::string& text, std::string_view media_type) {
  if (!is_json(media_type)) return;
  auto document = json::parse(text);
  if (!document) {
    text = visible(text, true);
    return;
  }
  const std::vector<std::string> none;
  Marking marking(none, document->GetAllocator());
  marking.visit(*document, true);
  if (marking.changed()) text = json::write(*document);
}

}  // namespace dockerhub::mcp
