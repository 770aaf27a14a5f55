// What takes longer than the loop's thread has time for. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "http/responder.hpp"
#include "problem.hpp"
#include "server/worker_pool.hpp"

namespace dockerhub::rest {

// Does the work, which answers, on a worker; where none is free the answer is 503 now. instance: the path of
// the request.
inline void answer_on(server::WorkerPool& workers, const std::string& instance,
                      const std::shared_ptr<web::Responder>& reply, std::function<void()> work) {
  if (!workers.submit(std::move(work))) reply->respond(busy(instance));
}

}  // namespace dockerhub::rest
