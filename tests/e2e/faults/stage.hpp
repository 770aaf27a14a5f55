// A sandbox and the kernels that call it: one call at a time, each with a fresh kernel and the sandbox
// as after its start, so that no call knows of another. One thread at a time.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "../../unit/call/test_kernel.hpp"
#include "plan.hpp"
#include "sandbox.hpp"

namespace dockerhub::test {

// What a call came to.
struct Observation {
  CallResult result;
  std::string told;  // everything that left: envelope, contents, items, progress, log lines
  std::chrono::milliseconds time{};
  std::vector<JournalEntry> requests;  // without those of the steps before

  std::string outcome() const;  // type of the error, or "ok"
  // The data of the answer without what differs from call to call (times, new ids and tokens).
  std::string data() const;
};

class Stage {
 public:
  Stage();

  // Runs the steps before the action, then the action with these faults (JSON, or empty).
  Observation run(const PlannedAction& action, const std::string& faults,
                  std::chrono::milliseconds timeout);

  // The secrets of the accounts, and those that the requests carried.
  std::vector<std::string> secrets_in(const std::vector<JournalEntry>& requests) const;

 private:
  Sandbox sandbox_;
  TemporaryHome cache_;  // what the kernels remember of the manifests
};

// Variables that make a kernel log in to the sandbox with its first account's password (which may do what
// a token may not), open the gate and wait for nothing.
std::map<std::string, std::string> impatient_variables(const Sandbox& sandbox);

}  // namespace dockerhub::test
