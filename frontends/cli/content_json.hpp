// Content parts (text, images, links...) as JSON, bytes in base64. Hides OpenSSL. Any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The envelope with a member "content" at its end, or as it is when there are no parts.
std::string with_content(std::string envelope, const std::vector<Content>& contents);

}  // namespace dockerhub::cli
