#include "surfaces/login_network.hpp"

#include "credentials/login_request.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {

struct LoginNetwork::Impl {
  explicit Impl(const Configuration& configuration)
      : surfaces(configuration, nullptr, [](LogLevel, std::string_view, std::string_view) {}) {}

  Surfaces surfaces;
};

LoginNetwork::LoginNetwork(const Configuration& configuration)
    : impl_(std::make_unique<Impl>(configuration)) {}

LoginNetwork::~LoginNetwork() = default;

Fetch LoginNetwork::fetch() {
  return [&surfaces = impl_->surfaces](http::Request request, const http::Control& control) {
    return surfaces.client().fetch(std::move(request), control, kLoginAnswerLimit);
  };
}

Result<http::Url> LoginNetwork::registry(const std::string& host, const http::Control& control) {
  SurfaceRequest request;
  request.name = "registry";
  request.host = host;
  request.anonymous = true;
  auto surface = impl_->surfaces.find(request, control);
  if (!surface) return Failure(std::move(surface.error()));
  return std::move(surface->base);
}

}  // namespace dockerhub
