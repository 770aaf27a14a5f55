#include "http/http_date.hpp"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Exception.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/pattern.hpp"

namespace dockerhub::http {
namespace {

// The three forms of RFC 9110 5.6.7. The parser takes nearly any text for a date, so the form is
// looked at first.
struct DateForm {
  const char* pattern;
  const std::string& format;
};
const std::array<DateForm, 3> kDateForms = {
    {{R"([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT)",
      Poco::DateTimeFormat::HTTP_FORMAT},
     {R"([A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT)",
      Poco::DateTimeFormat::RFC850_FORMAT},
     {R"([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})",
      Poco::DateTimeFormat::ASCTIME_FORMAT}}};

}  // namespace

std::optional<std::chrono::system_clock::time_point> read_http_date(std::string_view text) {
  const auto form =
      std::find_if(kDateForms.begin(), kDateForms.end(),
                   [text](const DateForm& each) { return matches(each.pattern, text); });
  if (form == kDateForms.end()) return std::nullopt;
  try {
    Poco::DateTime date;
    int zone = 0;
    if (!Poco::DateTimeParser::tryParse(form->format, std::string(text), date, zone))
      return std::nullopt;
    return std::chrono::system_clock::time_point(
        std::chrono::microseconds(date.timestamp().epochMicroseconds()));
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace dockerhub::http
