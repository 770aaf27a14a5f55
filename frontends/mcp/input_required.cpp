#include "input_required.hpp"

#include <optional>

#include "questions.hpp"
#include "server/hex.hpp"

namespace dockerhub::mcp {
namespace {

// Behind it, the key of a consent has the digest of its target (nothing where there is none), and that of
// another question this word.
constexpr char kMark = '~';
constexpr std::string_view kInput = "input";

std::string digest(std::string_view text) {
  constexpr std::size_t kWhole = 32;
  return server::sha256_hex(text, kWhole);
}

std::string key_of(const Question& question) {
  if (question.kind == Question::Kind::approval) {
    return question.key + kMark + (question.target.empty() ? "" : digest(question.target));
  }
  // Only a key that could be taken for a consent's needs to be told apart.
  if (question.key.find(kMark) == std::string::npos) return question.key;
  return question.key + kMark + std::string(kInput);
}

// The target is known by its digest alone.
bool consents_to(const json::Value& answer, std::string_view target_digest) {
  if (target_digest.empty()) return consents(answer, {});
  const std::string typed(json::text_of(json::find(answer, "content"), "confirm"));
  return !typed.empty() && digest(typed) == target_digest && consents(answer, typed);
}

}  // namespace

Result<std::string> input_requests(const CallResult& suspended) {
  std::optional<Error> failed;
  std::string text = json::object([&](json::Writer& writer) {
    writer.Key("inputRequests");
    writer.StartObject();
    for (const Question& question : suspended.questions) {
      const auto asked = client_question(question, {});
      if (!asked) {
        failed = asked.error();
        continue;
      }
      json::put_key(writer, key_of(question));
      writer.StartObject();
      json::put_member(writer, "method", asked->method);
      writer.Key("params");
      json::put_raw(writer, asked->params.empty() ? "{}" : asked->params);
      writer.EndObject();
    }
    writer.EndObject();
    json::put_member(writer, "requestState", suspended.state);
  });
  if (failed) return Failure(std::move(*failed));
  return text;
}

std::map<std::string, std::string> read_input_responses(const json::Value* responses) {
  std::map<std::string, std::string> answers;
  if (responses == nullptr || !responses->IsObject()) return answers;
  for (const auto& member : responses->GetObject()) {
    const std::string_view key = json::view(member.name);
    const std::size_t mark = key.rfind(kMark);
    if (mark == key.npos) {
      answers.emplace(key, json::write(member.value));
    } else if (key.substr(mark + 1) == kInput) {
      answers.emplace(key.substr(0, mark), json::write(member.value));
    } else if (is_elicit_answer(member.value)) {
      answers.emplace(key.substr(0, mark),
                      consents_to(member.value, key.substr(mark + 1)) ? "true" : "false");
    }
  }
  return answers;
}

}  // namespace dockerhub::mcp
