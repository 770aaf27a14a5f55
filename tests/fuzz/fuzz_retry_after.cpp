// Waits that servers ask for: never negative, never so long that arithmetic with it overflows.
#include <cstdlib>
#include <string_view>

#include "http/client.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::chrono::seconds kNow{1'700'000'000};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"Retry-After", "X-Retry-After", "X-RateLimit-Reset"}) {
    dockerhub::http::Headers headers;
    headers.add(name, text);
    const auto delay =
        dockerhub::http::retry_delay(headers, std::chrono::system_clock::time_point(kNow));
    if (delay && (delay->count() < 0 || *delay > std::chrono::hours(24 * 366 * 10))) std::abort();
  }
  return 0;
}
