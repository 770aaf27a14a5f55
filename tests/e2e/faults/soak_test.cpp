// Many threads over mixed actions of two accounts, with random faults and cancellations, while modules
// are reloaded: every call ends in a way that can be explained, no secret is told, no memory grows, and a
// token is minted once for each thing that it opens. DOCKERHUB_SOAK_SECONDS says for how long.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <thread>

#include "../../unit/call/test_kernel.hpp"
#include "holdings.hpp"
#include "plan.hpp"
#include "sandbox.hpp"
#include "stage.hpp"

namespace dockerhub::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr int kThreads = 64;
constexpr seconds kPlenty{120};
constexpr milliseconds kBetweenReloads{20};

// Faults of all requests but log-ins, each with a small chance.
constexpr const char* kFaults = R"([
  {"kind": "latency", "interval_ms": 50, "probability": 0.02, "path": "PATH"},
  {"kind": "status", "status": 500, "probability": 0.02, "path": "PATH"},
  {"kind": "status", "status": 503, "probability": 0.01, "path": "PATH"},
  {"kind": "rate_limited", "seconds": 0, "probability": 0.01, "path": "PATH"},
  {"kind": "close", "probability": 0.02, "path": "PATH"},
  {"kind": "reset", "probability": 0.02, "path": "PATH"},
  {"kind": "truncated", "probability": 0.02, "path": "PATH"},
  {"kind": "bad_json", "probability": 0.02, "path": "PATH"},
  {"kind": "chunked_garbage", "probability": 0.01, "path": "PATH"},
  {"kind": "garbage_status_line", "body": "?", "probability": 0.01, "path": "PATH"}])";
constexpr const char* kExpiry = R"({"kind": "expired_token", "probability": 0.01, "path": "PATH"})";

std::string without_log_ins(std::string faults) {
  constexpr std::string_view kPath = "(?!/v2/auth/token$|/token$).*";
  for (std::size_t at = faults.find("PATH"); at != std::string::npos; at = faults.find("PATH"))
    faults.replace(at, 4, kPath);
  return faults;
}

seconds wanted_time() {
  constexpr int kUsual = 30;
  const char* text = std::getenv("DOCKERHUB_SOAK_SECONDS");
  return seconds(text == nullptr ? kUsual : std::atoi(text));
}

unsigned wanted_seed() {
  const char* text = std::getenv("DOCKERHUB_TEST_SEED");
  return text == nullptr ? std::random_device()() : static_cast<unsigned>(std::atoi(text));
}

// The log-ins and refusals in a journal that is longer than the sandbox keeps: read piece by piece.
class TokenLedger {
 public:
  explicit TokenLedger(Sandbox& sandbox) : sandbox_(sandbox) {}

  void read_on() {
    constexpr int kUnauthorized = 401;
    for (const JournalEntry& entry : sandbox_.journal(last_)) {
      last_ = entry.sequence;
      ++requests_;
      if (entry.is_log_in()) {
        ++minted_[entry.path + ' ' + entry.query + ' ' + entry.authorization + ' ' + entry.body];
      } else if (entry.status == kUnauthorized && entry.authorization.starts_with("Bearer ")) {
        refused_.insert(entry.authorization);
      }
    }
  }

  // Log-ins so far, by what they asked for and with what.
  const std::map<std::string, std::size_t>& minted() const { return minted_; }
  std::size_t all_minted() const {
    std::size_t count = 0;
    for (const auto& [key, times] : minted_) count += times;
    return count;
  }
  std::size_t refused() const { return refused_.size(); }
  std::size_t requests() const { return requests_; }

 private:
  Sandbox& sandbox_;
  std::uint64_t last_ = 0;
  std::size_t requests_ = 0;
  std::map<std::string, std::size_t> minted_;
  std::set<std::string> refused_;
};

// Cancels a call after a while, unless it ended before.
class Canceller {
 public:
  explicit Canceller(std::optional<milliseconds> after) {
    if (after) thread_ = std::jthread([this, after = *after] { wait(after); });
  }
  ~Canceller() {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    over_.notify_all();
  }
  Canceller(const Canceller&) = delete;
  Canceller& operator=(const Canceller&) = delete;
  std::stop_token token() const { return stop_.get_token(); }

 private:
  void wait(milliseconds after) {
    std::unique_lock lock(mutex_);
    if (!over_.wait_for(lock, after, [this] { return is_over_; })) stop_.request_stop();
  }

  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::stop_source stop_;
  std::jthread thread_;  // last: ends before what it uses
};

class Soak : public testing::Test {
 protected:
  Soak() : ledger_(sandbox_), seed_(wanted_seed()) {
    kernels_.push_back(kernel_of("sandbox"));
    kernels_.push_back(kernel_of("sandbox-editor"));
    for (PlannedAction& action : planned_actions(*(*kernels_[0])->catalogue()))
      if (action.is_sample) actions_.push_back(std::move(action));
    std::cout << "seed " << seed_ << std::endl;
  }

  std::unique_ptr<TestKernel> kernel_of(const std::string& user) {
    auto variables = impatient_variables(sandbox_);
    variables["DOCKER_HUB_USER"] = user;
    variables["DOCKERHUB_LOG_LEVEL"] = "info";
    Hooks hooks;
    hooks.log = [this](LogLevel, std::string_view line) { look_for_secrets(line); };
    return std::make_unique<TestKernel>(variables, hooks);
  }

  void look_for_secrets(std::string_view text) {
    for (const std::string& secret : sandbox_.secrets()) {
      if (text.find(secret) != std::string_view::npos) complain("told a secret: " + secret);
    }
  }

  void complain(std::string what) {
    const std::lock_guard lock(mutex_);
    wrong_.insert(std::move(what));
  }

  // `stop`: nobody, or a random cancellation.
  void call(TestKernel& kernel, const PlannedAction& action, std::optional<milliseconds> cancel) {
    const Canceller canceller(cancel);
    Caller caller;
    caller.approve = [](const Question&) { return Decision::approved; };
    caller.stop = canceller.token();
    CallRequest asked = request(action.tool, action.action, action.params);
    asked.options.timeout = kPlenty;
    const CallResult result = kernel->call(asked, caller);
    ++calls_;
    look_for_secrets(result.envelope);
    if (result.error) judge(action, *result.error, cancel.has_value());
  }

  // Names come and go, so they may be missing; so is an unloaded tool.
  void judge(const PlannedAction& action, const Error& error, bool may_be_cancelled) {
    ++errors_;
    static const std::set<ErrorKind> kUsual = {ErrorKind::api, ErrorKind::network,
                                               ErrorKind::parameter, ErrorKind::unknown_tool,
                                               ErrorKind::forbidden};
    const auto says = [&](const char* text) {
      return error.message.find(text) != std::string::npos;
    };
    if (kUsual.count(error.kind) > 0) return;
    if (error.kind == ErrorKind::cancelled && may_be_cancelled) return;
    if (says("has been unloaded") || says("unloaded while the call ran") ||
        says("replaced again and again")) {
      return;
    }
    if (error.kind == ErrorKind::auth && tokens_end_) return;
    complain(action.name() + ": " + std::string(type_name(error.kind)) + ": " + error.message);
  }

  // All threads call until `end`.
  void round(Clock::time_point end, bool with_cancellations) {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < kThreads; ++i) {
      threads.emplace_back([this, i, end, with_cancellations] {
        std::mt19937 dice(seed_ + i + static_cast<unsigned>(calls_));
        const auto roll = [&](unsigned sides) { return dice() % sides; };
        while (Clock::now() < end) {
          std::optional<milliseconds> cancel;
          if (with_cancellations && roll(10) == 0) cancel = milliseconds(roll(30));
          call(*kernels_[i % 2], actions_[roll(static_cast<unsigned>(actions_.size()))], cancel);
        }
      });
    }
    threads.emplace_back([this, end] { reload_until(end); });
    while (Clock::now() < end) {
      ledger_.read_on();
      std::this_thread::sleep_for(milliseconds(200));
    }
    threads.clear();
    ledger_.read_on();
  }

  void reload_until(Clock::time_point end) {
    std::mt19937 dice(seed_);
    while (Clock::now() < end) {
      TestKernel& kernel = *kernels_[dice() % 2];
      const std::vector<ModuleInfo> modules = kernel->modules();
      const ModuleInfo& module = modules[dice() % modules.size()];
      if (dice() % 4 == 0) {
        static_cast<void>(kernel->unload(module.name, milliseconds(20)));
        static_cast<void>(kernel->load(module.name));
      } else {
        EXPECT_TRUE(kernel->reload(module.name)) << module.name;
      }
      kernel->rescan();
      std::this_thread::sleep_for(kBetweenReloads);
    }
  }

  // What is allocated while nothing runs.
  static std::size_t allocated() { return mallinfo2().uordblks; }

  // While nothing runs. Connections are kept, of each kernel to each host so many at the most.
  void expect_no_more(const Holdings& before, const Holdings& now) {
    constexpr std::size_t kHosts = 5, kOfHost = 16;
    EXPECT_LE(now.files, before.files + Holdings::kSlack);
    EXPECT_LE(now.threads, before.threads + Holdings::kSlack);
    EXPECT_LE(now.sockets, kernels_.size() * kHosts * kOfHost + Holdings::kSlack);
  }

  OwnTemporaryFolder temporary_;  // first: what the others make is in it
  Sandbox sandbox_{{"--set", "delete_referenced=on", "--set", "jwt_lifetime=100000", "--set",
                    "token_lifetime=100000", "--set", "hub_limit=1000000000", "--set",
                    "signed_in_pull_limit=0", "--set", "anonymous_pull_limit=0"}};
  TokenLedger ledger_;
  unsigned seed_;
  std::vector<std::unique_ptr<TestKernel>> kernels_;
  std::vector<PlannedAction> actions_;
  std::atomic<std::size_t> calls_ = 0, errors_ = 0;
  // A token that is refused soon after it was renewed is not renewed again and again.
  bool tokens_end_ = false;
  std::mutex mutex_;
  std::set<std::string> wrong_;
};

TEST_F(Soak, ManyThreadsTwoAccountsFaultsCancellationsAndReloads) {
  // Together, with nothing to hinder them: each token is minted once.
  std::barrier start(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([this, &start, i] {
        for (const PlannedAction& action : actions_) {
          start.arrive_and_wait();
          call(*kernels_[i % 2], action, std::nullopt);
        }
      });
    }
  }
  ledger_.read_on();
  for (const auto& [key, times] : ledger_.minted()) EXPECT_EQ(times, 1U) << key;
  const std::size_t keys = ledger_.all_minted();
  EXPECT_GT(keys, 2U);

  const auto third = std::chrono::duration_cast<milliseconds>(wanted_time()) / 3;
  sandbox_.play(without_log_ins(kFaults));
  round(Clock::now() + third, true);
  const std::size_t half = allocated();
  const Holdings held = holdings_now();
  const std::size_t files = temporary_.files().size();
  round(Clock::now() + third, true);
  const Holdings held_later = holdings_now();
  expect_no_more(held, held_later);
  EXPECT_LE(temporary_.files().size(), files + Holdings::kSlack);
  const auto grown = static_cast<std::ptrdiff_t>(allocated() - half);
  EXPECT_EQ(ledger_.all_minted(), keys) << "no token was refused, so none had to be minted again";

  // Tokens that end: one is minted for each that was refused, at the most.
  tokens_end_ = true;
  sandbox_.play(without_log_ins(kExpiry));
  // On a slow machine one round may end before any of them is refused and used again.
  constexpr int kMostRounds = 10;
  for (int i = 0; i < kMostRounds && ledger_.all_minted() == keys; ++i) {
    round(Clock::now() + third, false);
  }
  EXPECT_GT(ledger_.all_minted(), keys);
  EXPECT_LE(ledger_.all_minted(), keys + ledger_.refused());

  std::cout << calls_ << " calls, " << errors_ << " errors, " << ledger_.requests() << " requests, "
            << keys << " tokens, " << ledger_.refused() << " refused, then "
            << ledger_.all_minted() - keys << " minted; " << grown << " bytes more after a third; "
            << held.text() << ", then " << held_later.text() << std::endl;
  for (const std::string& wrong : wrong_) ADD_FAILURE() << wrong;
#ifdef DOCKERHUB_MEMORY_IS_COUNTED
  constexpr std::ptrdiff_t kMuch = 2 * 1024 * 1024;
  EXPECT_LT(grown, kMuch);
#endif
}

}  // namespace
}  // namespace dockerhub::test
