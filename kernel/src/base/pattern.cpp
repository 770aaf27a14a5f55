#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.hpp"

#include <pcre2.h>

#include <array>
#include <memory>

namespace dockerhub {
namespace {

using Code = std::unique_ptr<pcre2_code, decltype(&pcre2_code_free)>;
using Match = std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)>;
using Bounds = std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)>;

constexpr std::uint32_t kOptions =
    PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;

PCRE2_SPTR units(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

Code compile(std::string_view pattern, int& problem) {
  std::size_t place = 0;
  return {pcre2_compile(units(pattern), pattern.size(), kOptions, &problem, &place, nullptr),
          &pcre2_code_free};
}

// They bound time and memory; a pattern can only lower them.
Bounds make_bounds() {
  constexpr std::uint32_t kMatchLimit = 200000;
  constexpr std::uint32_t kDepthLimit = 2000;
  Bounds bounds(pcre2_match_context_create(nullptr), &pcre2_match_context_free);
  if (bounds == nullptr) return bounds;
  pcre2_set_match_limit(bounds.get(), kMatchLimit);
  pcre2_set_depth_limit(bounds.get(), kDepthLimit);
  return bounds;
}

std::string words_of(int problem) {
  constexpr std::size_t kLongest = 256;
  std::array<PCRE2_UCHAR, kLongest> words = {};
  pcre2_get_error_message(problem, words.data(), words.size());
  return reinterpret_cast<const char*>(words.data());
}

}  // namespace

bool matches(const std::string& pattern, std::string_view text) {
  int problem = 0;
  const Code code = compile(pattern, problem);
  if (code == nullptr) return false;
  const Match match(pcre2_match_data_create(1, nullptr), &pcre2_match_data_free);
  const Bounds bounds = make_bounds();
  if (match == nullptr || bounds == nullptr) return false;
  // 0: it matched, and has more groups than there is room for.
  return pcre2_match(code.get(), units(text), text.size(), 0, 0, match.get(), bounds.get()) >= 0;
}

Result<void> compile_pattern(const std::string& pattern) {
  int problem = 0;
  if (compile(pattern, problem) != nullptr) return {};
  Error error;
  error.kind = ErrorKind::parameter;
  error.message =
      "the pattern '" + visible(pattern) + "' is not a regular expression: " + words_of(problem);
  error.hint = "Patterns are PCRE and have to match the whole value.";
  return Failure(std::move(error));
}

}  // namespace dockerhub
