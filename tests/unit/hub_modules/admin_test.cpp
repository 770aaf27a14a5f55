// hub_admin: who is logged in, and what is left of the budgets, as the kernel says.
#include <dockerhub/abi.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <ctime>
#include <string>
#include <string_view>
#include <vector>

extern "C" const dh_entry dockerhub_module_entry;

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// A kernel with an identity and budgets.
struct Account {
  Account() {
    host.size = sizeof(host);
    host.kernel = this;
    host.extension = &Account::extension;
  }
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;

  static Account& of(dh_call* call) { return *reinterpret_cast<Account*>(call); }
  static std::string_view view(dh_str text) { return {text.data, text.size}; }
  static dh_str str(const std::string& text) { return {text.data(), text.size()}; }

  static const void* extension(const dh_host*, dh_str id) {
    static const dh_call_1 kCall = [] {
      dh_call_1 table{};
      table.size = sizeof(table);
      table.answer = [](dh_call* call, dh_str json) -> dh_status {
        of(call).data = view(json);
        return DH_OK;
      };
      table.warn = [](dh_call*, dh_str) -> dh_status { return DH_OK; };
      return table;
    }();
    static const dh_identity_1 kIdentity = {sizeof(dh_identity_1), 0,
                                            [](dh_call* call, dh_str* json) -> dh_status {
                                              if (!of(call).signed_in) return DH_E_INVALID;
                                              *json = str(of(call).identity);
                                              return DH_OK;
                                            },
                                            [](dh_call* call) -> dh_status {
                                              of(call).signed_in = true;
                                              return of(call).sign_in_status;
                                            }};
    static const dh_limits_1 kLimits = {sizeof(dh_limits_1), 0,
                                        [](dh_call* call, dh_str* json) -> dh_status {
                                          *json = str(of(call).budgets);
                                          return DH_OK;
                                        }};
    // No server is reached.
    static const dh_http_1 kHttp = [] {
      dh_http_1 table{};
      table.size = sizeof(table);
      table.open = [](dh_call* call, const dh_request* request, dh_handle*) -> dh_status {
        of(call).asked.emplace_back(view(request->surface));
        return DH_E_NETWORK;
      };
      return table;
    }();
    if (view(id) == DH_CALL_1) return &kCall;
    if (view(id) == DH_HTTP_1) return &kHttp;
    if (view(id) == DH_IDENTITY_1) return &kIdentity;
    return view(id) == DH_LIMITS_1 ? &kLimits : nullptr;
  }

  dh_status run(std::string_view action) {
    dh_module* module = nullptr;
    dockerhub_module_entry.create(&host, &module);
    const dh_str id = {DH_TOOLS_1, sizeof(DH_TOOLS_1) - 1};
    const auto* tools =
        static_cast<const dh_tools_1*>(dockerhub_module_entry.extension(module, id));
    const std::string_view tool = "hub_admin";
    const dh_status status =
        tools->invoke(module, reinterpret_cast<dh_call*>(this), {tool.data(), tool.size()},
                      {action.data(), action.size()});
    dockerhub_module_entry.destroy(module);
    return status;
  }

  dh_host host{};
  std::string identity, budgets = "[]", data;
  std::vector<std::string> asked;  // surfaces
  dh_status sign_in_status = DH_OK;
  bool signed_in = false;
};

TEST(Whoami, OfNobodyIsAnAnswer) {
  Account account;
  account.identity =
      R"({"authenticated":false,"kind":"anonymous","name":null,"claims":{},"expires_at":null})";
  EXPECT_EQ(account.run("whoami"), DH_OK);
  EXPECT_EQ(account.data, R"({"authenticated":false,"identity":null,"claims":{},"expires_at":null,)"
                          R"("expires_in":null,"credential_kind":null})");
}

TEST(Whoami, SignsInBeforeItAsks) {
  Account account;
  account.identity =
      R"({"authenticated":true,"kind":"pat","name":"ada","claims":{"sub":"1"},"expires_at":null})";
  EXPECT_EQ(account.run("whoami"), DH_OK);
  EXPECT_THAT(account.data, HasSubstr(R"("identity":"ada","claims":{"sub":"1"})"));
  EXPECT_THAT(account.data, HasSubstr(R"("credential_kind":"pat")"));
}

TEST(Whoami, WithARefusedAccountIsAFailure) {
  Account account;
  account.sign_in_status = DH_E_AUTH;
  EXPECT_EQ(account.run("whoami"), DH_E_AUTH);
  EXPECT_EQ(account.data, "");
}

TEST(Whoami, TellsOfTheClaimsOnlyWhatIsNoPrivateMatter) {
  Account account;
  account.identity =
      R"({"authenticated":true,"kind":"jwt","name":null,"expires_at":null,"claims":{"sub":"7","exp":9,)"
      R"("email":"ada@example.com","session":"s","https://hub.docker.com":)"
      R"({"username":"ada","uuid":"u","email":"ada@example.com"}}})";
  EXPECT_EQ(account.run("whoami"), DH_OK);
  EXPECT_THAT(account.data, HasSubstr(R"("identity":"ada")"));
  EXPECT_THAT(account.data,
              HasSubstr(R"("claims":{"sub":"7","username":"ada","exp":9,"uuid":"u"})"));
  EXPECT_THAT(account.data, Not(HasSubstr("example.com")));
}

TEST(Whoami, NamesTheSubjectWhereATokenSaysNoMore) {
  Account account;
  account.identity =
      R"({"authenticated":true,"kind":"jwt","name":null,"claims":{"sub":"7"},"expires_at":null})";
  EXPECT_EQ(account.run("whoami"), DH_OK);
  EXPECT_THAT(account.data, HasSubstr(R"("identity":"7")"));
}

std::int64_t expires_in(const std::string& expires_at) {
  Account account;
  account.identity = R"({"authenticated":true,"kind":"pat","name":"a","claims":{},"expires_at":")" +
                     expires_at + R"("})";
  EXPECT_EQ(account.run("whoami"), DH_OK);
  rapidjson::Document data;
  data.Parse(account.data.c_str());
  return data["expires_in"].IsNull() ? -1 : data["expires_in"].GetInt64();
}

TEST(Whoami, CountsTheSecondsUntilTheTokenEnds) {
  constexpr std::int64_t kTenMinutes = 600;
  constexpr std::int64_t kSlack = 60;
  const std::time_t end = std::time(nullptr) + kTenMinutes;
  std::tm parts{};
  gmtime_r(&end, &parts);
  char text[32];
  ASSERT_NE(std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts), 0U);
  EXPECT_LE(expires_in(text), kTenMinutes);
  EXPECT_GT(expires_in(text), kTenMinutes - kSlack);
  EXPECT_EQ(expires_in("2001-01-01T00:00:00Z"), 0);
  EXPECT_EQ(expires_in("soon"), -1);
}

TEST(RateLimit, AlwaysHasItsThreeKeys) {
  Account account;
  EXPECT_EQ(account.run("rate_limit"), DH_OK);
  EXPECT_EQ(account.data, R"({"limit":null,"remaining":null,"reset":null,"budgets":[]})");
}

TEST(RateLimit, IsThatOfTheHubAndShowsEveryBudgetBeside) {
  Account account;
  account.budgets =
      R"([{"api":"registry","limit":100,"remaining":7,"reset":null,"observed_at":"2026-03-01T00:00:00Z"},)"
      R"({"api":"hub","limit":180,"remaining":1,"reset":5,"observed_at":"2026-01-02T00:00:00Z"},)"
      R"({"api":"hub","limit":180,"remaining":2,"reset":6,"observed_at":"2026-02-01T00:00:00Z"},)"
      R"({"api":"hub","limit":60,"remaining":3,"reset":7,"observed_at":"2026-01-01T00:00:00Z"}])";
  EXPECT_EQ(account.run("rate_limit"), DH_OK);
  EXPECT_THAT(account.data,
              HasSubstr(R"({"limit":180,"remaining":2,"reset":6,"budgets":[{"api":)"));
  EXPECT_THAT(account.data, HasSubstr(R"("api":"registry","limit":100)"));
}

TEST(Limits, AskTheHubUnlessItsLimitIsKnown) {
  Account account;
  account.budgets = R"([{"api":"hub","limit":180,"remaining":2,"reset":6}])";
  EXPECT_EQ(account.run("limits"), DH_OK);
  EXPECT_THAT(account.asked, ElementsAre("registry"));
}

TEST(Limits, AskTheHubWhereARefusalAloneIsKnown) {
  Account account;
  account.budgets = R"([{"api":"hub","limit":null,"remaining":null,"reset":null,)"
                    R"("retry_at":"2026-01-01T00:00:00Z"}])";
  EXPECT_EQ(account.run("limits"), DH_OK);
  EXPECT_THAT(account.asked, ElementsAre("hub", "registry"));
}

}  // namespace
