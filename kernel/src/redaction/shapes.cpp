#include "redaction/shapes.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "base/base64_block.hpp"
#include "base/docker_token.hpp"

namespace dockerhub {
namespace {

constexpr bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_base64url(char c) {
  return is_alnum(c) || c == '-' || c == '_';
}
constexpr bool is_token68(char c) {
  return is_base64url(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template <typename Predicate>
std::size_t run(std::string_view text, std::size_t begin, Predicate is_part) {
  while (begin < text.size() && is_part(text[begin])) ++begin;
  return begin;
}

bool same_word(std::string_view a, std::string_view lower_case) {
  const auto same = [](char x, char y) { return lower(x) == y; };
  return std::equal(a.begin(), a.end(), lower_case.begin(), lower_case.end(), same);
}

// Each of these gives the span of its shape at `at`, or an empty one.

Span docker_token(std::string_view text, std::size_t at) {
  for (const auto& [prefix, kind] : kDockerTokens) {
    if (text.substr(at, prefix.size()) != prefix) continue;
    const std::size_t end = run(text, at + prefix.size(), is_base64url);
    if (end > at + prefix.size()) return {at, end};
  }
  return {};
}

// Words that follow "Bearer" in prose.
bool is_prose(std::string_view word) {
  constexpr std::array<std::string_view, 12> kWords = {
      "auth", "authentication", "authorization", "challenge", "credential", "credentials", "is",
      "or",   "realm",          "scheme",        "token",     "tokens"};
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return std::any_of(kWords.begin(), kWords.end(),
                     [word](std::string_view known) { return same_word(word, known); });
}

Span bearer(std::string_view text, std::size_t at) {
  constexpr std::string_view kScheme = "bearer";
  if (at > 0 && is_alnum(text[at - 1])) return {};
  if (!same_word(text.substr(at, kScheme.size()), kScheme)) return {};
  const std::size_t begin = run(text, at + kScheme.size(), is_blank);
  const std::size_t end = run(text, begin, is_token68);
  if (begin == at + kScheme.size() || end == begin) return {};
  // A challenge: Bearer realm="...".
  if (text[end - 1] == '=' && end < text.size() && text[end] == '"') return {};
  if (is_prose(text.substr(begin, end - begin))) return {};
  return {begin, end};
}

// A JSON object in base64url: what makes a JWT's first part more than a word with dots behind it.
bool is_encoded_object(std::string_view part) {
  if (part[0] != 'e') return false;  // every { becomes one
  constexpr std::size_t kLeast = 12;
  constexpr std::size_t kLooked = 32;
  if (part.size() < kLeast) return false;
  std::string standard(part.substr(0, std::min(part.size() / 4 * 4, kLooked)));
  std::replace(standard.begin(), standard.end(), '-', '+');
  std::replace(standard.begin(), standard.end(), '_', '/');
  std::array<char, kLooked> bytes{};
  const auto size = decode_base64(bytes.data(), standard);
  if (!size || bytes[0] != '{') return false;
  const auto is_text = [](char c) {
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t';
  };
  return std::all_of(bytes.begin(), bytes.begin() + *size, is_text);
}

// A token whose header has its dot at `dot`.
Span json_web_token(std::string_view text, std::size_t dot) {
  const std::size_t payload = run(text, dot + 1, is_base64url);
  if (payload < dot + 3 || payload == text.size() || text[payload] != '.') return {};
  std::size_t begin = dot;
  while (begin > 0 && is_base64url(text[begin - 1])) --begin;
  // What stands before the header may be of the same letters, as in "%20eyJ...".
  while (begin < dot && !is_encoded_object(text.substr(begin, dot - begin))) ++begin;
  if (begin == dot) return {};
  std::size_t end = run(text, payload + 1, is_base64url);
  // Encrypted ones have five parts.
  while (end + 1 < text.size() && text[end] == '.' && is_base64url(text[end + 1])) {
    end = run(text, end + 1, is_base64url);
  }
  return {begin, end};
}

// Looks at every place of a byte or text that the shape cannot do without; memchr() and memmem()
// are far faster than any loop of ours.
template <typename Shape>
void find_at(std::string_view text, std::string_view anchor, Shape shape, Spans& spans) {
  std::size_t at = 0;
  while (at < text.size()) {
    const void* const found =
        ::memmem(text.data() + at, text.size() - at, anchor.data(), anchor.size());
    if (found == nullptr) return;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    const Span span = shape(text, at);
    if (span.end > span.begin) spans.push_back(span);
    at = std::max(span.end, at + 1);
  }
}

}  // namespace

void find_shapes(std::string_view text, Spans& spans) {
  constexpr std::size_t kShortest = 8;  // "Bearer x"
  if (text.size() < kShortest) return;
  find_at(text, "dckr_", docker_token, spans);
  find_at(text, ".", json_web_token, spans);
  find_at(text, "b", bearer, spans);
  find_at(text, "B", bearer, spans);
}

}  // namespace dockerhub
