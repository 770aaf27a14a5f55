#include "credentials/token_answer.hpp"

#include <algorithm>

#include "base/time_text.hpp"
#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

// Servers take heads of 8 to 32 KiB.
constexpr std::size_t kLongestAnswered = 16 * 1024;

// RFC 6750 2.1 allows less; what matters is that no token can end its header.
bool fits_into_header(std::string_view token) {
  return token.size() <= kLongestAnswered &&
         std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

Failure unusable(std::string message) {
  Error error;
  error.kind = ErrorKind::auth;
  error.message = std::move(message);
  error.hint = "The service is not what it is taken for, or it failed. Check its address.";
  return Failure(std::move(error));
}

TokenAnswer answer_of(const SecretJson::Value& root, std::string_view token, SecretBook& book) {
  TokenAnswer answer;
  answer.token = book.learn(token, SecretBook::After::remembered);
  constexpr std::int64_t kLongest = std::int64_t{24} * 60 * 60;
  if (const auto told = number_in(root, "expires_in"))
    answer.expires_in = seconds(std::clamp<std::int64_t>(*told, 1, kLongest));
  answer.issued_at = parse_rfc3339(text_in(root, "issued_at"));
  return answer;
}

}  // namespace

Result<TokenAnswer> read_token(std::string& body, SecretBook& book) {
  const auto json = SecretJson::parse(body);
  wipe(body.data(), body.size());
  body.clear();
  if (!json) return unusable("the answer is " + json.error().message);
  std::string_view token = text_in(json->root(), "access_token");
  if (token.empty()) token = text_in(json->root(), "token");
  if (token.empty()) return unusable("the answer has no token");
  if (!fits_into_header(token)) return unusable("the answer's token is none");
  return answer_of(json->root(), token, book);
}

std::chrono::milliseconds usable_time(const TokenAnswer& answer,
                                      system_clock::time_point received) {
  constexpr seconds kUntold{60};
  constexpr seconds kEarly{60};
  const seconds told = answer.expires_in.value_or(kUntold);
  std::chrono::milliseconds life = told;
  if (answer.issued_at) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(*answer.issued_at + told - received);
    if (left > life / 6) life = std::min(life, left);
  }
  return life - std::min<std::chrono::milliseconds>(kEarly, life / 6);
}

}  // namespace dockerhub
