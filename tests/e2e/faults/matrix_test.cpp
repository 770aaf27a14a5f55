// Every action under every fault of the sandbox: the right error, in time, no secret told, no write sent
// twice. DOCKERHUB_FAULT_MATRIX=whole tries all of it, the name of a fault all of that one; without it each
// action meets some faults and each fault some actions. DOCKERHUB_FAULT_REPORT names a file for one line a
// trial.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include "../../unit/call/test_kernel.hpp"
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
    const std::string which = requests == Requests::log_ins ? "log-in" : "request";
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

int own_requests(const PlannedAction& action, const Observation& plain) {
  int count = 0;
  for (const JournalEntry& entry : plain.requests)
    count += entry.is_log_in() == action.signs_in ? 1 : 0;
  return count;
}

class FaultMatrix : public testing::Test {
 protected:
  void SetUp() override {
    TestKernel kernel;
    actions_ = planned_actions(*kernel->catalogue());
    faults_ = planned_faults();
    plain_.resize(actions_.size());
    on_stages(actions_.size(), [&](Stage& stage, std::size_t index) {
      plain_[index] = stage.run(actions_[index], "", kPlenty);
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

  // Every request of the action spoiled, and each alone.
  void add_all(std::size_t action, const PlannedFault& fault) {
    const Requests requests = actions_[action].signs_in ? Requests::any : Requests::own;
    const int count = own_requests(actions_[action], plain_[action]);
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
    } else if (is_sample) {
      add(action, faults_[fault], Requests::own, 0, false);
    }
    if (actions_[action].is_log_in_sample || (extent == Extent::all && is_sample))
      add(action, faults_[fault], Requests::log_ins, 0, true);
  }

  void try_one(Stage& stage, const Trial& trial) {
    const Observation seen =
        stage.run(*trial.action, play_on(*trial.fault, trial.requests, trial.after, trial.once),
                  trial.fault->timeout);
    const Circumstances under{trial.action, trial.fault, !trial.once,
                              trial.requests != Requests::own};
    const auto found = faults_found(under, *trial.plain, seen, stage.secrets_in(seen.requests));
    const std::lock_guard lock(mutex_);
    report_ << trial.name() << " | " << seen.outcome() << " | " << seen.time.count() << " ms";
    for (const std::string& fault : found) {
      report_ << " | WRONG: " << fault;
      wrong_.push_back(trial.name() + ": " + fault);
    }
    report_ << '\n' << std::flush;
  }

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
  plan();
  ASSERT_FALSE(trials_.empty()) << "no fault has the name that DOCKERHUB_FAULT_MATRIX says";
  on_stages(trials_.size(), [&](Stage& stage, std::size_t i) { try_one(stage, trials_[i]); });
  std::cout << trials_.size() << " trials of " << actions_.size() << " actions and "
            << faults_.size() << " faults; wrong: " << wrong_.size() << std::endl;
  for (const std::string& wrong : wrong_) ADD_FAILURE() << wrong;
}

}  // namespace
}  // namespace dockerhub::test
