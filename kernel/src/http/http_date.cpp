#include "http/http_date.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string>

#include "base/pattern.hpp"
#include "base/time_text.hpp"

namespace dockerhub::http {
namespace {

// The three forms of RFC 9110 5.6.7. The standard library passes over much that is wrong, so the form
// is looked at first.
struct DateForm {
  const char* pattern;
  const char* format;
};
constexpr std::array<DateForm, 3> kDateForms = {
    {{R"([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT)",
      "%a, %d %b %Y %H:%M:%S GMT"},
     {R"([A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT)",
      "%A, %d-%b-%y %H:%M:%S GMT"},
     {R"([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})", "%a %b %e %H:%M:%S %Y"}}};

}  // namespace

std::optional<std::chrono::system_clock::time_point> read_http_date(std::string_view text) {
  const auto* const form =
      std::find_if(kDateForms.begin(), kDateForms.end(),
                   [text](const DateForm& each) { return matches(each.pattern, text); });
  if (form == kDateForms.end()) return std::nullopt;
  std::istringstream stream{std::string(text)};
  stream.imbue(std::locale::classic());
  std::tm parts = {};
  stream >> std::get_time(&parts, form->format);
  if (stream.fail()) return std::nullopt;
  const int day = parts.tm_mday;
  const std::time_t time = ::timegm(&parts);
  return parts.tm_mday == day ? time_of(time) : std::nullopt;  // no 31st of February
}

}  // namespace dockerhub::http
