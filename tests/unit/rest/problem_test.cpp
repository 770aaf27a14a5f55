#include "problem.hpp"

#include <gmock/gmock.h>

#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

Error error_of(ErrorKind kind, int upstream = 0) {
  Error error;
  error.kind = kind;
  error.message = "what happened";
  error.status_code = upstream;
  return error;
}

TEST(Problem, HasTheStatusOfWhatWentWrong) {
  EXPECT_EQ(status_of(error_of(ErrorKind::parameter)), 400);
  EXPECT_EQ(status_of(error_of(ErrorKind::parameter, 404)), 404);
  EXPECT_EQ(status_of(error_of(ErrorKind::unknown_action)), 404);
  EXPECT_EQ(status_of(error_of(ErrorKind::auth, 401)), 401);
  EXPECT_EQ(status_of(error_of(ErrorKind::forbidden, 403)), 403);
  EXPECT_EQ(status_of(error_of(ErrorKind::destructive_closed)), 403);
  EXPECT_EQ(status_of(error_of(ErrorKind::policy)), 403);
  EXPECT_EQ(status_of(error_of(ErrorKind::timeout)), 504);
  EXPECT_EQ(status_of(error_of(ErrorKind::network)), 502);
}

TEST(Problem, OfAnUpstreamIsItsOwnRefusalOrABadGateway) {
  EXPECT_EQ(status_of(error_of(ErrorKind::api, 409)), 409);
  EXPECT_EQ(status_of(error_of(ErrorKind::api, 429)), 429);
  EXPECT_EQ(status_of(error_of(ErrorKind::api, 500)), 502);
  EXPECT_EQ(status_of(error_of(ErrorKind::api, 503)), 503);
  EXPECT_EQ(status_of(error_of(ErrorKind::api)), 502);
}

TEST(Problem, OfWhatIsToComeBackLaterSaysSo) {
  EXPECT_EQ(status_of(error_of(ErrorKind::unsupported)), 422);
  EXPECT_EQ(status_of(error_of(ErrorKind::unsupported, 429)), 429);
  EXPECT_EQ(status_of(error_of(ErrorKind::unsupported, 503)), 503);
}

TEST(Problem, ContainsTheErrorObject) {
  Error error = error_of(ErrorKind::api, 429);
  error.retry_after = std::chrono::milliseconds(1500);
  const web::Response response = problem(error, "/v1/x");
  EXPECT_EQ(response.headers.front().second, "application/problem+json");
  EXPECT_THAT(response.headers, testing::Contains(testing::Pair("Retry-After", "2")));
  const auto document = json::parse(response.body);
  ASSERT_TRUE(document);
  EXPECT_EQ(json::text_of(&*document, "type"), "urn:dockerhub:error:ApiError");
  EXPECT_EQ(json::text_of(&*document, "instance"), "/v1/x");
  EXPECT_EQ((*document)["status"].GetInt(), 429);
  EXPECT_EQ(json::text_of(json::find(*document, "error"), "message"), "what happened");
}

// Clients would throw the token for this server away.
TEST(Problem, OfALogInElsewhereIsNoChallengeForABearer) {
  const web::Response response = problem(error_of(ErrorKind::auth, 401), "/v1/x");
  EXPECT_THAT(response.headers, testing::Contains(testing::Pair(
                                    "WWW-Authenticate", testing::StartsWith("DockerHub "))));
}

TEST(Problem, KeepsTheHeadersOfARefusalInText) {
  web::Response refusal = web::text_response(401, "A token is needed.\n");
  refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
  const web::Response response = as_problem(refusal, "/v1");
  EXPECT_THAT(response.headers,
              testing::ElementsAre(testing::Pair("Content-Type", "application/problem+json"),
                                   testing::Pair("WWW-Authenticate", "Bearer")));
  const auto document = json::parse(response.body);
  ASSERT_TRUE(document);
  EXPECT_EQ(json::text_of(&*document, "detail"), "A token is needed.");
}

}  // namespace
}  // namespace dockerhub::rest
