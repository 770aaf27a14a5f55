#include "graphql.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "hub/members.hpp"
#include "settings.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::size_t kMostAnswer = 64 * 1024 * 1024;

bool is_refusal(int status_code) {
  constexpr std::array<int, 4> kRefusals = {401, 402, 403, 404};
  return std::find(kRefusals.begin(), kRefusals.end(), status_code) != kRefusals.end();
}

std::string words_of(const std::string& text, const sdk::Document& body) {
  constexpr std::size_t kMost = 200;
  if (body.IsObject()) {
    for (const char* name : {"message", "detail", "error"}) {
      const std::string_view words = hub::text_member(body, name);
      if (!words.empty()) return std::string(words);
    }
  }
  return text.substr(0, kMost);
}

sdk::Status no_graphql(sdk::Context& ctx, std::string_view path, std::string_view hint) {
  const std::string request = "POST " + std::string(path);
  sdk::Failure failure;
  failure.type = "ApiError";
  failure.message = "what answers there is no GraphQL service";
  failure.hint = hint;
  failure.request = request;
  return ctx.fail(failure);
}

// What was not reached may be elsewhere; a call that was ended is not about that.
sdk::Status not_opened(sdk::Context& ctx, sdk::Status status, std::string_view path,
                       std::string_view hint) {
  if (status != sdk::Status(DH_E_NETWORK)) return status;
  const std::string request = "POST " + std::string(path);
  const std::string message = "no connection to Docker Scout for " + request +
                              ". `dockerhub doctor` tells why a host cannot be reached";
  sdk::Failure failure;
  failure.type = "NetworkError";
  failure.message = message;
  failure.hint = hint;
  failure.request = request;
  return ctx.fail(failure);
}

sdk::Status too_large(sdk::Context& ctx) {
  return ctx.fail("ApiError", "the answer of Docker Scout is larger than 64 MiB",
                  "Ask without `details`, or for one platform's image alone.");
}

GraphqlAnswer read_answer(const std::string& text, int status_code, std::string_view path,
                          const Operation& operation) {
  GraphqlAnswer answer;
  answer.field = operation.field;
  answer.bytes = text.size();
  if (auto body = sdk::parse_json(text)) answer.body = *std::move(body);
  answer.problems = read_problems(answer.body);
  for (Problem& problem : answer.problems) {
    if (problem.status == 0 && is_refusal(status_code)) problem.status = status_code;
  }
  const sdk::Value* extensions = hub::member(answer.body, "extensions");
  if (extensions != nullptr)
    answer.correlation_id = hub::text_member(*extensions, "correlation_id");
  if (answer.problems.empty() && is_refusal(status_code)) {
    const std::string message = "HTTP " + std::to_string(status_code) + " for POST " +
                                std::string(path) + ": " + words_of(text, answer.body);
    answer.problems.push_back({message, std::string(kHttpCode), {}, status_code});
  }
  return answer;
}

}  // namespace

const sdk::Value* GraphqlAnswer::value() const {
  const sdk::Value* data = hub::member(body, "data");
  return data == nullptr ? nullptr : hub::member(*data, field);
}

sdk::Reply<GraphqlAnswer> ask(sdk::Context& ctx, const Operation& operation,
                              const sdk::Json& variables, sdk::Credential credential,
                              std::string_view instead) {
  const std::string hint = with_instead(kOtherHost, instead);
  const auto path = graphql_path(ctx);
  if (!path) return path.status();
  const sdk::Json body = {
      {"query", operation.text}, {"operationName", operation.name}, {"variables", variables}};
  sdk::Request request;
  request.surface = "scout";
  request.method = "POST";
  request.path = *path;
  request.media_type = "application/json";
  request.body = body.text();
  request.credential = credential;
  auto exchange = ctx.http().open(request);
  if (!exchange) return not_opened(ctx, exchange.status(), *path, hint);
  const auto response = exchange->finish();
  if (response.status() == sdk::Status(DH_E_NETWORK)) return exchange->reject(hint);
  if (!response) return response.status();
  if (!response->good() && !is_refusal(response->status_code)) return exchange->reject(hint);
  const auto text = exchange->text(kMostAnswer);
  if (!text) return text.status() == sdk::Status(DH_E_LIMIT) ? too_large(ctx) : text.status();
  GraphqlAnswer answer = read_answer(*text, response->status_code, *path, operation);
  const bool is_answer = hub::member(answer.body, "data") != nullptr || !answer.problems.empty();
  if (!is_answer) return no_graphql(ctx, *path, hint);
  return answer;
}

sdk::Reply<const sdk::Value*> value_of(sdk::Context& ctx, const GraphqlAnswer& answer) {
  const sdk::Value* value = answer.value();
  if (value == nullptr && !answer.problems.empty())
    return fail(ctx, answer.problems, answer.correlation_id);
  warn(ctx, answer.problems);
  return value;
}

sdk::Json context_of(std::string_view organization) {
  if (organization.empty()) return sdk::Json::raw("{}");
  return {{"organization", organization}};
}

}  // namespace dockerhub::scout
