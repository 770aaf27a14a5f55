// Texts that look like secrets whoever owns them: Docker access tokens, bearer tokens, JSON web
// tokens. Free functions; any thread.
#pragma once

#include <string_view>

#include "redaction/span.hpp"

namespace dockerhub {

// Appends where such texts stand; of "Bearer TOKEN" the token alone.
void find_shapes(std::string_view text, Spans& spans);

}  // namespace dockerhub
