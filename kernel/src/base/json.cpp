#include "base/json.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace dockerhub::json {
namespace {

constexpr unsigned kFlags = rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag |
                            rapidjson::kParseFullPrecisionFlag;

// Watches the depth while the reader runs and hands everything on: a document is never built deeper
// than kMaxDepth.
template <typename Handler>
class DepthGuard {
 public:
  explicit DepthGuard(Handler& next) : next_(next) {}

  bool too_deep() const { return too_deep_; }

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
  bool StartObject() { return enter() && next_.StartObject(); }
  bool EndObject(rapidjson::SizeType members) {
    --depth_;
    return next_.EndObject(members);
  }
  bool StartArray() { return enter() && next_.StartArray(); }
  bool EndArray(rapidjson::SizeType elements) {
    --depth_;
    return next_.EndArray(elements);
  }

 private:
  bool enter() {
    too_deep_ = ++depth_ > kMaxDepth;
    return !too_deep_;
  }

  Handler& next_;
  std::size_t depth_ = 0;
  bool too_deep_ = false;
};

std::string describe(const rapidjson::ParseResult& result, bool too_deep) {
  if (too_deep) return "nested deeper than " + std::to_string(kMaxDepth) + " levels";
  return std::string(rapidjson::GetParseError_En(result.Code())) + " (at byte " +
         std::to_string(result.Offset()) + ")";
}

template <typename Handler>
std::string run(std::string_view text, Handler& handler) {
  // RapidJSON takes a zero byte for the end and would pass over what follows.
  if (text.find('\0') != std::string_view::npos) return "it holds a zero byte";
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  DepthGuard<Handler> guard(handler);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, guard);
  return result ? std::string() : describe(result, guard.too_deep());
}

}  // namespace

Result<Document> parse(std::string_view text) {
  Document document;
  std::string problem;
  auto generate = [&](Document& target) {
    problem = run(text, target);
    return problem.empty();
  };
  document.Populate(generate);
  if (!problem.empty()) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = "not valid JSON: " + problem;
    error.hint = "Give one complete JSON value in UTF-8.";
    return Failure(std::move(error));
  }
  return document;
}

bool is_valid(std::string_view text) {
  rapidjson::BaseReaderHandler<> sink;
  return run(text, sink).empty();
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

const Value* find(const Value& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const auto member = object.FindMember(Value(ref(name)));
  return member == object.MemberEnd() ? nullptr : &member->value;
}

std::string_view text_of(const Value& object, std::string_view name, std::string_view fallback) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsString() ? view(*value) : fallback;
}

bool flag_of(const Value& object, std::string_view name, bool fallback) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsBool() ? value->GetBool() : fallback;
}

}  // namespace dockerhub::json
