#include "questions.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kElicit = "elicitation/create";

Failure bad_answer(std::string message) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.message = std::move(message);
  error.hint = "Use a client that follows the protocol here.";
  return Failure(std::move(error));
}

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

bool consents(const json::Document& answer, const std::string& target) {
  if (json::text_of(&answer, "action") != "accept") return false;
  const json::Value* confirm = json::find(json::find(answer, "content"), "confirm");
  if (confirm == nullptr) return false;
  if (target.empty()) return confirm->IsTrue();
  return confirm->IsString() && json::view(*confirm) == target;
}

// The key is unique within its call only; the client wants one that is unique for the server.
std::string url_params(const json::Value& request, std::string_view url, std::string_view key) {
  static constexpr char kSeparator = '-';
  const auto now = ClientRequests::Clock::now().time_since_epoch().count();
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "mode", "url");
    json::put_member(writer, "message", json::text_of(&request, "message"));
    json::put_member(writer, "url", url);
    json::put_member(writer, "elicitationId", std::string(key) + kSeparator + std::to_string(now));
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

bool is_elicit_answer(const json::Document& answer) {
  static constexpr std::array<std::string_view, 3> kActions = {"accept", "decline", "cancel"};
  const std::string_view action = json::text_of(&answer, "action");
  return std::find(kActions.begin(), kActions.end(), action) != kActions.end();
}

Result<json::Document> ask(ClientRequests& requests, std::string_view method,
                           std::string_view params, const Question& question) {
  const auto latest = ClientRequests::Clock::now() + kAnswerWait;
  return requests.ask(method, params, question.stop,
                      std::min(question.deadline.value_or(latest), latest));
}

Result<std::string> ask_input(ClientRequests& requests, const Question& question) {
  const auto request = json::parse(question.request);
  if (!request) return bad_answer("the question is not JSON: " + request.error().text);
  const std::string_view url = json::text_of(&*request, "url");
  const std::string params =
      url.empty() ? form_params(*request) : url_params(*request, url, question.key);
  const auto answer = ask(requests, kElicit, params, question);
  if (!answer) return Failure(answer.error());
  if (!is_elicit_answer(*answer)) {
    return bad_answer("the client's answer to elicitation/create has no known action");
  }
  return json::write(*answer);
}

Result<std::string> pass_on(ClientRequests& requests, std::string_view method,
                            std::string_view params, const Question& question) {
  return ask(requests, method, params, question).map([](const json::Document& answer) {
    return json::write(answer);
  });
}

}  // namespace

Decision ask_consent(ClientRequests& requests, const Question& question) {
  const auto answer = ask(requests, kElicit, consent_params(question), question);
  if (!answer) return Decision::unavailable;
  return consents(*answer, question.target) ? Decision::approved : Decision::denied;
}

Result<std::string> ask_client(ClientRequests& requests, const Question& question) {
  switch (question.kind) {
    case Question::Kind::input:
      return ask_input(requests, question);
    case Question::Kind::sampling:
      return pass_on(requests, "sampling/createMessage", question.request, question);
    case Question::Kind::roots:
      return pass_on(requests, "roots/list", {}, question);
    case Question::Kind::approval:
      break;
  }
  return bad_answer("consent is not asked for as input");
}

}  // namespace dockerhub::mcp
