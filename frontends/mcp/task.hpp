// One call that may become a task (extension io.modelcontextprotocol/tasks): when it takes longer than a
// moment, its request is answered with the task's id, and the client asks for what becomes of it. Any
// thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "json.hpp"
#include "message.hpp"
#include "outlet.hpp"
#include "reply.hpp"

namespace dockerhub::mcp {

class Task {
 public:
  using Clock = std::chrono::system_clock;
  // A call that takes longer is a task.
  static constexpr std::chrono::milliseconds kMoment{1000};
  // How long a task is kept after its last change, and how often to ask for it.
  static constexpr std::chrono::hours kLifetime{1};
  static constexpr std::chrono::milliseconds kPollInterval{1000};

  // request: the message that called, which is kept to call again with answers. outlet: of its answer.
  Task(std::string id, std::string principal, const json::Value& request, Outlet outlet);
  ~Task();
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  const std::string& id() const { return id_; }
  const std::string& principal() const { return principal_; }
  std::stop_token stop() const { return stop_.get_token(); }

  // The message to run: what was called, with the answers that came since.
  json::Document message() const;

  // Notices reach the client until the call becomes a task.
  void send(std::string_view message);
  // The moment is over: the call becomes a task, if it has not ended. True if it has become one.
  bool announce();
  // How it ended, or what it wants to know: told at once, or kept where it is a task. answer: how `reply`
  // is told at once.
  void finish(const Reply& reply, Answer answer);

  // The answer to tasks/get: a JSON object.
  std::string describe() const;
  // Takes answers; true when nothing is open any more and the call has to run again.
  bool update(const json::Value* responses);
  void cancel();

  // Nobody will ask for it any more.
  bool over(Clock::time_point now) const;

 private:
  enum class Status { working, input_required, completed, failed, cancelled };

  static std::string_view name_of(Status status);
  void set(Status status);
  bool ended() const;
  void put_head(json::Writer& writer) const;
  void keep_questions(const std::string& result);

  const std::string id_, principal_;
  json::Document request_;
  const Outlet outlet_;
  std::stop_source stop_;
  mutable std::mutex mutex_;
  bool announced_ = false, told_ = false;
  Status status_ = Status::working;
  Clock::time_point created_, updated_;
  std::string outcome_;                         // the result or the error, JSON
  std::map<std::string, std::string> open_;     // questions, JSON by key
  std::map<std::string, std::string> answers_;  // to those that were open, JSON by key
  std::string state_;
};

}  // namespace dockerhub::mcp
