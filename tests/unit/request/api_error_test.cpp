#include "request/api_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::Not;

http::Response answer(int status, std::string_view type = "application/json") {
  http::Response response;
  response.status_code = status;
  response.headers.add("Content-Type", type);
  response.url = *http::parse_url("https://hub.docker.com/v2/repositories/a?token=x");
  return response;
}

TEST(ApiError, HasTheTypeThatItsStatusStandsFor) {
  EXPECT_EQ(api_error("GET", answer(400), "").kind, ErrorKind::parameter);
  EXPECT_EQ(api_error("GET", answer(401), "").kind, ErrorKind::auth);
  EXPECT_EQ(api_error("GET", answer(403), "").kind, ErrorKind::forbidden);
  EXPECT_EQ(api_error("GET", answer(404), "").kind, ErrorKind::parameter);
  for (const int status : {302, 405, 409, 416, 429, 500, 503}) {
    EXPECT_EQ(api_error("GET", answer(status), "").kind, ErrorKind::api) << status;
  }
}

TEST(ApiError, SaysWhatWasAskedWithoutTheQuery) {
  const Error error = api_error("GET", answer(404), R"({"detail":"no such thing"})");
  EXPECT_EQ(error.message, "HTTP 404 for GET /v2/repositories/a: no such thing");
  EXPECT_EQ(error.request, "GET /v2/repositories/a");
  EXPECT_EQ(error.status_code, 404);
  EXPECT_FALSE(error.hint.empty());
}

TEST(ApiError, FindsTheServersWordsInEveryFormThatTheyCome) {
  const auto words = [](std::string_view body) {
    return api_error("GET", answer(400), body).message;
  };
  EXPECT_THAT(words(R"({"message":"m"})"), HasSubstr(": m"));
  EXPECT_THAT(words(R"({"errinfo":"e"})"), HasSubstr(": e"));
  EXPECT_THAT(words(R"({"text":"bad","fields":{"name":["too short"]}})"),
              HasSubstr(R"(: bad (name: ["too short"]))"));
  EXPECT_THAT(words(R"({"errors":[{"code":"NAME_UNKNOWN","message":"m"},{"code":"X"}]})"),
              HasSubstr(": NAME_UNKNOWN: m; X"));
  EXPECT_THAT(api_error("GET", answer(404, "text/plain"), "404 page not found\n").message,
              HasSubstr(": 404 page not found"));
}

TEST(ApiError, KeepsRegistryCodesForPrograms) {
  const Error error = api_error("GET", answer(404), R"({"errors":[{"code":"MANIFEST_UNKNOWN"}]})");
  EXPECT_EQ(error.details, R"({"codes":["MANIFEST_UNKNOWN"]})");
}

TEST(ApiError, ShowsNoPagesOfHtmlAndNoControlCharacters) {
  EXPECT_THAT(api_error("GET", answer(502, "text/html"), "<html>long</html>").message,
              Not(HasSubstr("<html>")));
  const Error error = api_error("GET", answer(400), "{\"detail\":\"a\\u001b[31mb\\u202e\"}");
  EXPECT_THAT(error.message, Not(HasSubstr("\x1b")));
  EXPECT_THAT(error.message, Not(HasSubstr("\u202e")));
}

TEST(ApiError, CutsTheServersWordsAtAWholeCharacter) {
  const std::string letters(499, 'x');
  const Error error = api_error("GET", answer(400), R"({"detail":")" + letters + "\xc3\xa9nd\"}");
  EXPECT_EQ(error.message, "HTTP 400 for GET /v2/repositories/a: " + letters);
}

TEST(ApiError, TellsWhenToComeBack) {
  http::Response busy = answer(429);
  busy.headers.add("Retry-After", "7");
  EXPECT_EQ(api_error("GET", busy, "").retry_after, std::chrono::milliseconds(7000));
  EXPECT_FALSE(api_error("GET", answer(429), "").retry_after);
  http::Response absent = answer(404);
  absent.headers.add("X-RateLimit-Reset", "99999999999");
  EXPECT_FALSE(api_error("GET", absent, "").retry_after) << "that budget was not the reason";
}

TEST(ApiError, TakesTheModulesHintWhereItHasABetterOne) {
  EXPECT_EQ(api_error("GET", answer(405), "", "Delete by digest.").hint, "Delete by digest.");
}

}  // namespace
}  // namespace dockerhub
