// Runs calls on workers and answers them. Any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "call.hpp"
#include "consents.hpp"
#include "http/responder.hpp"
#include "http/stream_counts.hpp"
#include "server/worker_pool.hpp"
#include "state.hpp"

namespace dockerhub::rest {

class Calls {
 public:
  using Reply = std::shared_ptr<web::Responder>;
  // The call of a request, or its refusal. Called once, on a worker.
  using Read = std::function<tl::expected<Call, web::Response>()>;

  // Of one client at a time, so that one has not all workers.
  static constexpr std::size_t kMostOfOne = 64;

  // All outlive every call.
  struct Parts {
    Kernel& kernel;
    server::WorkerPool& workers;
    State& state;
    std::size_t most_of_one = kMostOfOne;
  };

  explicit Calls(Parts parts)
      : parts_(std::move(parts)),
        consents_(parts_.state,
                  [this](const ConsentDecision& decision) { parts_.kernel.record(decision); }),
        running_(parts_.most_of_one) {}
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  // Answers later; now when no worker is free (503), or this client has as many calls as it may have (429).
  // client: whom that limit is for. instance: the path of the request.
  void start(const std::string& client, const std::string& instance, Read read, const Reply& reply);
  // The same for work that is no call and answers itself.
  void start_work(const std::string& client, const std::string& instance,
                  std::function<void()> work, const Reply& reply);
  // Cancels those that run.
  void cancel() { ending_.request_stop(); }

  Consents& consents() { return consents_; }

 private:
  void run(Call& call, const Reply& reply);
  web::Response perform(Call& call, Caller& caller);
  static Caller caller_for(const Call& call, const std::stop_token& stop);

  const Parts parts_;
  Consents consents_;
  web::StreamCounts running_;
  std::stop_source ending_;
};

}  // namespace dockerhub::rest
