// Which trace contexts are passed on, and to whom.
#include "http/trace_context.hpp"

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(TraceParentTest, IsTakenInItsOwnFormOnly) {
  EXPECT_TRUE(is_traceparent(kParent));
  EXPECT_TRUE(is_traceparent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later"));
  for (const char* wrong : {"", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX: y",
                            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-\r\nX: y"})
    EXPECT_FALSE(is_traceparent(wrong)) << wrong;
}

TEST(TraceStateTest, IsBoundedAndPrintable) {
  EXPECT_TRUE(is_tracestate("vendor=value,other=1"));
  EXPECT_FALSE(is_tracestate(""));
  EXPECT_FALSE(is_tracestate("a=b\r\nX: y"));
  EXPECT_TRUE(is_tracestate(std::string(512, 'x')));
  EXPECT_FALSE(is_tracestate(std::string(513, 'x')));
}

class TraceContextTest : public ClientFixture {
 protected:
  static Request traced(const Url& url) {
    Request made = request(url);
    made.traceparent = kParent;
    made.tracestate = "vendor=value";
    return made;
  }
};

TEST_F(TraceContextTest, GoesAlongToTheOriginAndNoFurther) {
  ScriptedServer storage({ok("blob")});
  ScriptedServer server({status(302, "Location: " + storage.url().text() + "\r\n")});
  ASSERT_TRUE(fetch(traced(server.url())));
  EXPECT_THAT(server.requests().front(), HasSubstr("traceparent: " + std::string(kParent) +
                                                   "\r\ntracestate: vendor=value\r\n"));
  EXPECT_THAT(storage.requests().front(), Not(HasSubstr("trace")));
}

TEST_F(TraceContextTest, ThatIsNoneIsLeftOut) {
  ScriptedServer server({ok("")});
  Request wrong = traced(server.url());
  wrong.traceparent = "00-x";
  ASSERT_TRUE(fetch(wrong));
  Request own = traced(server.url());
  own.tracestate = "a\r\nb: c";
  ASSERT_TRUE(fetch(own));
  EXPECT_THAT(server.requests().front(), Not(HasSubstr("trace")));
  EXPECT_THAT(server.requests().back(), Not(HasSubstr("tracestate")));
}

TEST_F(TraceContextTest, OfTheRequestsOwnHeadersCounts) {
  ScriptedServer server({ok("")});
  Request made = traced(server.url());
  made.headers.add("traceparent", "00-11111111111111111111111111111111-2222222222222222-00");
  ASSERT_TRUE(fetch(made));
  EXPECT_THAT(server.requests().front(), Not(HasSubstr(kParent)));
}

}  // namespace
}  // namespace dockerhub::http
