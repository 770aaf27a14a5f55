// What servers know of a client besides its name. Free functions; any thread.
#pragma once

#include <string>

#include "http/message.hpp"
#include "principal.hpp"

namespace dockerhub::server {

// Whom limits are for: who has proved a name, else the place where the request comes from.
std::string limited_client(const Principal& principal, const web::Request& request);

// Whether a request comes from this machine; what a proxy on it hands on comes from elsewhere.
bool is_from_here(const web::Request& request);

}  // namespace dockerhub::server
