// What a server remembers between two requests: approvals that are waited for, what was done under an
// Idempotency-Key, and which consents were used. One small interface, so that several servers can share it.
// Any thread. An error of a function refuses what depends on it; one that has no place for more is of the
// status 429 (for this caller) or 503.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "server/confirm.hpp"

namespace dockerhub::rest {

// A call that waits for consent.
struct Approval {
  std::string id;         // nobody can guess it; the token of the caller
  std::string principal;  // who called, with its limit
  std::string name;       // the same without: other tokens of one caller are that caller
  std::string tool, action;
  std::string digest;        // of the call's parameters and options
  std::string text, target;  // exactly what is consented to
  Effect effect = Effect::write;
  server::Confirm confirm = server::Confirm::two_step;
  std::string call_state;         // the kernel's, sealed
  std::vector<std::string> keys;  // of the consents that it waits for
  std::chrono::system_clock::time_point expires;
  std::optional<bool> decision;  // of another principal
  std::string decided_by;        // its name
};

// Longest answer that is kept, in bytes.
inline constexpr std::size_t kLongestKept = std::size_t{64} * 1024;

// An answer that is given again.
struct KeptAnswer {
  int status = 0;
  std::string body;  // JSON, of at most kLongestKept bytes
};

class State : public UsedStates {
 public:
  // Longest time that one is kept.
  static constexpr std::chrono::minutes kApprovalLife{10};
  static constexpr std::chrono::hours kAnswerLife{24};

  virtual Result<void> keep(Approval approval) = 0;
  // nullopt: there is none (any more).
  virtual Result<std::optional<Approval>> find(const std::string& id) = 0;
  // Removes it: true for one caller alone.
  virtual Result<bool> take(const std::string& id) = 0;
  // False: there is none, or somebody has decided. by: the name of who decides.
  virtual Result<bool> decide(const std::string& id, bool approved, const std::string& by) = 0;
  // Without their call_state, which only find() gives.
  virtual Result<std::vector<Approval>> approvals() = 0;

  enum class Begun { now, running, done, other_request };
  struct Beginning {
    Begun begun = Begun::now;
    KeptAnswer answer;    // of one that is done
    std::string attempt;  // of one that begins now: names it at its end
  };
  // Notes that a request of this principal begins under this key, unless one has. digest: of the request.
  virtual Result<Beginning> begin(const std::string& principal, const std::string& key,
                                  const std::string& digest) = 0;
  // Both leave alone what is of another attempt: after a loss a repeat may have begun meanwhile.
  virtual Result<void> finish(const std::string& key, const std::string& attempt,
                              KeptAnswer answer) = 0;
  // Nothing was done: the key is free again.
  virtual Result<void> forget(const std::string& key, const std::string& attempt) = 0;
};

}  // namespace dockerhub::rest
