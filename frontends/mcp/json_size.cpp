#include "json_size.hpp"

namespace dockerhub::mcp {
namespace {

// Takes what a writer writes, and keeps its length.
struct CountedOutput {
  using Ch = char;
  void Put(char) { ++bytes; }
  void Flush() {}
  std::size_t bytes = 0;
};

}  // namespace

std::size_t scalar_size(const json::Value& value) {
  CountedOutput output;
  rapidjson::Writer<CountedOutput> writer(output);
  value.Accept(writer);
  return output.bytes;
}

std::size_t frame_size(std::size_t items) {
  return 2 + (items > 1 ? items - 1 : 0);
}

std::size_t size_within(const json::Value& value, std::size_t most) {
  if (value.IsString() && value.GetStringLength() > most) return value.GetStringLength();
  if (!value.IsArray() && !value.IsObject()) return scalar_size(value);
  std::size_t size = frame_size(value.IsArray() ? value.Size() : value.MemberCount());
  if (value.IsArray()) {
    for (const json::Value& each : value.GetArray()) {
      if (size > most) return size;
      size += size_within(each, most - size);
    }
    return size;
  }
  for (const auto& member : value.GetObject()) {
    if (size > most) return size;
    size += scalar_size(member.name) + 1;
    if (size <= most) size += size_within(member.value, most - size);
  }
  return size;
}

}  // namespace dockerhub::mcp
