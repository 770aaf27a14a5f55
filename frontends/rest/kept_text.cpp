#include "kept_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

using std::chrono::milliseconds;
using Times = std::chrono::system_clock;

struct TextMember {
  const char* name;
  std::string Approval::*text;
};

constexpr auto kApprovalTexts = std::to_array<TextMember>({
    {"id", &Approval::id},
    {"principal", &Approval::principal},
    {"name", &Approval::name},
    {"tool", &Approval::tool},
    {"action", &Approval::action},
    {"digest", &Approval::digest},
    {"text", &Approval::text},
    {"target", &Approval::target},
});

constexpr auto kEffects = std::to_array({Effect::read, Effect::write, Effect::destructive});

std::optional<Effect> effect_of(std::string_view name) {
  const auto* const found = std::find_if(kEffects.begin(), kEffects.end(),
                                         [name](Effect each) { return effect_name(each) == name; });
  if (found == kEffects.end()) return std::nullopt;
  return *found;
}

std::string_view confirm_name(server::Confirm confirm) {
  const auto* const found =
      std::find_if(server::kConfirmNames.begin(), server::kConfirmNames.end(),
                   [confirm](const server::ConfirmName& each) { return each.confirm == confirm; });
  return found->name;
}

bool read_keys(const json::Value* keys, std::vector<std::string>& read) {
  if (keys == nullptr || !keys->IsArray()) return false;
  for (const json::Value& key : keys->GetArray()) {
    if (!key.IsString()) return false;
    read.emplace_back(json::view(key));
  }
  return true;
}

}  // namespace

std::string text_of(const Approval& approval) {
  return json::object([&](json::Writer& writer) {
    for (const TextMember& member : kApprovalTexts)
      json::put_member(writer, member.name, approval.*member.text);
    json::put_member(writer, "effect", effect_name(approval.effect));
    json::put_member(writer, "confirm", confirm_name(approval.confirm));
    writer.Key("expires");
    writer.Int64(
        std::chrono::duration_cast<milliseconds>(approval.expires.time_since_epoch()).count());
    writer.Key("keys");
    writer.StartArray();
    for (const std::string& key : approval.keys) json::put(writer, key);
    writer.EndArray();
  });
}

std::optional<Approval> read_approval(std::string_view text) {
  const auto parsed = json::parse(text);
  if (!parsed) return std::nullopt;
  const json::Value& document = *parsed;
  Approval approval;
  for (const TextMember& member : kApprovalTexts)
    approval.*member.text = json::text_of(&document, member.name);
  const auto effect = effect_of(json::text_of(&document, "effect"));
  const auto confirm = server::confirm_of(json::text_of(&document, "confirm"));
  const json::Value* const expires = json::find(document, "expires");
  const bool whole = effect && confirm && expires != nullptr && expires->IsInt64();
  if (!whole || !read_keys(json::find(document, "keys"), approval.keys)) return std::nullopt;
  approval.effect = *effect;
  approval.confirm = *confirm;
  approval.expires = Times::time_point(milliseconds(expires->GetInt64()));
  return approval;
}

std::string text_of(const Decided& decided) {
  return json::object([&](json::Writer& writer) {
    writer.Key("approved");
    writer.Bool(decided.approved);
    json::put_member(writer, "by", decided.by);
  });
}

std::optional<Decided> read_decided(std::string_view text) {
  const auto parsed = json::parse(text);
  if (!parsed) return std::nullopt;
  const json::Value& document = *parsed;
  const json::Value* const approved = json::find(document, "approved");
  if (approved == nullptr || !approved->IsBool()) return std::nullopt;
  return Decided{approved->GetBool(), std::string(json::text_of(&document, "by"))};
}

// The body is JSON of its own, byte for byte.
std::string text_of(const KeptAnswer& answer) {
  return std::to_string(answer.status) + '\n' + answer.body;
}

std::optional<KeptAnswer> read_answer(std::string_view text) {
  KeptAnswer answer;
  const char* const end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, answer.status);
  if (problem != std::errc() || rest == end || *rest != '\n') return std::nullopt;
  answer.body.assign(rest + 1, end);
  return answer;
}

}  // namespace dockerhub::rest
