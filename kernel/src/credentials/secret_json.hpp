// JSON that holds secrets: read into memory that is wiped, member by member, without copies, and written into
// such memory. For files of logins, answers of credential helpers and of token services, log-ins and kept
// tokens. Belongs to one thread.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "credentials/wiping_heap.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

class SecretJson {
 public:
  using Pool = rapidjson::MemoryPoolAllocator<WipingHeap>;
  using Document = rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, WipingHeap>;
  using Value = Document::ValueType;

  // A JSON object. The error (ErrorKind::parameter) shows nothing of the text.
  static Result<SecretJson> parse(std::string_view text);

  const Value& root() const { return document_; }

 private:
  explicit SecretJson(Document document) : document_(std::move(document)) {}

  Document document_;
};

// A member of an object; nullptr when it is not there or of another type.
const SecretJson::Value* object_in(const SecretJson::Value& object, std::string_view name);
// Valid as long as the SecretJson; empty when it is not there or no text.
std::string_view text_in(const SecretJson::Value& object, std::string_view name);
std::optional<std::int64_t> number_in(const SecretJson::Value& object, std::string_view name);

// The items of an array member that are objects.
std::vector<const SecretJson::Value*> items_of(const SecretJson::Value& object,
                                               std::string_view name);

// Names and values of an object's members, in their order.
std::vector<std::pair<std::string_view, const SecretJson::Value*>> members_of(
    const SecretJson::Value& object);

using SecretBuffer = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, WipingHeap>;
using SecretWriter =
    rapidjson::Writer<SecretBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, WipingHeap>;

void put_text(SecretWriter& writer, std::string_view text);

}  // namespace dockerhub
