#include "base/pattern.hpp"

#include <Poco/Exception.h>
#include <Poco/RegularExpression.h>

namespace dockerhub {
namespace {

constexpr int kOptions = Poco::RegularExpression::RE_ANCHORED | Poco::RegularExpression::RE_UTF8 |
                         Poco::RegularExpression::RE_NO_UTF8_CHECK |
                         Poco::RegularExpression::RE_DOLLAR_ENDONLY;

// A group and an end, so that alternatives are matched against the whole text too. The limits bound
// time and stack: PCRE recurses on the stack of the thread.
std::string whole(const std::string& pattern) {
  return "(*LIMIT_MATCH=200000)(*LIMIT_RECURSION=2000)(?:" + pattern + ")$";
}

}  // namespace

bool matches(const std::string& pattern, std::string_view text) {
  try {
    const Poco::RegularExpression expression(whole(pattern), kOptions);
    Poco::RegularExpression::Match match;
    return expression.match(std::string(text), 0, match) > 0;
  } catch (const Poco::Exception&) {
    return false;
  }
}

Result<void> compile_pattern(const std::string& pattern) {
  try {
    const Poco::RegularExpression expression(whole(pattern), kOptions);
    return {};
  } catch (const Poco::Exception& exception) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = "the pattern '" + visible(pattern) +
                    "' is not a regular expression: " + exception.displayText();
    error.hint = "Patterns are PCRE and have to match the whole value.";
    return Failure(std::move(error));
  }
}

}  // namespace dockerhub
