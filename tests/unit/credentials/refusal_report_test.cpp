#include "credentials/refusal_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "credentials/credentials.hpp"
#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Refusals : public testing::Test {
 protected:
  void use(const std::map<std::string, std::string>& environment) {
    configurations_.push_back(settings_.load(environment));
    credentials_ = std::make_unique<Credentials>(
        configurations_.back(), service_.fetch(),
        [this](LogLevel, std::string_view text) { lines_.emplace_back(text); });
  }
  int ask(bool good) {
    const auto done =
        exchange(*credentials_->hub(), "https://hub.docker.com/v2/x",
                 [good](const std::string&) { return std::pair(good ? 200 : 401, std::string()); });
    return done ? done->status : -1;
  }

  Settings settings_;
  std::vector<Configuration> configurations_;
  std::vector<std::string> lines_;
  int login_status_ = 200;
  int minted_ = 0;
  FakeService service_{[this](const http::Request&) {
    return answer(login_status_, R"({"token":"token-)" + std::to_string(++minted_) + "\"}");
  }};
  std::unique_ptr<Credentials> credentials_;
};

TEST_F(Refusals, OfAReadyTokenInTheMiddleAreToldOnce) {
  use({{"DOCKERHUB_JWT", "a-ready-token"}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(true), 200);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(false), 401);
  EXPECT_THAT(lines_, ElementsAre(testing::AllOf(HasSubstr("https://hub.docker.com"),
                                                 HasSubstr("environment DOCKERHUB_JWT"))));
}

TEST_F(Refusals, FromTheBeginningAreLeftToTheCallThatFails) {
  use({{"DOCKERHUB_JWT", "a-ready-token"}});
  ask(false);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(Refusals, OfATokenThatCanBeRenewedAreNotTold) {
  use({{"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "secret-of-ann"}});
  ask(true);
  ask(true);
  const auto done =
      exchange(*credentials_->hub(), "https://hub.docker.com/v2/x", [](const std::string& header) {
        return std::pair(header == "Bearer token-1" ? 401 : 200, std::string());
      });
  EXPECT_EQ(done->status, 200);
  EXPECT_EQ(minted_, 2);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(Refusals, OfARevokedAccountAreToldOnceAndCostOneLogIn) {
  use({{"DOCKER_HUB_USER", "ann"}, {"DOCKER_HUB_TOKEN", "secret-of-ann"}});
  ask(true);
  ask(true);
  login_status_ = 401;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(false), -1);
  EXPECT_EQ(service_.count(), 2U) << "one that gave a token, and one that was refused";
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("refused the log-in of ann")));
}

TEST(RefusalReport, TellsAgainAfterItWorkedInBetween) {
  SecretBook book;
  std::vector<std::string> lines;
  RefusalReport report([&](std::string_view text) { lines.emplace_back(text); });
  const auto first = book.learn("first");
  const auto second = book.learn("second");
  report.used("ann", first);
  report.used("ann", first);
  report.refused("ann", first, "one");
  report.used("ann", first);
  report.refused("ann", first, "not told");
  report.used("ann", second);
  report.refused("ann", second, "two");
  EXPECT_THAT(lines, ElementsAre("one", "two"));
}

// Two accounts in one process, with one set of files between runs.
TEST_F(Refusals, AndTokensOfTwoAccountsStayApart) {
  const std::string run = settings_.folder().path().string();
  use({{"DOCKER_HUB_USER", "ann"},
       {"DOCKER_HUB_TOKEN", "secret-of-ann"},
       {"XDG_RUNTIME_DIR", run}});
  const auto of_ann = std::move(credentials_);
  use({{"DOCKER_HUB_USER", "bob"},
       {"DOCKER_HUB_TOKEN", "secret-of-bob"},
       {"XDG_RUNTIME_DIR", run}});
  const auto header = [](Credentials& credentials) {
    return exchange(*credentials.hub(), "https://hub.docker.com/v2/x",
                    [](const std::string&) { return std::pair(200, std::string()); })
        ->authorizations.at(0);
  };
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(header(*of_ann), "Bearer token-1");
    EXPECT_EQ(header(*credentials_), "Bearer token-2");
  }
  use({{"DOCKER_HUB_USER", "ann"},
       {"DOCKER_HUB_TOKEN", "secret-of-ann"},
       {"XDG_RUNTIME_DIR", run}});
  EXPECT_EQ(header(*credentials_), "Bearer token-1") << "the next run of ann";
  use({{"DOCKER_HUB_USER", "ann"},
       {"DOCKER_HUB_TOKEN", "new-secret-of-ann"},
       {"XDG_RUNTIME_DIR", run}});
  EXPECT_EQ(header(*credentials_), "Bearer token-3") << "another secret has nothing of the old one";
}

}  // namespace
}  // namespace dockerhub
