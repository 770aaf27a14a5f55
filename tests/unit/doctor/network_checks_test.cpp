// What the diagnosis says of hosts and of the log-in, with servers that say what each test wants.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../credentials/fakes.hpp"
#include "../credentials/settings.hpp"
#include "../http/scripted_server.hpp"
#include "base/private_file.hpp"
#include "credentials/stored_accounts.hpp"
#include "doctor/checks.hpp"
#include "doctor/doctor.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using Level = Finding::Level;

class Diagnosis : public testing::Test {
 protected:
  void use(const std::map<std::string, std::string>& environment,
           const std::string& user_file = {}) {
    const Configuration configuration = settings_.load(environment, user_file);
    auto redactor = std::make_unique<Redactor>(configuration.impl().book);
    auto log = std::make_unique<Log>(configuration, *redactor, [](LogLevel, std::string_view) {});
    services_ = std::make_unique<Services>(configuration, Hooks(), std::move(redactor),
                                           std::move(log), *Seal::create(""));
  }
  ApiReport ask(bool needed = true) {
    return check_api(*services_, {"Docker Hub", "hub.url", "/v2/x", "", needed}, {});
  }
  Finding credential(bool network = false) {
    return check_credential(*services_, network, {}).at(0);
  }
  // The one of that check.
  static Finding of(const Findings& findings, std::string_view check) {
    for (const Finding& finding : findings) {
      if (finding.check == check) return finding;
    }
    return {};
  }

  Settings settings_;
  std::unique_ptr<Services> services_;
};

TEST_F(Diagnosis, LooksUpNoNameForASocketOfThisMachine) {
  const std::string path = (settings_.folder().path() / "hub.sock").string();
  const http::ScriptedServer server({http::ok("{}")}, http::bind_unix(path));
  use({{"DOCKERHUB_URL", "unix://" + path}});
  const Findings findings = ask().findings;
  EXPECT_THAT(of(findings, "dns").message, HasSubstr("a socket of this machine"));
  EXPECT_EQ(of(findings, "api").level, Level::ok) << of(findings, "api").message;
}

TEST_F(Diagnosis, TellsACertificateThatIsGoodFromOneThatNobodyLookedAt) {
  const http::Certificate certificate("IP:127.0.0.1");
  const http::ScriptedServer server({http::ok("{}")}, &certificate);
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port());
  use({{"DOCKERHUB_URL", url}, {"SSL_CERT_FILE", certificate.file().string()}});
  const Finding good = of(ask().findings, "tls");
  EXPECT_EQ(good.level, Level::ok);
  EXPECT_THAT(good.message, HasSubstr("the certificate is good"));
  use({{"DOCKERHUB_URL", url}, {"DOCKERHUB_SSL_VERIFY", "false"}});
  const Finding unseen = of(ask().findings, "tls");
  EXPECT_EQ(unseen.level, Level::warning);
  EXPECT_THAT(unseen.hint, HasSubstr("tls.verify"));
}

TEST_F(Diagnosis, TellsAFaultOfAServerFromOneRequestTooMany) {
  const http::ScriptedServer server(
      {http::status(429), http::status(503), http::status(503), http::status(401)});
  use({{"DOCKERHUB_URL", "http://127.0.0.1:" + std::to_string(server.port())}});
  const Finding busy = of(ask().findings, "api");
  EXPECT_EQ(busy.level, Level::warning);
  EXPECT_THAT(busy.hint, HasSubstr("Too many requests"));
  EXPECT_EQ(of(ask().findings, "api").level, Level::problem);
  EXPECT_EQ(of(ask(false).findings, "api").level, Level::warning) << "not all need it";
  EXPECT_EQ(of(ask().findings, "api").level, Level::ok) << "it answers, if only to members";
}

TEST_F(Diagnosis, LetsAProxyKnowANameThatThisMachineDoesNot) {
  const http::ScriptedServer proxy({http::ok("{}")});
  // Longer than a label of a name may be: no name server is asked.
  const std::string host = std::string(64, 'a') + ".test";
  use({{"DOCKERHUB_URL", "http://" + host},
       {"DOCKERHUB_PLAIN_HTTP_HOSTS", host},
       {"HTTP_PROXY", proxy.url().text()},
       {"http_proxy", proxy.url().text()}});
  const Findings findings = ask().findings;
  EXPECT_EQ(of(findings, "dns").level, Level::note);
  EXPECT_THAT(of(findings, "dns").message, HasSubstr("a proxy does"));
  EXPECT_EQ(of(findings, "api").level, Level::ok) << of(findings, "api").message;
}

TEST_F(Diagnosis, SaysThatAnAccountBelongsToAnotherHost) {
  use({{"DOCKERHUB_URL", "https://hub.example"}},
      "account:\n  user: ann\n  secret: token-of-ann\n");
  EXPECT_EQ(credential().level, Level::problem);
  EXPECT_THAT(credential().message, HasSubstr("does not belong to https://hub.example"));
  use({});
  EXPECT_EQ(credential().level, Level::note) << "nobody configured one";
}

TEST_F(Diagnosis, TellsAReadyTokenThatIsOverFromOneThatIsNot) {
  use({{"DOCKERHUB_JWT", jwt(R"({"sub":"ann","exp":1})")}});
  EXPECT_EQ(credential().level, Level::problem);
  EXPECT_EQ(credential().message, "its time is over");
  use({{"DOCKERHUB_JWT", jwt(R"({"sub":"ann","exp":4000000000})")}});
  EXPECT_EQ(credential(true).level, Level::ok);
  EXPECT_THAT(credential(true).message, HasSubstr("nobody was asked"));
}

TEST_F(Diagnosis, SaysThatTheSecretOfTheCurrentAccountIsGone) {
  StoredAccount work;
  work.name = "work";
  work.user = "ann";
  work.shelf = {LoginShelf::Kind::own, {}, "https://hub.docker.com/accounts/work"};
  work.urls = {{"hub.url", "https://hub.docker.com"}};
  AccountList list;
  list.put(work);
  list.current = "work";
  const auto folder = settings_.folder().path() / "own";
  ASSERT_TRUE(AccountFile(folder).write(list));
  use({{"DOCKERHUB_CREDENTIALS_DIR", folder.string()}});
  const Finding gone = credential(true);
  EXPECT_EQ(gone.level, Level::problem);
  EXPECT_THAT(gone.message, HasSubstr("secret is gone"));
  EXPECT_THAT(gone.hint, HasSubstr("dockerhub login"));
}

// A trail that another program holds, so that its check does not end.
class DiagnosisOfAHeldTrail : public Diagnosis {
 protected:
  void SetUp() override {
    use({});
    services_->trail = make_trail(services_->configuration.impl(), folder_);
    ASSERT_TRUE(services_->trail->append(
        [](std::uint64_t number) { return "\"n\":" + std::to_string(number); }));
    auto lock = PrivateFile(folder_ / "trail.ndjson", 1).lock(std::chrono::seconds(1));
    ASSERT_TRUE(lock) << lock.error().message;
    lock_ = std::move(*lock);
  }
  Finding of_trail(const DiagnosisOptions& options) {
    return of(diagnose(*services_, {{}, folder_}, {}, options), "trail");
  }

  std::filesystem::path folder_ = settings_.folder().path() / "trail";
  UniqueFd lock_;
};

TEST_F(DiagnosisOfAHeldTrail, WaitsNoLongerThanACheckMayTake) {
  DiagnosisOptions options;
  options.network = false;
  options.time = std::chrono::milliseconds(50);
  const Finding late = of_trail(options);
  EXPECT_EQ(late.level, Level::problem);
  EXPECT_EQ(late.message, "no result within 50 ms");
  EXPECT_THAT(late.hint, HasSubstr("hangs"));
}

TEST_F(DiagnosisOfAHeldTrail, EndsWhenItIsCancelled) {
  std::stop_source stop;
  stop.request_stop();
  DiagnosisOptions options;
  options.network = false;
  options.stop = stop.get_token();
  const Finding cancelled = of_trail(options);
  EXPECT_EQ(cancelled.level, Level::problem);
  EXPECT_EQ(cancelled.message, "cancelled");
}

}  // namespace
}  // namespace dockerhub
