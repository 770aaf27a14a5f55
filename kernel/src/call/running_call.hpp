// One call while it runs: what stands behind a module's dh_call.
//
// The pipeline makes it after validation; the host extensions write into it what the handler answers;
// the pipeline reads it when the handler has returned. It belongs to the thread of the call, but for
// cancelled() and remaining(), which any thread may ask.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "approval/conversation.hpp"
#include "call/call_redaction.hpp"
#include "call/services.hpp"
#include "dockerhub/abi.h"
#include "dockerhub/kernel.hpp"
#include "http/limits.hpp"
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
    CallView view;                // what the call is, as policy and audit see it
    const Action* row = nullptr;  // nullptr for resources, prompts, completions, health
    std::string params = "{}";    // canonical JSON, with secrets
    std::string key_prefix;       // of a nested call: tells its questions from its parent's
    int depth = 0;
    std::optional<Clock::time_point> deadline;
  };

  // What the handler left behind; redacted by the pipeline, but for items that have gone out already.
  struct Answers {
    std::optional<std::string> data;
    // Of the answer whose body is the data, where nobody has looked yet whether it is JSON; 0: it is.
    int unread_status = 0;
    std::vector<std::string> items;  // collected where nobody takes them
    std::size_t item_count = 0;      // all, also those that went out
    std::vector<std::pair<std::string, std::string>> annotations;  // key -> JSON
    std::vector<std::string> warnings;
    std::vector<Content> contents;
    Outcome outcome = Outcome::ok;
    std::string outcome_text;
  };

  // What its requests left behind.
  struct Traffic {
    std::optional<http::RateLimit> rate_limit;  // as the last answer told it
    std::vector<std::string> planned;           // JSON; what a dry run did not send
    std::set<std::string> upload_sessions;      // origin and path of sessions that this call opened
    std::int64_t open_exchanges = 0;
  };

  // instance: nullptr where the kernel itself answers (request rows).
  RunningCall(Frame frame, std::shared_ptr<Instance> instance);
  RunningCall(const RunningCall&) = delete;
  RunningCall& operator=(const RunningCall&) = delete;

  const Frame& frame() const { return frame_; }
  Answers& answers() { return answers_; }
  Traffic& traffic() { return traffic_; }
  Conversation& conversation() { return frame_.conversation; }
  const Services& services() const { return frame_.services; }
  const Instance* instance() const { return instance_.get(); }
  const CallRedaction& redaction() const { return redaction_; }
  std::string_view tool() const { return frame_.view.tool; }
  std::string_view action() const { return frame_.view.action; }
  bool dry_run() const { return frame_.view.dry_run; }
  bool is_own_thread() const { return std::this_thread::get_id() == thread_; }

  // The effect so far: the row's for these parameters, or what a consent raised it to.
  Effect effect() const { return frame_.view.effect; }
  void raise_effect(Effect effect) { frame_.view.effect = std::max(frame_.view.effect, effect); }

  // Some question could not be answered at once: the handler has to return DH_SUSPENDED.
  bool suspended() const { return suspended_; }
  void suspend() { suspended_ = true; }

  bool cancelled() const { return stop_.stop_requested(); }
  std::stop_token stop_token() const { return stop_.get_token(); }
  bool unloading() const { return instance_ && instance_->stop_token().stop_requested(); }
  bool timed_out() const;
  // nullopt: no deadline. Never below zero.
  std::optional<std::chrono::milliseconds> remaining() const;
  // DH_OK after that time, or DH_E_CANCELLED, DH_E_TIMEOUT.
  dh_status pause(std::chrono::milliseconds time);
  // DH_OK, or why the call should end now: cancelled, timed out, waiting for an answer.
  dh_status alive() const;

  // Counts memory that the handler's answers take; false when it is more than one call may have.
  bool charge(std::size_t bytes);

  // Puts the error on the call and gives the status that goes with it: `return call.fail(...)`.
  dh_status fail(Error error, dh_status status = DH_E_FAILED);
  // The error that belongs to this status, or nullptr: one that a handler got over is not the reason
  // of a later failure.
  const Error* error_of(dh_status status) const;
  // A mistake of the module's author. It ends the call as an error even if the handler passes over it:
  // an answer that lacks something without saying so would be worse.
  dh_status invalid(std::string message);
  const std::optional<Error>& mistake() const { return mistake_; }

  // Texts that a function of the host gave out; the slot is overwritten by its next use.
  dh_str lend(std::string_view slot, std::string text);

  // 0 when there are too many handles.
  dh_handle add(std::unique_ptr<CallHandle> handle);
  bool remove(dh_handle handle) { return handles_.erase(handle) > 0; }
  // The handle's object if it is one of that type, else nullptr.
  template <typename T>
  T* find(dh_handle handle) {
    const auto found = handles_.find(handle);
    return found == handles_.end() ? nullptr : dynamic_cast<T*>(found->second.get());
  }

 private:
  Frame frame_;
  std::shared_ptr<Instance> instance_;
  std::thread::id thread_ = std::this_thread::get_id();
  CallRedaction redaction_;
  bool suspended_ = false;
  std::optional<Error> error_;
  dh_status error_status_ = DH_OK;
  std::optional<Error> mistake_;
  Answers answers_;
  Traffic traffic_;
  std::size_t charged_ = 0;
  std::map<std::string, std::string, std::less<>> lent_;
  std::map<dh_handle, std::unique_ptr<CallHandle>> handles_;
  dh_handle next_handle_ = 1;
  // Passes a request to stop on to this call.
  struct PassOn {
    std::stop_source& target;
    void operator()() const { target.request_stop(); }
  };
  std::stop_source stop_;
  std::stop_callback<PassOn> on_caller_stop_;
  std::stop_callback<PassOn> on_unload_;
};

}  // namespace dockerhub

// The type that modules know by its name only.
struct dh_call {
  dockerhub::RunningCall& running;
};
