// The storage behind a registry, to which blob reads are redirected: another origin, signed URLs, no
// account. Like real storage it refuses a request that carries an Authorization header, so that a
// client which forwards one is found out.
#pragma once

#include <string>
#include <string_view>

#include "exchange/message.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

// A signed URL for a blob, good for as long as the sandbox runs.
std::string cdn_url(const World& world, const std::string& repository, const std::string& digest);

Answer answer_cdn_request(World& world, const Request& request);

}  // namespace dockerhub::sandbox
