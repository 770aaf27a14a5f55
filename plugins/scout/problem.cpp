#include "problem.hpp"

#include <algorithm>
#include <array>

#include "hub/members.hpp"

namespace dockerhub::scout {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kPaymentRequired = 402;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kTooMany = 429;

struct Meaning {
  int status;
  std::string_view type, hint;
};
constexpr std::array<Meaning, 5> kMeanings = {{
    {kUnauthorized, "AuthError", "Log in: set DOCKER_HUB_USER and DOCKER_HUB_TOKEN."},
    {kPaymentRequired, "UnauthorizedError",
     "The organization's Docker Scout subscription does not include this, or its quota is used "
     "up."},
    {kForbidden, "UnauthorizedError",
     "The account may not see this. Without `org` only what is public is asked for."},
    {kNotFound, "ParameterError", "Check the name of the organization and of the repository."},
    {kTooMany, "ApiError", "Docker Scout takes no more requests for the moment: try again later."},
}};

const Meaning* meaning_of(int status) {
  const auto* const found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                         [&](const Meaning& row) { return row.status == status; });
  return found == kMeanings.end() ? nullptr : found;
}

// The documentation has a number, clients test for the word.
int status_of(const sdk::Value& extensions, std::string_view code) {
  const sdk::Value* status = hub::member(extensions, "status");
  constexpr int kLeast = 100;
  constexpr int kMost = 599;
  if (status != nullptr && status->IsInt() && status->GetInt() >= kLeast &&
      status->GetInt() <= kMost)
    return status->GetInt();
  const std::string_view word =
      status != nullptr && status->IsString() ? sdk::view(*status) : std::string_view();
  const auto says = [&](std::string_view what) {
    return word.find(what) != std::string_view::npos || code.find(what) != std::string_view::npos;
  };
  if (says("FORBIDDEN")) return kForbidden;
  if (says("UNAUTHENTICATED")) return kUnauthorized;
  return says("NOT_FOUND") ? kNotFound : 0;
}

std::string path_text(const sdk::Value* path) {
  std::string text;
  if (path == nullptr) return text;
  for (const sdk::Value& step : path->GetArray()) {
    if (!text.empty()) text += '.';
    text += step.IsString() ? std::string(sdk::view(step)) : sdk::Json(step).text();
  }
  return text;
}

Problem read_problem(const sdk::Value& error) {
  static const sdk::Value kNothing;
  const sdk::Value* given = hub::member(error, "extensions");
  const sdk::Value& extensions = given == nullptr ? kNothing : *given;
  Problem problem;
  problem.message = hub::text_member(error, "message");
  if (problem.message.empty()) problem.message = "an error without a message";
  problem.code = hub::text_member(extensions, "code");
  problem.path = path_text(hub::array_member(error, "path"));
  problem.status = status_of(extensions, problem.code);
  return problem;
}

// A server that is ahead of, or behind, the schema that this module was made for.
bool is_about_schema(const Problem& problem) {
  constexpr std::array<std::string_view, 4> kSigns = {"Cannot query field", "Unknown argument",
                                                      "Unknown type", "is not defined by"};
  return problem.code == "GRAPHQL_VALIDATION_FAILED" ||
         std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
           return problem.message.find(sign) != std::string::npos;
         });
}

sdk::Json details_of(const std::vector<Problem>& problems, std::string_view correlation_id) {
  std::vector<sdk::Json> errors;
  for (const Problem& problem : problems) {
    errors.push_back({{"message", problem.message},
                      {"code", problem.code},
                      {"path", problem.path},
                      {"status", problem.status}});
  }
  return {{"errors", sdk::Json::array(errors)}, {"correlation_id", correlation_id}};
}

std::string_view hint_for(const Problem& problem) {
  if (is_about_schema(problem))
    return "The server's schema differs from the one that this version was made for: look for an "
           "update.";
  // No such place, rather than no such image.
  if (problem.code == kHttpCode && problem.status == kNotFound) return kOtherHost;
  const Meaning* meaning = meaning_of(problem.status);
  return meaning == nullptr
             ? "Try again later; the correlation id in `details` names the request to "
               "Docker's support."
             : meaning->hint;
}

}  // namespace

std::vector<Problem> read_problems(const sdk::Value& body) {
  std::vector<Problem> problems;
  const sdk::Value* errors = hub::array_member(body, "errors");
  if (errors == nullptr) return problems;
  for (const sdk::Value& error : errors->GetArray()) problems.push_back(read_problem(error));
  return problems;
}

bool is_refusal(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.status == kUnauthorized || problem.status == kPaymentRequired ||
           problem.status == kForbidden || problem.status == kNotFound;
  });
}

sdk::Status fail(sdk::Context& ctx, const std::vector<Problem>& problems,
                 std::string_view correlation_id, std::string_view instead) {
  const Problem first = problems.empty() ? Problem{"no answer", {}, {}, 0} : problems.front();
  std::string message = "Docker Scout says: " + first.message;
  if (problems.size() > 1) message += " (and " + std::to_string(problems.size() - 1) + " more)";
  const Meaning* meaning = meaning_of(first.status);
  const sdk::Json details = details_of(problems, correlation_id);
  const std::string hint = with_instead(hint_for(first), instead);
  sdk::Failure failure;
  failure.type = meaning == nullptr ? "ApiError" : meaning->type;
  failure.message = message;
  failure.hint = hint;
  failure.status_code = first.status;
  failure.details = details.text();
  return ctx.fail(failure);
}

std::string with_instead(std::string_view hint, std::string_view instead) {
  return std::string(hint).append(instead.empty() ? "" : " ").append(instead);
}

void warn(sdk::Context& ctx, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    ctx.warn("Docker Scout says, beside its answer: " + problem.message +
             (problem.path.empty() ? "" : " (" + problem.path + ")"));
  }
}

}  // namespace dockerhub::scout
