// Answers in the media type of SCIM, application/scim+json (RFC 7644 3.1 and 3.12). Free functions.
#pragma once

#include <string_view>

#include "exchange/message.hpp"

namespace dockerhub::sandbox {

Answer scim_answer(int status, const JsonText& body);
Answer scim_error(int status, std::string_view message);
// 400 with a `scimType` of RFC 7644 3.12, "invalidFilter" for instance.
Answer scim_bad_request(std::string_view type, std::string_view message);

}  // namespace dockerhub::sandbox
