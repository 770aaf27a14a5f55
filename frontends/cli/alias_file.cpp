#include "alias_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "client_file.hpp"
#include "descriptor.hpp"
#include "dockerhub/private_file.hpp"
#include "json.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

namespace fs = std::filesystem;

constexpr int kAliasVersion = 1;
constexpr mode_t kOthersMayWrite = 022;

Failure unusable_aliases(const fs::path& path, const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = path.string() + ": " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure unknown_form(const fs::path& path) {
  return unusable_aliases(path, "it has no shortcuts in the form that this program knows",
                          "Mend it, or delete it and set the shortcuts anew.");
}

bool are_words(const json::Value& value) {
  if (!value.IsArray() || value.Empty()) return false;
  for (const auto& word : value.GetArray()) {
    if (!word.IsString()) return false;
  }
  return true;
}

std::vector<std::string> words_in(const json::Value& array) {
  std::vector<std::string> words;
  for (const auto& word : array.GetArray()) words.emplace_back(json::view(word));
  return words;
}

std::string file_text(const Aliases& aliases) {
  std::string text;
  for (const auto& [name, words] : aliases) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ",") + json::quote(word);
    text += (text.empty() ? "" : ",") + json::quote(name) + ":[" + list + "]";
  }
  return json::indented("{\"version\":" + std::to_string(kAliasVersion) + ",\"aliases\":{" + text +
                        "}}") +
         "\n";
}

Result<void> put_in_place(const fs::path& made, const fs::path& path) {
  if (::rename(made.c_str(), path.c_str()) == 0) return {};
  const std::string why = std::generic_category().message(errno);
  ::unlink(made.c_str());
  return unusable_aliases(path, "it cannot be replaced: " + why, "Check the folder.");
}

}  // namespace

fs::path alias_path() {
  const fs::path folder = xdg_folder("XDG_CONFIG_HOME", ".config");
  return folder.empty() ? folder : folder / "aliases.json";
}

Result<Aliases> read_aliases(const fs::path& path) {
  Aliases aliases;
  std::error_code problem;
  if (path.empty() || !fs::exists(path, problem)) return aliases;
  const Result<ClientFile> file = read_client_file(path);
  if (!file) return Failure(file.error());
  if (!file->exists) return aliases;
  if ((file->mode & kOthersMayWrite) != 0)
    return unusable_aliases(path, "others may change it", "Run chmod 600 " + path.string() + ".");
  if (const auto place = check_place_of_file(path); !place) return Failure(place.error());
  const auto document = json::parse(file->text);
  const json::Value* version = document ? json::find(*document, "version") : nullptr;
  const json::Value* all = document ? json::find(*document, "aliases") : nullptr;
  const bool is_known =
      version != nullptr && version->IsInt() && version->GetInt() == kAliasVersion;
  if (!is_known || all == nullptr || !all->IsObject()) return unknown_form(path);
  for (const auto& member : all->GetObject()) {
    if (!is_command_name(json::view(member.name)) || !are_words(member.value))
      return unknown_form(path);
    aliases.emplace(json::view(member.name), words_in(member.value));
  }
  return aliases;
}

const std::vector<std::string>* find_alias(const Aliases& aliases, std::string_view name) {
  const auto found = aliases.find(dashed(name));
  return found == aliases.end() ? nullptr : &found->second;
}

Result<void> write_aliases(const fs::path& path, const Aliases& aliases) {
  if (path.empty())
    return unusable_aliases("HOME", "neither it nor XDG_CONFIG_HOME is set",
                            "Set HOME to your own folder.");
  std::error_code problem;
  const bool is_made = fs::create_directories(path.parent_path(), problem);
  if (problem) return unusable_aliases(path.parent_path(), problem.message(), "Check the folder.");
  if (is_made) fs::permissions(path.parent_path(), fs::perms::owner_all, problem);
  // A link stays one.
  const fs::path real = fs::weakly_canonical(path, problem);
  if (problem) return unusable_aliases(path, problem.message(), "Check the path.");
  const fs::path made = real.string() + "." + std::to_string(::getpid());
  const Result<int> file = create_private_file(made);
  if (!file) return Failure(file.error());
  const Descriptor descriptor(*file);
  if (const auto written = write_private_file(descriptor.get(), made, file_text(aliases));
      !written) {
    ::unlink(made.c_str());
    return written;
  }
  return put_in_place(made, real);
}

bool is_command_name(std::string_view name) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  constexpr std::size_t kLongest = 64;
  return !name.empty() && name.size() <= kLongest && is_plain(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_plain(c) || c == '-'; });
}

}  // namespace dockerhub::cli
