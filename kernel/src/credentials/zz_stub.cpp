#include "credentials/credentials.hpp"
namespace dockerhub {
struct Credentials::Impl {};
Credentials::Credentials(const Configuration&, http::Client&,
                         std::function<void(LogLevel, std::string_view)>) {}
Credentials::~Credentials() = default;
std::shared_ptr<http::Authorizer> Credentials::hub() {
  return nullptr;
}
std::shared_ptr<http::Authorizer> Credentials::scim() {
  return nullptr;
}
std::shared_ptr<http::Authorizer> Credentials::scout() {
  return nullptr;
}
std::shared_ptr<http::Authorizer> Credentials::registry(const http::Origin&, std::string_view) {
  return nullptr;
}
Identity Credentials::identity() const {
  return {};
}
Result<void> Credentials::sign_in(const http::Control&) {
  return {};
}
std::string Credentials::account_of(std::string_view, const http::Origin&) const {
  return {};
}
}  // namespace dockerhub
