#include "signed_tokens/claim_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace dockerhub {
namespace {

constexpr std::size_t kLongestSubject = 256;

// Beyond it seconds are no longer whole in a double; nothing that is meant for a time.
constexpr double kLatest = 1e15;

// A claim that is there has to be a time: nullopt is none, `wrong` is something else.
struct TimeClaim {
  std::optional<double> seconds;
  bool wrong = false;
};

TimeClaim time_claim(const json::Value& claims, std::string_view name) {
  const json::Value* value = json::find(claims, name);
  if (value == nullptr) return {};
  if (!value->IsNumber()) return {{}, true};
  const double seconds = value->GetDouble();
  if (!(seconds >= 0 && seconds < kLatest)) return {{}, true};
  return {seconds, false};
}

std::string_view check_times(const json::Value& claims, std::int64_t now) {
  const TimeClaim ends = time_claim(claims, "exp");
  const TimeClaim begins = time_claim(claims, "nbf");
  const TimeClaim issued = time_claim(claims, "iat");
  if (ends.wrong || begins.wrong || issued.wrong) return "a time of the token is no number";
  if (!ends.seconds) return "the token has no end (exp)";
  const auto latest = static_cast<double>(now + kClockSkew);
  if (*ends.seconds <= static_cast<double>(now - kClockSkew)) return "the token is over";
  if (begins.seconds.value_or(0) > latest) return "the token is not valid yet";
  if (issued.seconds.value_or(0) > latest) return "the token is from the future";
  return {};
}

bool names(const json::Value* audiences, std::string_view audience) {
  const auto is_it = [audience](const json::Value& each) {
    return each.IsString() && json::view(each) == audience;
  };
  if (audiences == nullptr || !audiences->IsArray())
    return audiences != nullptr && is_it(*audiences);
  const auto items = audiences->GetArray();
  return std::any_of(items.begin(), items.end(), is_it);
}

// Who it is in the trail: a text that shows what it is.
std::string subject_of(const json::Value& claims) {
  const std::string_view text = json::text_of(claims, "sub");
  return text.size() <= kLongestSubject && visible(text) == text ? std::string(text)
                                                                 : std::string();
}

void add_scopes(std::vector<std::string>& scopes, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) scopes.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// `scope` of RFC 9068, or `scp` as other services have it.
std::vector<std::string> scopes_of(const json::Value& claims) {
  std::vector<std::string> scopes;
  for (const std::string_view name : {"scope", "scp"}) {
    const json::Value* value = json::find(claims, name);
    if (value == nullptr) continue;
    if (value->IsString()) add_scopes(scopes, json::view(*value));
    if (!value->IsArray()) return scopes;
    for (const json::Value& each : value->GetArray()) {
      if (each.IsString()) scopes.emplace_back(json::view(each));
    }
    return scopes;
  }
  return scopes;
}

}  // namespace

tl::expected<SignedToken, std::string_view> check_claims(const json::Value& claims,
                                                         std::string_view issuer,
                                                         std::string_view audience,
                                                         std::int64_t now) {
  if (json::text_of(claims, "iss") != issuer)
    return TokenRefused("the token is of another issuer (iss)");
  if (!names(json::find(claims, "aud"), audience))
    return TokenRefused("the token is for another audience (aud)");
  if (const auto wrong = check_times(claims, now); !wrong.empty()) return TokenRefused(wrong);
  // RFC 7800: it is worth something only together with a key that is not asked for here.
  if (json::find(claims, "cnf") != nullptr)
    return TokenRefused("the token is bound to a key (cnf), which is not supported");
  SignedToken token{subject_of(claims), scopes_of(claims)};
  if (token.subject.empty()) return TokenRefused("the token does not say who it is for (sub)");
  return token;
}

}  // namespace dockerhub
