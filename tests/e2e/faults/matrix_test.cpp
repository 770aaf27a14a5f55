// Every action under every fault of the sandbox: the right error, in time, no secret told, no write sent
// twice. DOCKERHUB_FAULT_MATRIX=whole tries all of it, the name of a fault all of that one; without it each
// action meets some faults and each fault some actions. DOCKERHUB_FAULT_REPORT names a file for one line a
// trial.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include "../../unit/call/test_kernel.hpp"
#include "holdings.hpp"
#include "plan.hpp"
#include "stage.hpp"
#include "verdict.hpp"

namespace dockerhub::test {
namespace {

constexpr std::size_t kStages = 10;
constexpr std::chrono::milliseconds kPlenty{30'000};

struct Trial {
  const PlannedAction* action;
  const PlannedFault* fault;
  const Observation* plain;
  Requests requests;
  int after;
  bool once;

  std::string name() const {
    const std::string which = requests == Requests::log_ins           ? "log-in"
                              : requests == Requests::registry_tokens ? "registry token"
                                                                      : "request";
    return action->name() + " | " + fault->name + " | " +
           (once ? which + ' ' + std::to_string(after + 1) : "every " + which);
  }
};

enum class Extent { some, all, nothing };

// What of a fault is tried.
Extent extent_of(const PlannedFault& fault) {
  const char* wanted = std::getenv("DOCKERHUB_FAULT_MATRIX");
  if (wanted == nullptr) return Extent::some;
  const bool is_meant = std::string_view(wanted) == "whole" || wanted == fault.name;
  return is_meant ? Extent::all : Extent::nothing;
}

// Runs work(stage, index) for every index, each stage on a thread of its own.
template <typename Work>
void on_stages(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < std::min(kStages, count); ++i) {
    threads.emplace_back([&] {
      Stage stage;
      for (std::size_t index = next++; index < count; index = next++) work(stage, index);
    });
  }
}

bool is_meant(Requests requests, const JournalEntry& entry) {
  if (requests == Requests::any) return true;
  if (requests == Requests::registry_tokens) return entry.listener == "auth";
  return entry.is_log_in() == (requests == Requests::log_ins);
}

int count_of(Requests requests, const Observation& plain) {
  return static_cast<int>(
      std::count_if(plain.requests.begin(), plain.requests.end(),
                    [&](const JournalEntry& entry) { return is_meant(requests, entry); }));
}

Requests met_by(const PlannedAction& action, const PlannedFault& fault) {
  return action.signs_in && fault.of == Requests::own ? Requests::any : fault.of;
}

class FaultMatrix : public testing::Test {
 protected:
  void SetUp() override {
    TestKernel kernel;
    actions_ = planned_actions(*kernel->catalogue());
    faults_ = planned_faults();
    plain_.resize(actions_.size());
    on_stages(actions_.size(), [&](Stage& stage, std::size_t index) {
      plain_[index] = stage.run(actions_[index], {"", kPlenty, false});
    });
    for (std::size_t i = 0; i < actions_.size(); ++i) {
      const auto& result = plain_[i].result;
      EXPECT_FALSE(result.error) << actions_[i].name() << ' ' << actions_[i].params
                                 << " does not succeed without a fault; tests/e2e/faults/"
                                    "actions.json needs parameters for it: "
                                 << result.envelope;
      EXPECT_EQ(write_sent_twice(plain_[i].requests), "") << actions_[i].name();
    }
  }

  void add(std::size_t action, const PlannedFault& fault, Requests requests, int after, bool once) {
    trials_.push_back({&actions_[action], &fault, &plain_[action], requests, after, once});
  }

  bool is_known(const std::string& name) const {
    return std::any_of(actions_.begin(), actions_.end(), [&](const PlannedAction& action) {
      return action.tool == name || action.name() == name;
    });
  }

  // Whether a call sends such requests is known before: a fault that no request meets shows nothing.
  void expect_as_reviewed(Requests requests) {
    const std::vector<std::string> listed = unreached(requests);
    const auto is_listed = [&](const std::string& name) {
      return std::find(listed.begin(), listed.end(), name) != listed.end();
    };
    for (const std::string& name : listed)
      EXPECT_TRUE(is_known(name)) << name << " of 'unreached' in tests/e2e/faults/faults.json";
    for (std::size_t i = 0; i < actions_.size(); ++i) {
      const PlannedAction& action = actions_[i];
      if (action.signs_in && requests == Requests::own) continue;
      const bool is_unreached = is_listed(action.tool) || is_listed(action.name());
      EXPECT_EQ(count_of(requests, plain_[i]) == 0, is_unreached)
          << action.name() << ": 'unreached' in tests/e2e/faults/faults.json says otherwise";
    }
  }

  // Every request that the fault is for spoiled, and each alone.
  void add_all(std::size_t action, const PlannedFault& fault) {
    const Requests requests = met_by(actions_[action], fault);
    const int count = count_of(requests, plain_[action]);
    if (count == 0) return;
    add(action, fault, requests, 0, false);
    for (int i = 0; i < count; ++i) add(action, fault, requests, i, true);
  }

  void plan() {
    for (std::size_t action = 0; action < actions_.size(); ++action) {
      for (std::size_t fault = 0; fault < faults_.size(); ++fault) plan(action, fault);
    }
  }

  void plan(std::size_t action, std::size_t fault) {
    constexpr std::size_t kEvery = 43;
    const Extent extent = extent_of(faults_[fault]);
    if (extent == Extent::nothing) return;
    const bool is_sample = actions_[action].is_sample;
    if (extent == Extent::all || (action + fault) % kEvery == 0) {
      add_all(action, faults_[fault]);
    } else if (is_sample && count_of(faults_[fault].of, plain_[action]) > 0) {
      add(action, faults_[fault], faults_[fault].of, 0, false);
    }
    const bool has_log_in = count_of(Requests::log_ins, plain_[action]) > 0;
    const bool is_tried = actions_[action].is_log_in_sample || (extent == Extent::all && is_sample);
    if (is_tried && has_log_in && faults_[fault].of == Requests::own)
      add(action, faults_[fault], Requests::log_ins, 0, true);
  }

  // On a busy machine the deadline may come before the request that is meant: then with more time.
  Observation observe(Stage& stage, const Trial& trial) {
    constexpr int kMoreTime = 10;
    constexpr int kTimes = 2;
    Conditions conditions{play_on(*trial.fault, trial.requests, trial.after, trial.once),
                          trial.fault->timeout, trial.fault->over_tls};
    Observation seen = stage.run(*trial.action, conditions);
    for (int i = 0; i < kTimes && !seen.met_fault(); ++i) {
      conditions.timeout *= kMoreTime;
      ++again_;
      seen = stage.run(*trial.action, conditions);
    }
    return seen;
  }

  void try_one(Stage& stage, const Trial& trial) {
    const Observation seen = observe(stage, trial);
    const Circumstances under{
        trial.action, trial.fault, !trial.once,
        trial.requests == Requests::log_ins || trial.requests == Requests::any};
    const auto found = faults_found(under, *trial.plain, seen, stage.secrets_in(seen.requests));
    const std::lock_guard lock(mutex_);
    report_ << trial.name() << " | " << seen.outcome() << " | " << seen.time.count() << " ms";
    for (const std::string& fault : found) {
      report_ << " | WRONG: " << fault;
      wrong_.push_back(trial.name() + ": " + fault);
    }
    report_ << '\n' << std::flush;
  }

  OwnTemporaryFolder temporary_;  // first: what the others make is in it
  std::atomic<std::size_t> again_ = 0;
  std::vector<PlannedAction> actions_;
  std::vector<PlannedFault> faults_;
  std::vector<Observation> plain_;
  std::vector<Trial> trials_;
  std::mutex mutex_;
  std::ofstream report_;
  std::vector<std::string> wrong_;
};

TEST_F(FaultMatrix, EveryActionUnderEveryFault) {
  if (const char* file = std::getenv("DOCKERHUB_FAULT_REPORT")) report_.open(file);
  for (const Requests requests : {Requests::own, Requests::log_ins, Requests::registry_tokens})
    expect_as_reviewed(requests);
  plan();
  ASSERT_FALSE(trials_.empty()) << "no fault has the name that DOCKERHUB_FAULT_MATRIX says";
  const Holdings before = holdings_now();
  on_stages(trials_.size(), [&](Stage& stage, std::size_t i) { try_one(stage, trials_[i]); });
  const Holdings after = holdings_now();
  std::cout << trials_.size() << " trials of " << actions_.size() << " actions and "
            << faults_.size() << " faults (" << again_
            << " again with more time); wrong: " << wrong_.size() << "; " << before.text()
            << " before, " << after.text() << " after" << std::endl;
  for (const std::string& wrong : wrong_) ADD_FAILURE() << wrong;
  EXPECT_LE(after.files + after.sockets, before.files + before.sockets + Holdings::kSlack);
  EXPECT_LE(after.threads, before.threads + Holdings::kSlack);
  for (const std::string& file : temporary_.files()) ADD_FAILURE() << "left behind: " << file;
}

}  // namespace
}  // namespace dockerhub::test
