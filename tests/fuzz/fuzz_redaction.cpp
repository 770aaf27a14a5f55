// Whatever comes in: no known value leaves redaction, plain or in base64; JSON stays JSON; a second
// pass changes nothing; what holds a known value holds it in pieces, too.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "redaction/redactor.hpp"
#include "redaction/secret_scan.hpp"

namespace {

using namespace dockerhub;

constexpr std::string_view kSecret = "fuzzed-secret";
constexpr std::string_view kInBase64 =
    "ZnV6emVkLXNlY3Jld";  // of any text that begins with the secret

void require(bool holds) {
  if (!holds) std::abort();
}

bool leaks(std::string_view text) {
  return text.find(kSecret) != std::string_view::npos ||
         text.find(kInBase64) != std::string_view::npos;
}

// The first byte decides where the secret is put into the input.
std::string with_secret(std::string_view input) {
  if (input.empty()) return std::string(kSecret);
  const std::size_t place = static_cast<unsigned char>(input[0]) % input.size();
  std::string text(input.substr(1));
  return text.insert(std::min(place, text.size()), kSecret);
}

bool passes_in_pieces(const Redactor& redactor, std::string_view text, std::size_t size) {
  SecretScan scan(redactor);
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size())))
    if (!scan.take(text.substr(0, size))) return false;
  return scan.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto book = std::make_shared<SecretBook>();
  static const Secret secret = book->make(kSecret);
  static const Redactor redactor(book);
  const std::string_view input(reinterpret_cast<const char*>(data), size);

  const std::string text = with_secret(input);
  const std::string safe = redactor.text(text);
  require(!leaks(safe));
  require(redactor.holds_secret(text));
  const std::size_t piece = 1 + size % 31;
  require(!passes_in_pieces(redactor, text, piece));
  if (redactor.holds_secret(input)) require(!passes_in_pieces(redactor, input, piece));

  const Result<std::string> json = redactor.json(input);
  require(json.has_value() == json::is_valid(input) || input.find('\0') != std::string_view::npos);
  if (json) {
    require(!leaks(*json));
    require(json::is_valid(*json));
    require(redactor.json(*json).value() == *json);
  }
  const Result<std::string> quoted = redactor.json(json::quote(visible(text)));
  require(quoted && !leaks(*quoted));
  return 0;
}
