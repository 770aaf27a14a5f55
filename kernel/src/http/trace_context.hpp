// W3C Trace Context: what may be passed on as traceparent and tracestate. Pure functions.
#pragma once

#include <string_view>

namespace dockerhub::http {

// "VERSION-TRACE-PARENT-FLAGS" in lower-case hexadecimal, 2, 32, 16 and 2 digits; neither id all zero,
// not version ff. Later versions than 00 may have more behind another "-" (section 3.2).
bool is_traceparent(std::string_view text);
// Printable, at least one and at most 512 characters (section 3.3): it is carried, not read.
bool is_tracestate(std::string_view text);

}  // namespace dockerhub::http
