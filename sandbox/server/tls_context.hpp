// What a Tls holds; for server/ only, because of Poco's headers.
#pragma once

#include <Poco/Net/Context.h>

#include "server/tls.hpp"

namespace dockerhub::sandbox {

struct Tls::Context {
  Poco::Net::Context::Ptr poco;
};

}  // namespace dockerhub::sandbox
