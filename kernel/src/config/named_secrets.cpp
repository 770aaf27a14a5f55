#include "config/named_secrets.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/file.hpp"
#include "base/file_permissions.hpp"
#include "config/values.hpp"

namespace dockerhub {
namespace {

constexpr char kFileMark = '@';
constexpr std::string_view kVariableMark = "env:";
constexpr std::size_t kSecretFileLimit = std::size_t{64} * 1024;

bool is_variable_name(std::string_view text) {
  const auto fits = [](char c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && (text[0] < '0' || text[0] > '9') &&
         std::all_of(text.begin(), text.end(), fits);
}

Failure refused_name(const Setting& setting, const Sourced& source, const std::string& what,
                     const std::string& hint) {
  return refused(source.origin + ": " + std::string(setting.key) + " " + what,
                 hint + " A secret that itself begins with @ or env: goes into a file.");
}

// Why a file cannot hold a secret, and what to do; empty where it can.
struct FileFault {
  std::string why, hint;
};

FileFault fault_of(const FileText& file, const std::filesystem::path& folder) {
  if (!file.only_ours() || !check_folders(folder)) {
    return {"and another user can change it or put another one in its place",
            "Keep it in a folder of yours, own it and chmod 600 it."};
  }
  // What root hands to another user, as containers do, is root's decision.
  if (file.owner == ::geteuid() && file.readable_by_others())
    return {"and other users may read it",
            "chmod 600 it; in a container, mount it with mode 0400."};
  if (trimmed(file.text).empty()) return {"and it is empty", "Write the secret into it."};
  return {};
}

std::string_view without_newline(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

Result<std::string> from_file(const Setting& setting, const std::filesystem::path& path,
                              const Sourced& source) {
  const auto refuse = [&](const std::string& why, const std::string& hint) {
    return refused_name(setting, source, "names a file with @, " + why, hint);
  };
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(path, problem);
  if (problem) return refuse("which cannot be found: " + problem.message(), "Check the path.");
  Result<FileText> file = read_file(real, kSecretFileLimit);
  if (!file) return refuse("which cannot be used", file.error().hint);
  const FileFault fault = fault_of(*file, real.parent_path());
  std::string secret(without_newline(file->text));
  wipe(file->text.data(), file->text.size());
  if (fault.why.empty()) return secret;
  wipe(secret.data(), secret.size());
  return refuse(fault.why, fault.hint);
}

const Sourced* find_named(const Layers& layers, std::string_view variable) {
  const auto set = layers.environment.find(variable);
  if (set != layers.environment.end()) return &set->second;
  const auto written = layers.env_file.find(variable);
  return written == layers.env_file.end() || written->second.found ? nullptr : &written->second;
}

Result<std::string> from_variable(const Setting& setting, std::string_view variable,
                                  const Sourced& source, const Layers& layers) {
  const Sourced* const named = find_named(layers, variable);
  if (named == nullptr) {
    return refused_name(setting, source, "names a variable with env:, which is not set",
                        "Set it, or correct its name.");
  }
  if (names_secret(named->value)) {
    return refused_name(setting, source, "names a variable with env: that names a secret again",
                        "Name that one at once.");
  }
  return named->value;
}

}  // namespace

bool names_secret(std::string_view text) {
  return (text.size() > 1 && text.front() == kFileMark) || !named_variable(text).empty();
}

std::string_view named_variable(std::string_view text) {
  if (text.substr(0, kVariableMark.size()) != kVariableMark) return {};
  const std::string_view name = text.substr(kVariableMark.size());
  return is_variable_name(name) ? name : std::string_view();
}

Result<std::string> named_secret(const Setting& setting, std::string_view text,
                                 const Sourced& source, const Layers& layers) {
  if (!names_secret(text)) return std::string(text);
  if (source.found) {
    return refused_name(
        setting, source,
        "names a file or variable, which is not taken from a .env that nobody named",
        "Set it in the environment, or name the file with --env-file or DOCKERHUB_ENV_FILE.");
  }
  const std::string_view variable = named_variable(text);
  if (!variable.empty()) return from_variable(setting, variable, source, layers);
  return from_file(setting, std::filesystem::path(text.substr(1)), source);
}

}  // namespace dockerhub
