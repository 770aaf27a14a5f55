// What is tried: the actions of a catalogue with parameters that the sandbox's sample data fits
// (actions.json), and the faults with what is right under each (faults.json). Plain values; a mistake in
// a file is an exception.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::test {

// An action that runs before the one that is meant.
struct Step {
  std::string tool, action, params;
  std::map<std::string, std::string> take;  // name -> JSON pointer into the envelope
};

struct PlannedAction {
  std::string tool, action;
  std::string use;     // which of the action's uses this is, where there are several
  std::string params;  // "$name" stands for what a step took
  std::vector<Step> before;
  bool signs_in = false;           // its own request is a log-in
  bool tells_failures = false;     // its answer says what failed of its work
  bool differs = false;            // its answer tells how the work went
  std::vector<std::string> types;  // of errors that are right under any fault
  bool is_sample = false;          // one of the few that stand for all
  bool is_log_in_sample = false;   // and of those for all log-ins
  Effect effect = Effect::read;

  std::string name() const { return tool + ' ' + action + (use.empty() ? "" : " (" + use + ')'); }
};

// What a call may come to when a fault meets every one of its requests.
enum class Passes {
  no,
  empty,  // with the same answer, where nothing that it needed stood in a body
  same,   // with the answer that it gives without the fault
  other
};

// Requests of a call: its own (no log-ins), its log-ins, those that ask for a registry's token, or all.
enum class Requests { own, log_ins, registry_tokens, any };

struct PlannedFault {
  std::string name;
  std::string play;                // the sandbox's JSON object
  std::vector<std::string> types;  // of the error
  Passes passes = Passes::no;
  std::chrono::milliseconds timeout{};  // of the call
  bool over_tls = false;
  Requests of = Requests::own;  // what it can meet; an action that signs in has it meet anything
};

// Every action of the catalogue but those of local tools, in the catalogue's order, then what other uses
// actions have.
std::vector<PlannedAction> planned_actions(const Catalogue& catalogue);
std::vector<PlannedFault> planned_faults();

// The actions, and tools with all of theirs, that send no such requests, as somebody has looked over.
std::vector<std::string> unreached(Requests requests);

// The fault for such requests: all of them, or only the one after `after` others.
std::string play_on(const PlannedFault& fault, Requests requests, int after, bool once);

}  // namespace dockerhub::test
