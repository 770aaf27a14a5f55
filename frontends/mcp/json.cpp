#include "json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace dockerhub::mcp::json {
namespace {

constexpr unsigned kFlags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag |
                            rapidjson::kParseFullPrecisionFlag;

// Stands between the reader and the document, so that one that is too deep is never built.
class DepthGuard {
 public:
  explicit DepthGuard(Document& next) : next_(next) {}

  bool too_deep() const { return depth_ > kMaxDepth; }

  bool Null() { return next_.Null(); }
  bool Bool(bool value) { return next_.Bool(value); }
  bool Int(int value) { return next_.Int(value); }
  bool Uint(unsigned value) { return next_.Uint(value); }
  bool Int64(std::int64_t value) { return next_.Int64(value); }
  bool Uint64(std::uint64_t value) { return next_.Uint64(value); }
  bool Double(double value) { return next_.Double(value); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
    return next_.RawNumber(text, size, copy);
  }
  bool String(const char* text, rapidjson::SizeType size, bool copy) {
    return next_.String(text, size, copy);
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    return next_.Key(text, size, copy);
  }
  bool StartObject() { return ++depth_ <= kMaxDepth && next_.StartObject(); }
  bool EndObject(rapidjson::SizeType members) {
    --depth_;
    return next_.EndObject(members);
  }
  bool StartArray() { return ++depth_ <= kMaxDepth && next_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) {
    --depth_;
    return next_.EndArray(elements);
  }

 private:
  Document& next_;
  std::size_t depth_ = 0;
};

Fault fault_of(const rapidjson::ParseResult& result, const DepthGuard& guard) {
  if (guard.too_deep()) {
    return {true, "nested deeper than " + std::to_string(kMaxDepth) + " levels"};
  }
  return {false, std::string(rapidjson::GetParseError_En(result.Code())) + " (at byte " +
                     std::to_string(result.Offset()) + ")"};
}

}  // namespace

tl::expected<Document, Fault> parse(std::string_view text) {
  Document document;
  Fault fault;
  bool failed = false;
  auto build = [&](Document& target) {
    rapidjson::MemoryStream bytes(text.data(), text.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
    DepthGuard guard(target);
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, guard);
    // The reader takes a NUL byte for the end of the text.
    const bool cut = result && stream.Tell() < text.size();
    failed = cut || !result;
    if (failed) fault = cut ? Fault{false, "a NUL byte after the value"} : fault_of(result, guard);
    return !failed;
  };
  document.Populate(build);
  if (failed) return tl::unexpected(std::move(fault));
  return document;
}

Document copy(const Value& value) {
  Document document;
  document.CopyFrom(value, document.GetAllocator());
  return document;
}

std::string write(const Value& value) {
  Buffer buffer;
  Writer writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string quote(std::string_view text) {
  Buffer buffer;
  Writer writer(buffer);
  put(writer, text);
  return {buffer.GetString(), buffer.GetSize()};
}

const Value* find(const Value* object, std::string_view name) {
  if (object == nullptr || !object->IsObject()) return nullptr;
  const Value key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  const auto member = object->FindMember(key);
  return member == object->MemberEnd() ? nullptr : &member->value;
}

const Value* find_present(const Value* object, std::string_view name) {
  const Value* value = find(object, name);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

std::string_view text_of(const Value* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsString() ? view(*value) : std::string_view();
}

}  // namespace dockerhub::mcp::json
