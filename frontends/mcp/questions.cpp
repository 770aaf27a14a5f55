#include "questions.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kElicit = "elicitation/create";

void put_confirm_field(json::Writer& writer, const std::string& target) {
  const bool named = !target.empty();
  writer.Key("confirm");
  writer.StartObject();
  json::put_member(writer, "type", named ? "string" : "boolean");
  json::put_member(writer, "title", named ? "Type " + target : std::string("Go ahead"));
  json::put_member(writer, "description",
                   named ? "To consent, type exactly: " + target : std::string("Tick to consent."));
  writer.EndObject();
}

std::string consent_params(const Question& question) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "message", question.text);
    writer.Key("requestedSchema");
    writer.StartObject();
    json::put_member(writer, "type", "object");
    writer.Key("properties");
    writer.StartObject();
    put_confirm_field(writer, question.target);
    writer.EndObject();
    writer.Key("required");
    writer.StartArray();
    writer.String("confirm");
    writer.EndArray();
    writer.EndObject();
  });
}

std::string url_params(const json::Value& request, std::string_view url,
                       std::string_view elicitation_id) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "mode", "url");
    json::put_member(writer, "message", json::text_of(&request, "message"));
    json::put_member(writer, "url", url);
    if (!elicitation_id.empty()) json::put_member(writer, "elicitationId", elicitation_id);
  });
}

std::string form_params(const json::Value& request) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "message", json::text_of(&request, "message"));
    json::put_key(writer, "requestedSchema");
    if (const json::Value* schema = json::find(request, "schema")) {
      schema->Accept(writer);
    } else {
      json::put_raw(writer, R"({"type":"object","properties":{}})");
    }
  });
}

Result<ClientQuestion> input_question(const Question& question, std::string_view elicitation_id) {
  const auto request = json::parse(question.request);
  if (!request) {
    Error error;
    error.kind = ErrorKind::unsupported;
    error.message = "the question is not JSON: " + request.error().text();
    error.hint = "Tell whoever made the module.";
    return Failure(std::move(error));
  }
  const std::string_view url = json::text_of(&*request, "url");
  return ClientQuestion{
      kElicit, url.empty() ? form_params(*request) : url_params(*request, url, elicitation_id)};
}

}  // namespace

Result<ClientQuestion> client_question(const Question& question, std::string_view elicitation_id) {
  switch (question.kind) {
    case Question::Kind::approval:
      return ClientQuestion{kElicit, consent_params(question)};
    case Question::Kind::sampling:
      return ClientQuestion{"sampling/createMessage", question.request};
    case Question::Kind::roots:
      return ClientQuestion{"roots/list", {}};
    case Question::Kind::input:
      break;
  }
  return input_question(question, elicitation_id);
}

bool consents(const json::Value& answer, std::string_view target) {
  if (json::text_of(&answer, "action") != "accept") return false;
  const json::Value* confirm = json::find(json::find(answer, "content"), "confirm");
  if (confirm == nullptr) return false;
  if (target.empty()) return confirm->IsTrue();
  return confirm->IsString() && json::view(*confirm) == target;
}

bool is_elicit_answer(const json::Value& answer) {
  static constexpr std::array<std::string_view, 3> kActions = {"accept", "decline", "cancel"};
  const std::string_view action = json::text_of(&answer, "action");
  return std::find(kActions.begin(), kActions.end(), action) != kActions.end();
}

}  // namespace dockerhub::mcp
