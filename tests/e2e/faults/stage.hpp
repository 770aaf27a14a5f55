// A sandbox and the kernels that call it: one call at a time, each with a fresh kernel and the sandbox
// as after its start, so that no call knows of another. One thread at a time.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../../unit/call/test_kernel.hpp"
#include "plan.hpp"
#include "sandbox.hpp"

namespace dockerhub::test {

// How a call is made.
struct Conditions {
  std::string faults;  // JSON, or empty
  std::chrono::milliseconds timeout{};
  bool over_tls = false;
};

// What a call came to.
struct Observation {
  CallResult result;
  std::string told;  // everything that left: envelope, contents, items, progress, log lines
  std::chrono::milliseconds time{};
  std::chrono::milliseconds timeout{};
  std::vector<JournalEntry> requests;  // without those of the steps before
  std::vector<std::string> files;      // of its store: name and size, sorted

  std::string outcome() const;  // type of the error, or "ok"
  bool met_fault() const;       // whether any of the requests was spoiled
  // The data of the answer without what differs from call to call (times, new ids and tokens).
  std::string data() const;
};

class Stage {
 public:
  Stage();

  // Runs the steps before the action with a kernel of their own, so that the action has to log in by
  // itself, then the action under these conditions.
  Observation run(const PlannedAction& action, const Conditions& conditions);

  // The secrets of the accounts, and those that the requests carried.
  std::vector<std::string> secrets_in(const std::vector<JournalEntry>& requests) const;

 private:
  Sandbox& sandbox_of(bool over_tls);
  std::map<std::string, std::string> variables_of(bool over_tls);

  Sandbox plain_;
  std::unique_ptr<Sandbox> secure_;  // from when it is first needed
  TemporaryHome authority_;          // the certificate of secure_
};

// Variables that make a kernel log in to the sandbox with its first account's password (which may do what
// a token may not), open the gate and wait for nothing.
std::map<std::string, std::string> impatient_variables(const Sandbox& sandbox);

}  // namespace dockerhub::test
