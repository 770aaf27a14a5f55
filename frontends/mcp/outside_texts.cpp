#include "outside_texts.hpp"

#include <algorithm>
#include <optional>

#include "http/message.hpp"
#include "json.hpp"

namespace dockerhub::mcp {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What can be told of a text of JSON without a document made of it: most have nothing in them to be changed.
class Search : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Search> {
 public:
  // In a whole document, or in the fields that have one of the names, wherever in an envelope's data they stand.
  Search() : everywhere_(true) {}
  explicit Search(const Names& fields) : fields_(&fields) {}

  // The fields that are there, in order.
  const Names& found() const { return found_; }
  bool unseen() const { return unseen_; }

  bool Default() { return value(); }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    if (is_outside()) look({text, size}, true);
    return value();
  }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const std::string_view name(text, size);
    if (!everywhere_ && depth_ == 1) {
      in_data_ = name == "data";
      return true;
    }
    // Names within such a field are strangers' words, too.
    if (is_outside()) look(name, false);
    is_field_ = in_data_ && fields_ != nullptr && has(*fields_, name);
    if (is_field_ && !has(found_, name))
      found_.emplace(std::upper_bound(found_.begin(), found_.end(), name), name);
    return true;
  }
  bool StartObject() { return begin(); }
  bool StartArray() { return begin(); }
  bool EndObject(rapidjson::SizeType /*members*/) { return end(); }
  bool EndArray(rapidjson::SizeType /*elements*/) { return end(); }

 private:
  bool is_outside() const { return everywhere_ || is_field_ || outside_.has_value(); }

  void look(std::string_view text, bool multiline) {
    unseen_ = unseen_ || visible(text, multiline) != text;
  }
  bool value() {
    is_field_ = false;
    return true;
  }
  bool begin() {
    if (is_field_ && !outside_) outside_ = depth_;
    ++depth_;
    return value();
  }
  bool end() {
    if (outside_ == --depth_) outside_.reset();
    return true;
  }

  const bool everywhere_ = false;
  const Names* const fields_ = nullptr;
  Names found_;
  bool unseen_ = false;
  bool in_data_ = false;
  bool is_field_ = false;               // the value to come
  std::size_t depth_ = 0;               // of objects and arrays that are open
  std::optional<std::size_t> outside_;  // where the value of a field began
};

// Makes the unseen visible in a document.
class Showing {
 public:
  Showing(const Names& fields, json::Document::AllocatorType& allocator)
      : fields_(fields), allocator_(allocator) {}

  // In the value and all below it, where it is from outside or a field with one of the names is above.
  void visit(json::Value& value, bool outside) {
    if (value.IsString() && outside) show(value, true);
    if (value.IsArray()) {
      for (json::Value& each : value.GetArray()) visit(each, outside);
    }
    if (!value.IsObject()) return;
    for (auto& member : json::members(value)) {
      const bool own = has(fields_, json::view(member.name));
      if (outside) show(member.name, false);
      visit(member.value, outside || own);
    }
  }

 private:
  void show(json::Value& text, bool multiline) {
    const std::string shown = visible(json::view(text), multiline);
    text.SetString(shown.data(), static_cast<rapidjson::SizeType>(shown.size()), allocator_);
  }

  const Names& fields_;
  json::Document::AllocatorType& allocator_;
};

bool is_json(std::string_view media_type) {
  const std::string type = web::media_type(media_type);
  return type == "application/json" || type.ends_with("+json");
}

// The text with what `visit` makes of its document.
template <typename Visit>
void rewrite(std::string& text, const Names& fields, const Visit& visit) {
  auto document = json::parse(text);
  if (!document) return;
  Showing showing(fields, document->GetAllocator());
  visit(showing, *document);
  text = json::write(*document);
}

}  // namespace

bool mark_outside(std::string& envelope, const dockerhub::Answer& answer) {
  const Names& fields = answer.from_outside;
  if (fields.empty()) return true;
  Search search(fields);
  if (bounded_json::read(envelope, search)) return false;
  if (search.found().empty()) return true;
  if (search.unseen()) {
    rewrite(envelope, fields, [](Showing& showing, json::Document& document) {
      showing.visit(document["data"], false);
    });
  }
  const std::string names = json::object([&](json::Writer& writer) {
    writer.Key("from_outside");
    writer.StartArray();
    for (const std::string& name : search.found()) json::put(writer, name);
    writer.EndArray();
  });
  // The data is there, so it is not the first member.
  envelope.back() = ',';
  envelope.append(names, 1);
  return true;
}

void show_unseen(std::string& text, std::string_view media_type) {
  if (!is_json(media_type)) return;
  Search search;
  if (bounded_json::read(text, search)) {
    text = visible(text, true);
    return;
  }
  if (!search.unseen()) return;
  rewrite(text, {},
          [](Showing& showing, json::Document& document) { showing.visit(document, true); });
}

}  // namespace dockerhub::mcp
