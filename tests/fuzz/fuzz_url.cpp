// URLs from anybody: what is accepted has one spelling, which is accepted again and holds nothing that
// could end a request line; the same for references from answers.
#include <cstdlib>
#include <string>

#include "http/url.hpp"

namespace {

using dockerhub::http::Url;

void check(const Url& url) {
  const auto again = dockerhub::http::parse_url(url.text());
  if (!again || !(*again == url)) std::abort();
  for (const char letter : url.text()) {
    if (letter <= ' ' || letter == '\x7F') std::abort();
  }
  if (url.origin.port == 0 || url.origin.host.empty() || url.path.front() != '/') std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Url kBase =
      dockerhub::http::parse_url("https://registry.example.com:5000/v2/x/tags/list?n=2").value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto url = dockerhub::http::parse_url(text)) check(*url);
  if (const auto url = dockerhub::http::resolve(kBase, text)) {
    if (url->text().size() < 16384) check(*url);
  }
  return 0;
}
