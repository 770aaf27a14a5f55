#include "credentials/refusal_report.hpp"

namespace dockerhub {
namespace {

// Each request may have a copy of its own.
std::size_t hash_of(const RefusalReport::Header& header) {
  return header ? std::hash<std::string_view>()(header->reveal()) : 0;
}

}  // namespace

void RefusalReport::used(const std::string& credential, const Header& header) {
  const std::lock_guard<std::mutex> lock(mutex_);
  State& state = states_[credential];
  if (state.refused == hash_of(header)) return;
  ++state.uses;
  state.told = false;
}

void RefusalReport::refused(const std::string& credential, const Header& header,
                            std::string_view text) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    State& state = states_[credential];
    // The use that was refused just now, and one before it.
    constexpr int kWorked = 2;
    const bool worked = state.uses + (header ? 0 : 1) >= kWorked;
    if (state.told || !worked) return;
    state.told = true;
    state.refused = hash_of(header);
  }
  warn_(text);
}

ReportingAuthorizer::ReportingAuthorizer(std::shared_ptr<http::Authorizer> inner,
                                         std::shared_ptr<RefusalReport> report, Told told)
    : inner_(std::move(inner)), report_(std::move(report)), told_(std::move(told)) {}

Result<std::shared_ptr<const Secret>> ReportingAuthorizer::authorization(
    const http::Request& request, const http::Control& control) {
  auto header = inner_->authorization(request, control);
  const bool refused = !header && header.error().kind == ErrorKind::auth;
  const std::string credential =
      refused || (header && *header) ? told_.credential() : std::string();
  if (credential.empty()) return header;
  if (header) {
    report_->used(credential, *header);
  } else {
    report_->refused(credential, nullptr,
                     header.error().message + ". Requests with it fail until that is mended. " +
                         header.error().hint);
  }
  return header;
}

Result<bool> ReportingAuthorizer::challenged(const http::Request& request,
                                             const http::Response& response,
                                             const std::shared_ptr<const Secret>& used,
                                             const http::Control& control) {
  auto again = inner_->challenged(request, response, used, control);
  const bool over = again && !*again && used != nullptr && told_.of_answers;
  const std::string credential = over ? told_.credential() : std::string();
  if (!credential.empty()) {
    report_->refused(credential, used,
                     request.url.origin.text() + " no longer takes the credential from " +
                         credential +
                         ". It may have been revoked or have ended; requests with it fail until "
                         "another one is set.");
  }
  return again;
}

}  // namespace dockerhub
