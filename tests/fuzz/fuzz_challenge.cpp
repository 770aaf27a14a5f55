// WWW-Authenticate fields from any server: bounded, and what was read says the same when it is written in the
// plainest form and read again; so do the scopes that it names.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "credentials/challenge.hpp"
#include "credentials/scope.hpp"

namespace {

using namespace dockerhub;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string written(const Challenge& challenge) {
  std::string text = challenge.scheme + ' ' + challenge.token68;
  std::string_view separator;
  for (const auto& [name, value] : challenge.parameters) {
    text.append(separator).append(name).append("=\"");
    for (const char letter : value) {
      if (letter == '"' || letter == '\\') text += '\\';
      text += letter;
    }
    text += '"';
    separator = ", ";
  }
  return text;
}

void check(const Challenge& challenge) {
  require(!challenge.scheme.empty() && challenge.parameters.size() <= 32);
  require(challenge.token68.empty() || challenge.parameters.empty());
  const std::string text = written(challenge);
  if (text.size() < 16 * 1024 && text.back() != ' ') {
    const auto again = parse_challenges({text});
    require(again.size() == 1 && again[0].scheme == challenge.scheme);
    require(again[0].token68 == challenge.token68 && again[0].parameters == challenge.parameters);
  }
  const Scopes scopes(challenge.parameter("scope"));
  require(Scopes(scopes.text()) == scopes && scopes.covers(scopes) && scopes.parts().size() <= 64);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const auto challenges =
      parse_challenges({text.substr(0, line), text.substr(std::min(line + 1, text.size()))});
  require(challenges.size() <= 16);
  for (const Challenge& challenge : challenges) check(challenge);
  return 0;
}
