#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

// Iterative, so that depth costs memory only, of which the callers' size limits allow little.
constexpr unsigned kReading =
    rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag;

std::string_view text_of(const SecretJson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

const SecretJson::Value* member(const SecretJson::Value& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  for (auto each = object.MemberBegin(); each != object.MemberEnd(); ++each) {
    if (text_of(each->name) == name) return &each->value;
  }
  return nullptr;
}

}  // namespace

Result<SecretJson> SecretJson::parse(std::string_view text) {
  Document document;
  document.Parse<kReading>(text.data(), text.size());
  if (!document.HasParseError() && document.IsObject()) return SecretJson(std::move(document));
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "not a JSON object";
  if (document.HasParseError())
    error.message += " (at byte " + std::to_string(document.GetErrorOffset()) + ")";
  error.hint = "Write one complete JSON object in UTF-8.";
  return Failure(std::move(error));
}

const SecretJson::Value* object_in(const SecretJson::Value& object, std::string_view name) {
  const SecretJson::Value* const found = member(object, name);
  return found != nullptr && found->IsObject() ? found : nullptr;
}

std::string_view text_in(const SecretJson::Value& object, std::string_view name) {
  const SecretJson::Value* const found = member(object, name);
  return found != nullptr && found->IsString() ? text_of(*found) : std::string_view();
}

std::optional<std::int64_t> number_in(const SecretJson::Value& object, std::string_view name) {
  const SecretJson::Value* const found = member(object, name);
  if (found == nullptr || !found->IsNumber()) return std::nullopt;
  if (found->IsInt64()) return found->GetInt64();
  const double number = found->GetDouble();
  constexpr double kMost = 1e15;
  if (!(number > -kMost && number < kMost)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::vector<const SecretJson::Value*> items_of(const SecretJson::Value& object,
                                               std::string_view name) {
  std::vector<const SecretJson::Value*> items;
  const SecretJson::Value* const found = member(object, name);
  if (found == nullptr || !found->IsArray()) return items;
  for (const SecretJson::Value& item : found->GetArray()) {
    if (item.IsObject()) items.push_back(&item);
  }
  return items;
}

void put_text(SecretWriter& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::vector<std::pair<std::string_view, const SecretJson::Value*>> members_of(
    const SecretJson::Value& object) {
  std::vector<std::pair<std::string_view, const SecretJson::Value*>> members;
  if (!object.IsObject()) return members;
  members.reserve(object.MemberCount());
  for (auto each = object.MemberBegin(); each != object.MemberEnd(); ++each) {
    members.emplace_back(text_of(each->name), &each->value);
  }
  return members;
}

}  // namespace dockerhub
