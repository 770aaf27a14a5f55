// Tells an operator when a credential that did its work is refused from some moment on: once, not for each of the
// requests that fail for it, and again only after it worked in between. What was refused from the beginning
// needs no telling, as the one call that tried it failed. Any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/authorizer.hpp"

namespace dockerhub {

class RefusalReport {
 public:
  using Warn = std::function<void(std::string_view)>;
  using Header = std::shared_ptr<const Secret>;

  explicit RefusalReport(Warn warn) : warn_(std::move(warn)) {}

  // A request goes out with that header.
  void used(const std::string& credential, const Header& header);
  // Nothing could take the place of that header (nullptr: there was none to be had).
  void refused(const std::string& credential, const Header& header, std::string_view text);

 private:
  struct State {
    int uses = 0;
    bool told = false;
    std::size_t refused = 0;  // hash of the header that was told of
  };

  Warn warn_;
  std::mutex mutex_;
  std::map<std::string, State> states_;
};

// An authorizer whose refusals are told.
class ReportingAuthorizer : public http::Authorizer {
 public:
  struct Told {
    // Whose credential it is; empty: nobody's, of which nothing is told.
    std::function<std::string()> credential;
    // A 401 means the credential itself, not what it may do.
    bool of_answers = true;
  };

  ReportingAuthorizer(std::shared_ptr<http::Authorizer> inner,
                      std::shared_ptr<RefusalReport> report, Told told);

  std::string_view header_name() const override { return inner_->header_name(); }
  Result<std::shared_ptr<const Secret>> authorization(const http::Request& request,
                                                      const http::Control& control) override;
  Result<bool> challenged(const http::Request& request, const http::Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const http::Control& control) override;

 private:
  std::shared_ptr<http::Authorizer> inner_;
  std::shared_ptr<RefusalReport> report_;
  Told told_;
};

}  // namespace dockerhub
