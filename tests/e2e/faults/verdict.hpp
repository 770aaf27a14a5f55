// What is wrong with what a call came to. Free functions over plain values; any thread.
#pragma once

#include <string>
#include <vector>

#include "plan.hpp"
#include "stage.hpp"

namespace dockerhub::test {

// A write that was sent again although the server may have executed it, told by its line; empty: none.
std::string write_sent_twice(const std::vector<JournalEntry>& requests);

struct Circumstances {
  const PlannedAction* action = nullptr;
  const PlannedFault* fault = nullptr;
  bool always = false;     // it met every request, so the call cannot have got around it
  bool of_log_in = false;  // it met the log-in
};

// Everything that is wrong with a call; empty: nothing. `plain`: the same call without the fault.
std::vector<std::string> faults_found(const Circumstances& under, const Observation& plain,
                                      const Observation& seen,
                                      const std::vector<std::string>& secrets);

}  // namespace dockerhub::test
