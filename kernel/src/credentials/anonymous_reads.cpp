#include "credentials/anonymous_reads.hpp"

#include <string>

#include "credentials/given_up.hpp"

namespace dockerhub {
namespace {

bool is_read(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

Result<std::shared_ptr<const Secret>> AnonymousReads::authorization(const http::Request& request,
                                                                    const http::Control& control) {
  auto header = inner_->authorization(request, control);
  if (header) {
    const std::lock_guard lock(mutex_);
    failure_.reset();
    return header;
  }
  if (!is_read(request) || given_up(control)) return header;
  remember(header.error());
  return nullptr;
}

Result<bool> AnonymousReads::challenged(const http::Request& request,
                                        const http::Response& response,
                                        const std::shared_ptr<const Secret>& used,
                                        const http::Control& control) {
  if (used == nullptr) {
    const std::lock_guard lock(mutex_);
    if (failure_) return Failure(*failure_);
  }
  return inner_->challenged(request, response, used, control);
}

void AnonymousReads::remember(const Error& failure) {
  bool is_news = false;
  {
    const std::lock_guard lock(mutex_);
    is_news = !failure_;
    failure_ = failure;
  }
  if (is_news) warn_("reads go on without a log-in (account.anonymous_reads): " + failure.message);
}

}  // namespace dockerhub
