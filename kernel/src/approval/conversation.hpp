// What was asked and answered in one call over all its rounds: inputs by key, consents by the digest of
// exactly what was consented to, and the bytes that handlers keep. A call that is never suspended has
// one round.
//
// Between rounds everything is in the sealed state that the caller carries (seal.hpp): the kernel
// keeps nothing but the numbers of states whose consents were used. A conversation belongs to one call
// and its thread; nested calls share it, their keys told apart by a prefix.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "approval/seal.hpp"
#include "base/json.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

class Conversation {
 public:
  // A state is refused this long after it was made.
  static constexpr std::chrono::minutes kLifetime{10};
  // That a consent was used is remembered so much longer: clocks of processes that share it may differ.
  static constexpr std::chrono::minutes kClocksApart{5};
  // Bytes of a sealed state before sealing, at most.
  static constexpr std::size_t kMaxState = 256 * 1024;

  enum class Consent { unknown, granted, denied };

  // First round.
  Conversation() = default;

  // A later round: the sealed state and the caller's answers. `binding` has to be that of the round
  // that made the state. Errors (parameter): altered, foreign, too old, or its consents were used; those
  // of `used`.
  static Result<Conversation> resume(const Seal& seal, UsedStates& used, std::string_view binding,
                                     std::string_view state,
                                     const std::map<std::string, std::string>& answers);

  // The state for the caller to bring back, with what is pending now.
  Result<std::string> suspend(const Seal& seal, std::string_view binding) const;

  // The handlers begin (again): things are counted from zero.
  void begin_run() {
    counts_.clear();
    agreed_.clear();
  }
  // How often this was counted in this run, from 0: tells equal questions and calls apart, in the same
  // order in every round.
  std::size_t count(const std::string& what) { return counts_[what]++; }

  // A stored answer (JSON), or nullptr. Valid as long as the conversation.
  const std::string* answer(std::string_view key) const;
  const std::string& keep_answer(std::string key, std::string json);

  Consent consent(std::string_view key) const;
  void keep_consent(std::string_view key, bool granted);
  // What a handler was told yes to in this run: a call of its own module that it makes for it asks no second
  // time, and may do it once.
  void keep_agreed(std::string what) { agreed_.insert(std::move(what)); }
  bool take_agreed(const std::string& what) { return agreed_.erase(what) != 0; }
  // Somebody said no: nothing more is asked in this call.
  bool refused() const { return refused_; }

  // Adds a question for the caller, once per key.
  void ask(Question question);
  const std::vector<Question>& pending() const { return pending_; }

  // The bytes that a handler keeps, by the prefix of its call.
  const std::string& handler_state(std::string_view prefix) const;
  void keep_handler_state(std::string prefix, std::string bytes);

  // Something was sent or changed: a question after it would make it happen twice.
  bool acted() const { return acted_; }
  void act() { acted_ = true; }

 private:
  void take_state(const json::Value& document);
  void take_answers(const std::vector<std::string>& asked,
                    const std::map<std::string, std::string>& answers);

  std::map<std::string, std::string, std::less<>> answers_;
  std::map<std::string, bool, std::less<>> consents_;
  std::map<std::string, std::string, std::less<>> handler_states_;
  std::map<std::string, std::size_t> counts_;
  std::set<std::string> agreed_;
  std::vector<Question> pending_;
  bool refused_ = false;
  bool acted_ = false;
};

}  // namespace dockerhub
