// What people write as proxies, their exceptions and base URLs: never a crash; what is accepted has one
// spelling, which is accepted again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "config/host_values.hpp"
#include "http/no_proxy.hpp"

namespace {

using namespace dockerhub;

void check_proxy(std::string_view text) {
  const auto value = proxy_value(text);
  if (!value) return;
  const auto again = proxy_value(value->url);
  if (!again || again->url != value->url || !again->user_and_password.empty()) std::abort();
}

void check_base_url(std::string_view text) {
  const auto url = base_url(text);
  if (!url) return;
  if (base_url(*url) != url) std::abort();
}

void check_exceptions(std::string_view text) {
  const http::NoProxy exceptions(text);
  for (const char* host : {"https://a.example.com/", "http://10.1.2.3:5000/", "https://[fd00::1]/"})
    (void)exceptions.covers(http::parse_url(host)->origin);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_proxy(text);
  check_base_url(text);
  check_exceptions(text);
  return 0;
}
