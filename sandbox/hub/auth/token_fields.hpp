// What personal and organization tokens have in common in requests: a label and the time of their end.
// Free functions over a call.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "hub/call.hpp"

namespace dockerhub::sandbox {

inline constexpr std::size_t kSecretBytes = 18;  // random ones in a new token

// The refusal of a label that is not a text of 1 to 100 characters.
std::optional<Answer> refuse_label(const HubCall& call, std::string_view member);

// The refusal of an `expires_at` that is there and is no time to come.
std::optional<Answer> refuse_expiry(const HubCall& call);
std::optional<UnixTime> expiry_of(const HubCall& call);

Answer no_token();

// null where there is none.
JsonText time_json(const std::optional<UnixTime>& time);

}  // namespace dockerhub::sandbox
