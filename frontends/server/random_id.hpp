// Ids that nobody can guess. Any thread.
#pragma once

#include <string>

namespace dockerhub::server {

// 128 random bits as 32 hex digits; empty when the system gives none.
std::string random_id();

}  // namespace dockerhub::server
