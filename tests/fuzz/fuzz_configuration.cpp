// The files of a configuration: the first byte chooses the form, the rest is the file. No input may
// crash or hang; every error names the file and a line; what is read keeps to the settings table.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json.hpp"
#include "config/dotenv.hpp"
#include "config/user_file.hpp"
#include "config/values.hpp"

namespace {

using namespace dockerhub;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_place(const Error& error) {
  require(error.kind == ErrorKind::configuration);
  require(error.message.substr(0, 5) == "file:" && !error.hint.empty());
  require(visible(error.message) == error.message);
}

void read_dotenv(std::string_view text) {
  const auto entries = parse_dotenv(text, "file");
  if (!entries) return require_place(entries.error());
  for (const DotenvEntry& entry : *entries) {
    require(!entry.name.empty() && entry.line > 0);
    require(entry.name.find('=') == std::string::npos);
    require(entry.value.size() <= text.size());
  }
}

void read_user_file(std::string_view text) {
  const auto file = parse_user_file(text, "file");
  if (!file) return require_place(file.error());
  for (const UserFile::Entry& entry : file->entries) {
    require(entry.setting != nullptr && entry.line > 0);
    const auto value = checked_value(*entry.setting, entry.text, "file");
    require(value || value.error().kind == ErrorKind::configuration);
  }
  for (const UserFile::ModuleEntry& entry : file->modules) require(entry.line > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 64 * 1024) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 'e') {
    read_dotenv(text);
  } else {
    read_user_file(text);
  }
  return 0;
}
