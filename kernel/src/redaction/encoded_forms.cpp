#include "redaction/encoded_forms.hpp"

#include <algorithm>
#include <string>

#include "base/base64_block.hpp"
#include "base/json.hpp"

namespace dockerhub {
namespace {

SecretBytes base64(std::string_view value, std::size_t before) {
  SecretBytes padded(before, '\0');
  padded.insert(padded.end(), value.begin(), value.end());
  SecretBytes out(base64_size(padded.size()));
  encode_base64(out.data(), {padded.data(), padded.size()});
  const auto first = static_cast<std::ptrdiff_t>((before * 8 + 5) / 6);
  const auto last = static_cast<std::ptrdiff_t>(padded.size() * 8 / 6);
  return {out.begin() + first, out.begin() + last};
}

SecretBytes in_url_alphabet(SecretBytes text) {
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

SecretBytes in_json(std::string_view value, bool slash) {
  std::string quoted = json::quote(value);
  SecretBytes out;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (slash && quoted[i] == '/') out.push_back('\\');
    out.push_back(quoted[i]);
  }
  wipe(quoted.data(), quoted.size());
  return out;
}

}  // namespace

std::vector<SecretBytes> encoded_forms(std::string_view value) {
  std::vector<SecretBytes> forms;
  const auto add = [&forms](SecretBytes form) {
    if (std::find(forms.begin(), forms.end(), form) == forms.end())
      forms.push_back(std::move(form));
  };
  add({value.begin(), value.end()});
  for (const std::size_t before : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    add(base64(value, before));
    add(in_url_alphabet(base64(value, before)));
  }
  add(in_json(value, false));
  add(in_json(value, true));
  return forms;
}

}  // namespace dockerhub
