// Runs calls on workers and answers them. Any thread.
#pragma once

#include <memory>
#include <stop_token>
#include <utility>

#include "call.hpp"
#include "consents.hpp"
#include "http/responder.hpp"
#include "server/worker_pool.hpp"
#include "state.hpp"

namespace dockerhub::rest {

class Calls {
 public:
  using Reply = std::shared_ptr<web::Responder>;
  // All outlive every call.
  struct Parts {
    Kernel& kernel;
    server::WorkerPool& workers;
    State& state;
    Consents::Note note;
  };

  explicit Calls(Parts parts) : parts_(std::move(parts)), consents_(parts_.state, parts_.note) {}

  // Answers later; now (503) when no worker is free.
  void start(Call call, Reply reply);
  // Cancels those that run.
  void cancel() { ending_.request_stop(); }

  Consents& consents() { return consents_; }

 private:
  void run(Call& call, const Reply& reply);
  web::Response perform(Call& call, Caller& caller);
  static Caller caller_for(const Call& call, const std::stop_token& stop);

  const Parts parts_;
  Consents consents_;
  std::stop_source ending_;
};

}  // namespace dockerhub::rest
