// The destinations that a module's manifest declares: base URL and the secret that goes there. Any
// thread.
#pragma once

#include <memory>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/authorizer.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

// nullptr: the module declares none of that name.
const Destination* find_destination(const Manifest& module, std::string_view name);

// Its origin, or what the operator's setting says instead.
Result<http::Url> destination_url(const Configuration& configuration, const Manifest& module,
                                  const Destination& destination);

// Attaches the module's secret as the manifest says; nullptr where there is none. The secret goes to
// that destination alone, and the module never sees it.
std::shared_ptr<http::Authorizer> destination_authorizer(const Configuration& configuration,
                                                         const Manifest& module,
                                                         const Destination& destination);

}  // namespace dockerhub
