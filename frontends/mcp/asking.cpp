#include "asking.hpp"

#include <algorithm>

#include "questions.hpp"

namespace dockerhub::mcp {
namespace {

Failure bad_answer(std::string message) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.message = std::move(message);
  error.hint = "Use a client that follows the protocol here.";
  return Failure(std::move(error));
}

Result<json::Document> ask(ClientRequests& requests, const Send& send, const Question& question) {
  const auto now = ClientRequests::Clock::now();
  // The key is unique within its call only.
  const std::string id = question.key + "-" + std::to_string(now.time_since_epoch().count());
  const auto asked = client_question(question, id);
  if (!asked) return Failure(asked.error());
  const auto latest = now + kAnswerWait;
  return requests.ask(send, asked->method, asked->params, question.stop,
                      std::min(question.deadline.value_or(latest), latest));
}

}  // namespace

Decision ask_consent(ClientRequests& requests, const Send& send, const Question& question) {
  const auto answer = ask(requests, send, question);
  if (!answer) return Decision::unavailable;
  return consents(*answer, question.target) ? Decision::approved : Decision::denied;
}

Result<std::string> ask_client(ClientRequests& requests, const Send& send,
                               const Question& question) {
  if (question.kind == Question::Kind::approval) {
    return bad_answer("consent is not asked for as input");
  }
  const auto answer = ask(requests, send, question);
  if (!answer) return Failure(answer.error());
  if (question.kind == Question::Kind::input && !is_elicit_answer(*answer)) {
    return bad_answer("the client's answer to elicitation/create has no known action");
  }
  return json::write(*answer);
}

}  // namespace dockerhub::mcp
