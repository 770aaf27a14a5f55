// What a handler finds on its Context.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <dockerhub/sdk/context.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

#include "fake_host.hpp"

namespace {

using namespace dockerhub::sdk;
using testing::ElementsAre;

struct ContextTest : testing::Test {
  FakeHost fake;
};

TEST_F(ContextTest, PutsContentPartsInTheirOrder) {
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  ctx.text("t");
  ctx.image("pix", "image/png");
  ctx.link("https://x/", "X", "text/html");
  EXPECT_TRUE(ctx.done().ok());
  EXPECT_THAT(fake.parts,
              ElementsAre("1|t||||", "2||pix|image/png||", "5|||text/html|https://x/|X"));
}

TEST_F(ContextTest, PutsSoundsAndResourcesIntoTheirOwnPlaces) {
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  ctx.audio("pcm", "audio/wav");
  ctx.resource_text("note:a", "text/plain", "t");
  ctx.resource_bytes("note:b", "image/png", "pix");
  EXPECT_TRUE(ctx.done().ok());
  EXPECT_THAT(fake.parts, ElementsAre("3||pcm|audio/wav||", "4|t||text/plain|note:a|",
                                      "4||pix|image/png|note:b|"));
}

TEST_F(ContextTest, HasNoParametersWhereTheKernelGivesNone) {
  fake.call_1.params = [](dh_call*, dh_str*) -> dh_status { return DH_E_FAILED; };
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  EXPECT_THROW(static_cast<void>(ctx.params()), std::runtime_error);
}

TEST_F(ContextTest, AnExchangeThatNobodyWaitsForIsNotReady) {
  fake.http_1.wait = [](dh_call*, const dh_handle*, size_t, uint32_t,
                        dh_handle* ready) -> dh_status {
    *ready = 1000;
    return DH_OK;
  };
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  const auto exchange = ctx.http().get("hub", "/a");
  ASSERT_TRUE(exchange);
  EXPECT_EQ(ctx.http().wait({&*exchange}, std::chrono::seconds(1)).status().value(), DH_E_INVALID);
}

TEST_F(ContextTest, TellsProgressAndAnnotations) {
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  ctx.progress({1, 2, "byte", "", "left"});
  ctx.annotate("exists", false);
  EXPECT_THAT(fake.progress, ElementsAre("left:1/2byte"));
  EXPECT_THAT(fake.annotations, ElementsAre("exists=false"));
}

TEST_F(ContextTest, AFailureCarriesItsFacts) {
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  Failure failure;
  failure.type = "ApiError";
  failure.message = "no";
  failure.status_code = 418;
  EXPECT_EQ(ctx.fail(failure).value(), DH_E_FAILED);
  EXPECT_EQ(fake.error_type, "ApiError");
  EXPECT_EQ(fake.error_status_code, 418);
  EXPECT_EQ(fake.error_retry_after_ms, 0);
}

TEST_F(ContextTest, ARepeatInThePastIsUnknown) {
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  Failure failure;
  failure.retry_after_ms = -1;
  EXPECT_FALSE(ctx.fail(failure));
  EXPECT_EQ(fake.error_retry_after_ms, 0);
  failure.retry_after_ms = 5000;
  EXPECT_FALSE(ctx.fail(failure));
  EXPECT_EQ(fake.error_retry_after_ms, 5000);
}

TEST_F(ContextTest, WaitsForNoLessThanNothingAndNoMoreThanTheInterfaceCanSay) {
  using std::chrono::milliseconds;
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  EXPECT_TRUE(ctx.pause(milliseconds(-1)).ok());
  EXPECT_TRUE(ctx.pause(milliseconds(1500)).ok());
  EXPECT_TRUE(ctx.pause(std::chrono::hours(24 * 365)).ok());
  auto exchange = ctx.http().get("hub", "/a");
  ASSERT_TRUE(exchange);
  EXPECT_EQ(*ctx.http().wait({&*exchange}, milliseconds::max()), 0U);
  EXPECT_THAT(fake.waits, ElementsAre(0U, 1500U, UINT32_MAX, UINT32_MAX));
}

TEST_F(ContextTest, AnActionThatFailedLeavesItsEnvelope) {
  fake.envelope = R"({"error":{"type":"ApiError"}})";
  fake.catalog_status = DH_E_FAILED;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  const CallOutcome outcome = ctx.run("demo", "fail", {{"type", "ApiError"}});
  EXPECT_EQ(outcome.status.value(), DH_E_FAILED);
  EXPECT_EQ(outcome.envelope, fake.envelope);
  EXPECT_THAT(fake.requests, ElementsAre(R"(demo.fail {"type":"ApiError"})"));
}

TEST_F(ContextTest, ASuspendedActionSuspendsItsCaller) {
  fake.catalog_status = DH_SUSPENDED;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  const CallOutcome outcome = ctx.run("demo", "ask", Json::raw("{}"));
  EXPECT_TRUE(outcome.status.suspended());
  EXPECT_EQ(outcome.envelope, "");
}

TEST_F(ContextTest, ReadsTheCapabilitiesOfTheCaller) {
  fake.capabilities = R"({"sampling":true,"roots":false,"log_level":"info"})";
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  const Capabilities caller = ctx.caller();
  EXPECT_TRUE(caller.sampling);
  EXPECT_FALSE(caller.roots);
  EXPECT_FALSE(caller.elicitation);
  EXPECT_EQ(caller.log_level, "info");
}

TEST_F(ContextTest, KnowsADryRun) {
  fake.dry = true;
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  EXPECT_TRUE(ctx.dry_run());
}

TEST_F(ContextTest, AFunctionBehindTheEndOfATableIsUnsupported) {
  fake.call_1.size = offsetof(dh_call_1, warn);
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  EXPECT_TRUE(ctx.answer(1).ok());
  ctx.warn("not told");
  EXPECT_EQ(ctx.done().value(), DH_E_UNSUPPORTED);
  EXPECT_THAT(fake.warnings, ElementsAre());
}

TEST_F(ContextTest, AFunctionThatIsNotThereIsUnsupported) {
  fake.call_1.pause = nullptr;
  const Host host(&fake.host);
  Context ctx(host, fake.call());
  EXPECT_EQ(ctx.pause(std::chrono::milliseconds(1)).value(), DH_E_UNSUPPORTED);
  EXPECT_FALSE(ctx.remaining().has_value());
  EXPECT_FALSE(ctx.cancelled());
}

TEST_F(ContextTest, MissingExtensionsAreUnsupported) {
  fake.missing = {DH_ASK_1,  DH_HTTP_1, DH_DIGEST_1,  DH_CONFIG_1,
                  DH_EMIT_1, DH_LOG_1,  DH_CATALOG_1, DH_KEPT_1};
  const Host host(&fake.host);
  const Context ctx(host, fake.call());
  EXPECT_EQ(ctx.ask().approve(Effect::write, "x").value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.http().get("hub", "/").status().value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.digest("sha256").status().value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.store("s").status().value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.kept("k").status().value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.identity().status().value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.limits().status().value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.offered("t", "a").value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(ctx.run("t", "a", Json::raw("{}")).status.value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(host.changed(Kind::action).value(), DH_E_UNSUPPORTED);
  EXPECT_EQ(host.text_setting("k").status().value(), DH_E_UNSUPPORTED);
  host.log(Level::info, "goes nowhere");
  EXPECT_THAT(fake.log, ElementsAre());
}

}  // namespace
