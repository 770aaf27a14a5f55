#include "problem.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "server/error_envelope.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

constexpr const char* kChallenge = "DockerHub realm=\"Docker Hub or the registry\"";

struct KindStatus {
  ErrorKind kind;
  int status;
};

// Of errors without a status of the upstream that says it better.
constexpr auto kStatuses = std::to_array<KindStatus>({
    {ErrorKind::parameter, web::status::kBadRequest},
    {ErrorKind::unknown_tool, web::status::kNotFound},
    {ErrorKind::unknown_action, web::status::kNotFound},
    {ErrorKind::auth, web::status::kUnauthorized},
    {ErrorKind::forbidden, web::status::kForbidden},
    {ErrorKind::api, web::status::kBadGateway},
    {ErrorKind::destructive_closed, web::status::kForbidden},
    {ErrorKind::approval, web::status::kForbidden},
    {ErrorKind::policy, web::status::kForbidden},
    {ErrorKind::capability, web::status::kUnprocessable},
    {ErrorKind::network, web::status::kBadGateway},
    {ErrorKind::timeout, web::status::kGatewayTimeout},
    {ErrorKind::cancelled, web::status::kUnavailable},
    {ErrorKind::unsupported, web::status::kUnprocessable},
    {ErrorKind::configuration, web::status::kInternal},
    {ErrorKind::module_fault, web::status::kInternal},
});

// Come back later, whoever says so.
bool is_busy(int status) {
  return status == web::status::kTooManyRequests || status == web::status::kUnavailable;
}

bool is_refusal(int status) {
  return status >= web::status::kBadRequest && status < web::status::kInternal;
}

struct Problem {
  int status = 0;
  std::string_view type, title, detail, instance;
  std::string error_json;  // or empty
};

web::Response written(const Problem& problem) {
  web::Response response =
      web::json_response(problem.status, json::object([&](json::Writer& writer) {
                           json::put_member(writer, "type", problem.type);
                           json::put_member(writer, "title", problem.title);
                           writer.Key("status");
                           writer.Int(problem.status);
                           json::put_member(writer, "detail", problem.detail);
                           if (!problem.instance.empty())
                             json::put_member(writer, "instance", problem.instance);
                           if (!problem.error_json.empty()) {
                             writer.Key("error");
                             json::put_raw(writer, problem.error_json);
                           }
                         }));
  response.headers.front().second = kProblemType;
  return response;
}

std::string error_object(const Error& error) {
  const auto envelope = json::parse(server::error_envelope(error));
  const json::Value* object = envelope ? json::find(*envelope, "error") : nullptr;
  return object == nullptr ? std::string() : json::write(*object);
}

void put_retry_after(web::Response& response, const Error& error) {
  if (!error.retry_after) return;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retry_after).count();
  response.headers.emplace_back("Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1)));
}

}  // namespace

int status_of(const Error& error) {
  const bool of_upstream = error.kind == ErrorKind::api || error.kind == ErrorKind::parameter;
  if (is_busy(error.status_code) || (of_upstream && is_refusal(error.status_code)))
    return error.status_code;
  const auto* const found =
      std::find_if(kStatuses.begin(), kStatuses.end(),
                   [&](const KindStatus& each) { return each.kind == error.kind; });
  return found == kStatuses.end() ? web::status::kInternal : found->status;
}

web::Response problem(const Error& error, std::string_view instance, std::string_view error_json) {
  const std::string type = "urn:dockerhub:error:" + std::string(type_name(error.kind));
  const int status = status_of(error);
  web::Response response =
      written({status, type, type_name(error.kind), error.message, instance,
               error_json.empty() ? error_object(error) : std::string(error_json)});
  if (status == web::status::kUnauthorized)
    response.headers.emplace_back("WWW-Authenticate", kChallenge);
  put_retry_after(response, error);
  return response;
}

web::Response problem(int status, std::string_view detail, std::string_view instance) {
  return written({status, "about:blank", web::reason(status), detail, instance, {}});
}

web::Response nothing_here(std::string_view instance) {
  return problem(web::status::kNotFound, "Nothing is here. GET /v1 lists what there is.", instance);
}

web::Response busy(std::string_view instance) {
  web::Response response = problem(web::status::kUnavailable,
                                   "Too many requests are being answered: try again.", instance);
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

web::Response as_problem(web::Response refusal, std::string_view instance) {
  std::string_view detail = refusal.body;
  while (!detail.empty() && detail.back() == '\n') detail.remove_suffix(1);
  web::Response response = problem(refusal.status, detail, instance);
  for (auto& header : refusal.headers) {
    if (!web::same_name(header.first, "Content-Type"))
      response.headers.push_back(std::move(header));
  }
  return response;
}

}  // namespace dockerhub::rest
