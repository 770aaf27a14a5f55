#include "hub/auth/token_fields.hpp"

#include "hub/text_length.hpp"

namespace dockerhub::sandbox {

std::optional<Answer> refuse_label(const HubCall& call, std::string_view member) {
  constexpr std::size_t most = 100;
  const std::size_t length = characters(call.body_text(member));
  if (length >= 1 && length <= most) return std::nullopt;
  return hub_member_error(member, std::string(member) + " has to have 1 to 100 characters");
}

std::optional<Answer> refuse_expiry(const HubCall& call) {
  if (!call.body_has("expires_at")) return std::nullopt;
  const std::optional<UnixTime> time = expiry_of(call);
  if (time && *time > now()) return std::nullopt;
  return hub_member_error("expires_at", "expires_at has to be a time to come, as RFC 3339 has it");
}

std::optional<UnixTime> expiry_of(const HubCall& call) {
  return from_rfc3339(call.body_text("expires_at"));
}

Answer no_token() {
  return hub_error(404, "access token not found");
}

JsonText time_json(const std::optional<UnixTime>& time) {
  return time ? JsonText(rfc3339(*time)) : JsonText(nullptr);
}

}  // namespace dockerhub::sandbox
