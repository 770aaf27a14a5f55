// Which member names of JSON hold secrets. Any thread.
#pragma once

#include <string_view>

namespace dockerhub {

// In any case, and however the words are joined: "access_token", "Access-Token", "accessToken".
bool is_secret_key(std::string_view key);

}  // namespace dockerhub
