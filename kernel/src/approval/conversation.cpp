#include "approval/conversation.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/json.hpp"

namespace dockerhub {
namespace {

using Clock = UsedStates::Clock;

std::int64_t seconds(Clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

Failure refused_state(std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = "requestState";
  error.message = std::move(message);
  error.hint = "Begin the call again without a state.";
  return Failure(std::move(error));
}

template <typename Map, typename Put>
void put_map(json::Writer& writer, const char* key, const Map& map, const Put& put) {
  writer.Key(key);
  writer.StartObject();
  for (const auto& [name, value] : map) {
    json::put_key(writer, name);
    put(value);
  }
  writer.EndObject();
}

template <typename Each>
void each_text(const json::Value& document, std::string_view key, const Each& each) {
  const json::Value* map = json::find(document, key);
  if (map == nullptr || !map->IsObject()) return;
  for (const auto& member : map->GetObject()) {
    if (member.value.IsString()) each(json::view(member.name), json::view(member.value));
  }
}

std::vector<std::string> texts_of(const json::Value& document, std::string_view key) {
  std::vector<std::string> texts;
  const json::Value* array = json::find(document, key);
  if (array == nullptr || !array->IsArray()) return texts;
  for (const json::Value& text : array->GetArray()) {
    if (text.IsString()) texts.emplace_back(json::view(text));
  }
  return texts;
}

bool is_answer(std::string_view text) {
  const auto parsed = json::parse(text);
  return parsed && parsed->IsObject();
}

}  // namespace

Result<std::string> Conversation::suspend(const Seal& seal, std::string_view binding) const {
  json::Buffer buffer;
  json::Writer writer(buffer);
  const auto put_text = [&](const std::string& text) { json::put(writer, text); };
  writer.StartObject();
  writer.Key("number");
  json::put(writer, random_hex(16));
  writer.Key("expires");
  writer.Int64(seconds(Clock::now() + kLifetime));
  put_map(writer, "answers", answers_, put_text);
  put_map(writer, "consents", consents_, [&](bool granted) { writer.Bool(granted); });
  put_map(writer, "states", handler_states_,
          [&](const std::string& bytes) { json::put(writer, to_base64url(bytes)); });
  writer.Key("asked");
  writer.StartArray();
  for (const Question& question : pending_) {
    if (question.kind == Question::Kind::approval) json::put(writer, question.key);
  }
  writer.EndArray();
  writer.EndObject();
  if (buffer.GetSize() > kMaxState)
    return refused_state("the answers of this call are too large to be kept");
  return seal.close({buffer.GetString(), buffer.GetSize()}, binding);
}

Result<Conversation> Conversation::resume(const Seal& seal, UsedStates& used,
                                          std::string_view binding, std::string_view state,
                                          const std::map<std::string, std::string>& answers) {
  Conversation conversation;
  if (state.empty()) {
    conversation.take_answers({}, answers);
    return conversation;
  }
  const std::optional<std::string> text = seal.open(state, binding);
  if (!text) return refused_state("the state is not one that this call was given");
  const auto document = json::parse(*text);
  if (!document) return refused_state("the state cannot be read");
  const json::Value* expires = json::find(*document, "expires");
  const auto now = Clock::now();
  if (expires == nullptr || !expires->IsInt64() || expires->GetInt64() < seconds(now)) {
    return refused_state("the state is too old: it is good for " +
                         std::to_string(kLifetime.count()) + " minutes");
  }
  conversation.take_state(*document);
  const std::vector<std::string> asked = texts_of(*document, "asked");
  const std::string number(json::text_of(*document, "number"));
  const bool carries_consent = !asked.empty() || !conversation.consents_.empty();
  if (carries_consent) {
    const Result<bool> first = used.use(number, now + kLifetime + kClocksApart);
    if (!first) return Failure(first.error());
    if (!*first) return refused_state("this consent was used already: each works once");
  }
  conversation.take_answers(asked, answers);
  return conversation;
}

void Conversation::take_state(const json::Value& document) {
  each_text(document, "answers", [&](auto key, auto value) { answers_.emplace(key, value); });
  each_text(document, "states", [&](auto key, auto value) {
    handler_states_.emplace(key, from_base64url(value).value_or(std::string()));
  });
  const json::Value* consents = json::find(document, "consents");
  if (consents == nullptr || !consents->IsObject()) return;
  for (const auto& member : consents->GetObject()) {
    keep_consent(json::view(member.name), member.value.IsTrue());
  }
}

void Conversation::take_answers(const std::vector<std::string>& asked,
                                const std::map<std::string, std::string>& answers) {
  for (const auto& [key, json] : answers) {
    if (std::find(asked.begin(), asked.end(), key) != asked.end()) {
      if (json == "true" || json == "false") keep_consent(key, json == "true");
    } else if (is_answer(json)) {
      // An answer that is no object counts as not given: the question is put again.
      answers_.insert_or_assign(key, json);
    }
  }
}

const std::string* Conversation::answer(std::string_view key) const {
  const auto found = answers_.find(key);
  return found == answers_.end() ? nullptr : &found->second;
}

const std::string& Conversation::keep_answer(std::string key, std::string json) {
  return answers_.insert_or_assign(std::move(key), std::move(json)).first->second;
}

Conversation::Consent Conversation::consent(std::string_view key) const {
  const auto found = consents_.find(key);
  if (found == consents_.end()) return Consent::unknown;
  return found->second ? Consent::granted : Consent::denied;
}

void Conversation::keep_consent(std::string_view key, bool granted) {
  consents_.insert_or_assign(std::string(key), granted);
  refused_ = refused_ || !granted;
}

void Conversation::ask(Question question) {
  for (const Question& known : pending_) {
    if (known.key == question.key) return;
  }
  pending_.push_back(std::move(question));
}

const std::string& Conversation::handler_state(std::string_view prefix) const {
  static const std::string kNone;
  const auto found = handler_states_.find(prefix);
  return found == handler_states_.end() ? kNone : found->second;
}

void Conversation::keep_handler_state(std::string prefix, std::string bytes) {
  handler_states_.insert_or_assign(std::move(prefix), std::move(bytes));
}

}  // namespace dockerhub
