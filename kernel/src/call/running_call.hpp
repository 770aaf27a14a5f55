// One call while it runs: what stands behind a module's dh_call.
//
// The pipeline makes it after validation; the host extensions write into it what the handler
// answers; the pipeline reads it when the handler has returned. It belongs to the thread of the
// call, but for cancelled() and remaining(), which any thread may ask.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "approval/conversation.hpp"
#include "call/services.hpp"
#include "dockerhub/abi.h"
#include "dockerhub/kernel.hpp"
#include "modules/instance.hpp"

namespace dockerhub {

// What a handle of the call names; the host extensions derive from it.
class CallHandle {
 public:
  virtual ~CallHandle() = default;
};

class RunningCall {
 public:
  using Clock = std::chrono::steady_clock;

  // Fixed before the handler runs.
  struct Frame {
    const Services& services;
    const CallRequest& request;
    const Caller& caller;
    Conversation& conversation;
    std::string_view tool, action;
    const Action* row = nullptr;   // nullptr for resources, prompts, completions
    Effect effect = Effect::read;  // of this very call
    std::string params = "{}";     // canonical JSON
    std::string request_id;
    std::string key_prefix;  // of a nested call: tells its questions from its parent's
    int depth = 0;
    std::optional<Clock::time_point> deadline;
    bool dry_run = false;
  };

  // What the handler left behind; redacted by the pipeline, but for items that have gone out
  // already.
  struct Answers {
    std::optional<std::string> data;
    std::vector<std::string> items;  // collected where nobody takes them
    std::size_t item_count = 0;      // all, also those that went out
    std::size_t collected_bytes = 0;
    std::vector<std::pair<std::string, std::string>> annotations;  // key -> JSON
    std::vector<std::string> warnings;
    std::vector<Content> contents;
    Outcome outcome = Outcome::ok;
    std::string outcome_text;
    std::optional<Error> error;
  };

  RunningCall(Frame frame, std::shared_ptr<Instance> instance);
  RunningCall(const RunningCall&) = delete;
  RunningCall& operator=(const RunningCall&) = delete;

  const Frame& frame() const { return frame_; }
  Answers& answers() { return answers_; }
  Conversation& conversation() { return frame_.conversation; }
  const Services& services() const { return frame_.services; }
  const Instance* instance() const { return instance_.get(); }

  // The effect so far: the row's for these parameters, or what a consent raised it to.
  Effect effect() const { return effect_; }
  void raise_effect(Effect effect) { effect_ = std::max(effect_, effect); }

  // Some question could not be answered at once: the handler has to return DH_SUSPENDED.
  bool suspended() const { return suspended_; }
  void suspend() { suspended_ = true; }

  bool cancelled() const { return stop_.stop_requested(); }
  bool unloading() const { return instance_ && instance_->stop_token().stop_requested(); }
  bool timed_out() const;
  // nullopt: no deadline. Never below zero.
  std::optional<std::chrono::milliseconds> remaining() const;
  // DH_OK after that time, or DH_E_CANCELLED, DH_E_TIMEOUT.
  dh_status pause(std::chrono::milliseconds time);
  // DH_OK, or why the call should end now.
  dh_status alive() const;

  // Puts the error on the call and gives the status that fits: `return call.fail(...)`.
  dh_status fail(Error error, dh_status status = DH_E_FAILED);
  // A mistake of the module's author. It ends the call as an error even if the handler passes over
  // it: an answer that lacks something without saying so would be worse.
  dh_status invalid(std::string message);
  const std::optional<Error>& mistake() const { return mistake_; }

  // Texts that a function of the host gave out; the slot is overwritten by its next use.
  dh_str lend(std::string_view slot, std::string text);

  dh_handle add(std::unique_ptr<CallHandle> handle);
  void remove(dh_handle handle) { handles_.erase(handle); }
  // The handle's object if it is one of that type, else nullptr.
  template <typename T>
  T* find(dh_handle handle) {
    const auto found = handles_.find(handle);
    return found == handles_.end() ? nullptr : dynamic_cast<T*>(found->second.get());
  }

 private:
  Frame frame_;
  std::shared_ptr<Instance> instance_;
  Effect effect_;
  bool suspended_ = false;
  std::optional<Error> mistake_;
  Answers answers_;
  std::map<std::string, std::string, std::less<>> lent_;
  std::map<dh_handle, std::unique_ptr<CallHandle>> handles_;
  dh_handle next_handle_ = 1;
  std::mutex pause_mutex_;
  std::condition_variable_any pause_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> on_caller_stop_;
  std::stop_callback<std::function<void()>> on_unload_;
};

}  // namespace dockerhub

// The type that modules know by its name only.
struct dh_call {
  dockerhub::RunningCall& running;
};
