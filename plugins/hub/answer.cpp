#include "answer.hpp"

#include <utility>

#include "contains.hpp"
#include "members.hpp"

namespace dockerhub::hub {
namespace {

sdk::Status unread(sdk::Context& ctx, sdk::Status status) {
  if (status != sdk::Status(DH_E_LIMIT)) return status;
  return ctx.fail("ApiError", "an answer of Docker's is larger than 16 MiB",
                  "Ask for less at once.");
}

sdk::Reply<Answer> read(sdk::Context& ctx, sdk::Exchange& exchange, sdk::Response response) {
  auto text = exchange.text();
  if (!text) return unread(ctx, text.status());
  Answer answer;
  answer.status_code = response.status_code;
  answer.headers = std::move(response.headers);
  answer.text = *std::move(text);
  if (auto body = sdk::parse_json(answer.text)) answer.body = *std::move(body);
  return answer;
}

// Nothing of the answer is shown: what cannot be read may hold a new token.
sdk::Status no_json(sdk::Context& ctx, const Answer& answer) {
  const std::string message = "HTTP " + std::to_string(answer.status_code) + " for " +
                              answer.request + ", with something that is not the JSON it should be";
  sdk::Failure failure;
  failure.message = message;
  failure.hint =
      "Check that the configured address is the API and no proxy answers in its place. If the call "
      "changes something, look whether it was done before you repeat it.";
  failure.request = answer.request;
  failure.status_code = answer.status_code;
  return ctx.fail(failure);
}

std::string words_of(const sdk::Request& request) {
  return std::string(request.method) + ' ' + std::string(request.path);
}

bool is_no_json(const Answer& answer) {
  return !answer.text.empty() && answer.body.IsNull();
}

sdk::Reply<Answer> read_json(sdk::Context& ctx, const sdk::Request& request,
                             sdk::Exchange& exchange, sdk::Response response,
                             std::string_view hint) {
  if (!response.good()) return exchange.reject(hint);
  auto answer = read(ctx, exchange, std::move(response));
  if (answer) answer->request = words_of(request);
  if (answer && is_no_json(*answer)) return no_json(ctx, *answer);
  return answer;
}

}  // namespace

sdk::Reply<Answer> finish(sdk::Context& ctx, sdk::Exchange& exchange) {
  auto response = exchange.finish();
  if (!response) return response.status();
  return read(ctx, exchange, *std::move(response));
}

sdk::Reply<Answer> send(sdk::Context& ctx, const sdk::Request& request) {
  auto exchange = ctx.http().open(request);
  if (!exchange) return exchange.status();
  auto answer = finish(ctx, *exchange);
  if (answer) answer->request = words_of(request);
  return answer;
}

sdk::Reply<Answer> ask(sdk::Context& ctx, const sdk::Request& request, std::string_view hint) {
  auto exchange = ctx.http().open(request);
  if (!exchange) return exchange.status();
  auto response = exchange->finish();
  if (!response) return response.status();
  return read_json(ctx, request, *exchange, *std::move(response), hint);
}

sdk::Reply<Answer> ask(sdk::Context& ctx, const sdk::Request& request, const StatusHint& hint) {
  auto exchange = ctx.http().open(request);
  if (!exchange) return exchange.status();
  auto response = exchange->finish();
  if (!response) return response.status();
  const bool fits = response->status_code == hint.status_code;
  return read_json(ctx, request, *exchange, *std::move(response),
                   fits ? hint.hint : std::string_view());
}

sdk::Reply<Answer> ask_unless(sdk::Context& ctx, const sdk::Request& request,
                              const std::vector<int>& status_codes) {
  auto exchange = ctx.http().open(request);
  if (!exchange) return exchange.status();
  auto response = exchange->finish();
  if (!response) return response.status();
  if (contains(status_codes, response->status_code))
    return read(ctx, *exchange, *std::move(response));
  return read_json(ctx, request, *exchange, *std::move(response), {});
}

std::string refusal(const Answer& answer, std::string_view request) {
  std::string text = "HTTP " + std::to_string(answer.status_code) + " for ";
  text += request;
  const std::string_view words = text_member(answer.body, "detail");
  if (!words.empty()) text.append(": ").append(words);
  return text;
}

sdk::Status refuse(sdk::Context& ctx, const Answer& answer, std::string_view request,
                   std::string_view hint) {
  const std::string message = refusal(answer, request);
  sdk::Failure failure;
  failure.message = message;
  failure.hint = hint;
  failure.request = request;
  failure.status_code = answer.status_code;
  return ctx.fail(failure);
}

sdk::Status pass_on(sdk::Context& ctx, const Answer& answer) {
  if (is_no_json(answer)) return no_json(ctx, answer);
  ctx.annotate("status_code", answer.status_code);
  return ctx.answer(answer.text.empty() ? sdk::Json(nullptr) : sdk::Json::raw(answer.text));
}

sdk::Status forward(sdk::Context& ctx, const sdk::Request& request, std::string_view hint) {
  const auto answer = ask(ctx, request, hint);
  return answer ? pass_on(ctx, *answer) : answer.status();
}

sdk::Status tell(sdk::Context& ctx, const sdk::Json& item) {
  const sdk::Status told = ctx.item(item);
  return told == sdk::Status(DH_E_RECEIVER) ? sdk::Status() : told;
}

sdk::Status end_list(sdk::Context& ctx, sdk::Status status, const sdk::Json& summary) {
  const bool has_ended = status.ok() || status == sdk::Status(DH_E_RECEIVER);
  return has_ended ? ctx.answer(summary) : status;
}

sdk::Status wrong_parameter(sdk::Context& ctx, std::string_view parameter, std::string_view message,
                            std::string_view hint) {
  sdk::Failure failure;
  failure.type = "ParameterError";
  failure.parameter = parameter;
  failure.message = message;
  failure.hint = hint;
  return ctx.fail(failure);
}

}  // namespace dockerhub::hub
