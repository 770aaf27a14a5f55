#include "surfaces/destinations.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "base/json.hpp"

namespace dockerhub {
namespace {

// A secret that is sent as it is and never renewed.
class FixedAuthorizer : public http::Authorizer {
 public:
  FixedAuthorizer(std::string header, std::shared_ptr<const Secret> value)
      : header_(std::move(header)), value_(std::move(value)) {}

  std::string_view header_name() const override { return header_; }
  Result<std::shared_ptr<const Secret>> authorization(const http::Request&,
                                                      const http::Control&) override {
    return value_;
  }
  Result<bool> challenged(const http::Request&, const http::Response&,
                          const std::shared_ptr<const Secret>&, const http::Control&) override {
    return false;
  }

 private:
  std::string header_;
  std::shared_ptr<const Secret> value_;
};

const ModuleSetting* find_setting_row(const Manifest& module, std::string_view key) {
  const auto row = std::find_if(module.settings.begin(), module.settings.end(),
                                [&](const ModuleSetting& setting) { return setting.key == key; });
  return row == module.settings.end() ? nullptr : &*row;
}

// "user:password" for basic, the token itself otherwise.
std::string header_value(const Destination& destination, std::string_view secret) {
  if (destination.secret_as == "bearer") return "Bearer " + std::string(secret);
  if (destination.secret_as == "basic") return "Basic " + to_base64(secret);
  return std::string(secret);
}

}  // namespace

const Destination* find_destination(const Manifest& module, std::string_view name) {
  const auto found = std::find_if(module.destinations.begin(), module.destinations.end(),
                                  [&](const Destination& row) { return row.name == name; });
  return found == module.destinations.end() ? nullptr : &*found;
}

Result<http::Url> destination_url(const Configuration& configuration, const Manifest& module,
                                  const Destination& destination) {
  std::string origin = destination.origin;
  if (const ModuleSetting* row = find_setting_row(module, destination.origin_setting)) {
    auto given = configuration.impl().module_setting(module.name, *row);
    if (!given) return Failure(std::move(given.error()));
    const auto text = json::parse(given->value_or("null"));
    if (text && text->IsString() && text->GetStringLength() > 0) origin = json::view(*text);
  }
  return http::parse_url(origin);
}

std::shared_ptr<http::Authorizer> destination_authorizer(const Configuration& configuration,
                                                         const Manifest& module,
                                                         const Destination& destination) {
  const ModuleSetting* row = find_setting_row(module, destination.secret_setting);
  if (row == nullptr) return nullptr;
  const std::optional<Secret> secret = configuration.impl().module_secret(module.name, *row);
  if (!secret || secret->empty()) return nullptr;
  std::string value = header_value(destination, secret->reveal());
  auto header = std::make_shared<const Secret>(configuration.impl().book->make(value));
  wipe(value.data(), value.size());
  return std::make_shared<FixedAuthorizer>(
      destination.secret_as == "header" ? destination.secret_header : "Authorization",
      std::move(header));
}

}  // namespace dockerhub
