#include "http/route.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

using testing::HasSubstr;

Result<bool> redirect(Route& route, std::string_view location, int status = 302,
                      std::string_view method = "GET") {
  Headers headers;
  headers.add("Location", location);
  return route.redirect(method, status, headers);
}

Route route(std::string_view url = "https://a.example/x") {
  Request request;
  request.url = parse_url(url).value();
  return Route(request);
}

// A URL that came in an answer of another server.
Route route_from(const Request::Referrer& referrer, std::string_view url) {
  Request request;
  request.url = parse_url(url).value();
  request.came_from = referrer;
  return Route(request);
}

Request::Referrer referrer(std::string_view url, bool is_private = false) {
  return {parse_url(url).value().origin, is_private};
}

TEST(RouteTest, OfAUrlFromAnotherServerIsUnderTheRulesOfRedirects) {
  const Route elsewhere = route_from(referrer("https://a.example/"), "https://cdn.example/x");
  EXPECT_FALSE(elsewhere.at_home()) << "no credential goes along";
  EXPECT_FALSE(elsewhere.allows(true)) << "no address of this machine or a private net";
  EXPECT_TRUE(elsewhere.allows(false));
  EXPECT_TRUE(elsewhere.check());
  EXPECT_FALSE(route_from(referrer("https://a.example/"), "http://cdn.example/x").check());
  EXPECT_TRUE(route_from(referrer("http://127.0.0.1/", true), "http://127.0.0.1:1/x").allows(true));
}

TEST(RouteTest, OfAUrlFromTheSameServerIsAtHome) {
  const Route same = route_from(referrer("https://a.example/"), "https://a.example/next");
  EXPECT_TRUE(same.at_home());
  EXPECT_TRUE(same.allows(true));
}

TEST(RouteTest, FollowsEachKindOfRedirectOfGetAndHead) {
  for (const int status : {301, 302, 303, 307, 308}) {
    for (const char* method : {"GET", "HEAD"}) {
      Route followed = route();
      EXPECT_EQ(redirect(followed, "/y", status, method), true);
      EXPECT_EQ(followed.url().text(), "https://a.example/y");
    }
  }
}

TEST(RouteTest, LeavesOtherAnswersAndMethodsAsTheyAre) {
  Route stays = route();
  for (const int status : {200, 201, 300, 304, 305, 306, 404}) {
    EXPECT_EQ(redirect(stays, "/y", status), false) << status;
  }
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    EXPECT_EQ(redirect(stays, "/y", 307, method), false) << method;
  }
  EXPECT_EQ(stays.redirect("GET", 302, {}), false) << "without a Location";
  EXPECT_EQ(stays.url().path, "/x");
}

TEST(RouteTest, FollowsAtMostFive) {
  Route followed = route();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(redirect(followed, "/y"), true);
  EXPECT_EQ(redirect(followed, "/y"), false);
}

TEST(RouteTest, NeverGoesFromHttpsToHttp) {
  Route refused = route();
  const auto followed = redirect(refused, "http://a.example/y?signature=hidden");
  ASSERT_FALSE(followed);
  EXPECT_EQ(followed.error().kind, ErrorKind::network);
  EXPECT_THAT(followed.error().message, HasSubstr("from https to http"));
  EXPECT_THAT(followed.error().message, testing::Not(HasSubstr("hidden")));
  Route open = route("http://a.example/");
  EXPECT_EQ(redirect(open, "https://a.example/y"), true);
}

TEST(RouteTest, RefusesALocationThatIsNoUrl) {
  Route refused = route();
  EXPECT_FALSE(redirect(refused, "file:///etc/passwd"));
  EXPECT_FALSE(redirect(refused, "https://user:word@b.example/"));
}

TEST(RouteTest, LeavesHomeWithSchemeHostOrPort) {
  Route same = route();
  EXPECT_EQ(redirect(same, "https://A.example:443/y"), true);
  EXPECT_TRUE(same.at_home());
  for (const char* other : {"https://b.example/y", "https://a.example:8443/y"}) {
    Route left = route();
    EXPECT_EQ(redirect(left, other), true);
    EXPECT_FALSE(left.at_home()) << other;
  }
  Route upgraded = route("http://a.example/");
  EXPECT_EQ(redirect(upgraded, "https://a.example/y"), true);
  EXPECT_FALSE(upgraded.at_home());
}

TEST(RouteTest, DoesNotComeBackHome) {
  Route left = route();
  EXPECT_EQ(redirect(left, "https://b.example/y"), true);
  EXPECT_EQ(redirect(left, "https://a.example/z"), true);
  EXPECT_FALSE(left.at_home());
}

TEST(RouteTest, ReachesAPrivateAddressOnlyFromOne) {
  Route from_outside = route();
  EXPECT_TRUE(from_outside.allows(true)) << "the user's own choice";
  from_outside.connected(false);
  EXPECT_EQ(redirect(from_outside, "https://b.example/y"), true);
  EXPECT_FALSE(from_outside.allows(true));
  EXPECT_TRUE(from_outside.allows(false));

  Route from_inside = route();
  from_inside.connected(true);
  EXPECT_EQ(redirect(from_inside, "https://b.example/y"), true);
  from_inside.connected(false);
  EXPECT_TRUE(from_inside.allows(true)) << "only the first connection decides";
}

}  // namespace
}  // namespace dockerhub::http
