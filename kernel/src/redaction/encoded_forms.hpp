// The texts in which a secret may appear when somebody encodes it, or something that contains it.
// Percent-encoding is not among them: it is undone instead (percent.hpp). Any thread.
#pragma once

#include <string_view>
#include <vector>

#include "credentials/wiping_allocator.hpp"

namespace dockerhub {

// The value itself and as inside a JSON string; the characters of both in base64 at each of the
// three places they can have within a group, in the standard and the URL alphabet, without those that
// neighbours decide. No form twice.
std::vector<SecretBytes> encoded_forms(std::string_view value);

}  // namespace dockerhub
