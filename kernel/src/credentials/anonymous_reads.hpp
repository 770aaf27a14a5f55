// An authorizer whose reads go out without a credential where none can be had, for whoever asked for that
// (account.anonymous_reads): what everybody may read is then read although the log-in fails. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "http/authorizer.hpp"

namespace dockerhub {

class AnonymousReads : public http::Authorizer {
 public:
  using Warn = std::function<void(std::string_view)>;

  AnonymousReads(std::shared_ptr<http::Authorizer> inner, Warn warn)
      : inner_(std::move(inner)), warn_(std::move(warn)) {}

  std::string_view header_name() const override { return inner_->header_name(); }
  // nullptr also for a GET or HEAD for which the inner one fails, unless the call itself is over.
  Result<std::shared_ptr<const Secret>> authorization(const http::Request& request,
                                                      const http::Control& control) override;
  // A read that was sent without a credential and needs one fails as the log-in did.
  Result<bool> challenged(const http::Request& request, const http::Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const http::Control& control) override;

 private:
  void remember(const Error& failure);

  std::shared_ptr<http::Authorizer> inner_;
  Warn warn_;
  std::mutex mutex_;
  std::optional<Error> failure_;  // of the last log-in; none since one succeeded
};

}  // namespace dockerhub
