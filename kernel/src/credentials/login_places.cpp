#include "credentials/login_places.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "base/private_file.hpp"
#include "config/environment.hpp"
#include "config/values.hpp"
#include "credentials/credential_sources.hpp"

namespace dockerhub {

LoginPlaces::LoginPlaces(const Configuration& configuration, Warn warn)
    : configuration_(configuration), warn_(std::move(warn)), files_(files()) {}

std::vector<LoginPlaces::File> LoginPlaces::files() const {
  std::vector<File> files;
  for (const CredentialSource& source : credential_sources()) {
    if (source.kind != CredentialSource::Kind::file) continue;
    if (configuration_.has(source.setting)) {
      std::filesystem::path path = configuration_.text(source.setting);
      if (!source.appended.empty()) path /= source.appended;
      // A folder that is named may be empty, as docker itself has it; a file that is named should be there.
      const bool is_own = source.form == LoginFileKind::own;
      files.push_back({path, source.form, source.appended.empty(), !is_own});
      continue;
    }
    for (const CredentialSource::Place& place : source.places) {
      const std::filesystem::path folder = named_folder(configuration_.impl(), place.variable);
      if (folder.empty()) continue;
      files.push_back({folder / place.below, source.form});
      // Ours is written in the first place alone.
      if (source.form == LoginFileKind::own) break;
    }
  }
  std::stable_partition(files.begin(), files.end(), [](const File& file) { return file.chosen; });
  return files;
}

bool LoginPlaces::has_chosen() const {
  return std::any_of(files_.begin(), files_.end(), [](const File& file) { return file.chosen; });
}

std::vector<FoundLogin> LoginPlaces::find(const LoginTarget& target, Which which) const {
  std::vector<FoundLogin> found;
  for (const File& file : files_) {
    if (which == Which::chosen && !file.chosen) continue;
    if (is_missing(file.path)) {
      if (file.named) warn_once(file.path.string() + " is named for log-ins, but is not there");
      continue;
    }
    auto read = this->read(file, target);
    if (read) {
      found.push_back(std::move(*read));
    } else {
      warn_once("no log-ins are taken from a file: " + read.error().message + ". " +
                read.error().hint);
    }
  }
  return found;
}

Result<void> LoginPlaces::check(const File& file, const FileText& text) {
  constexpr const char* kHint =
      "Check its content, then make it yours alone: chown to you and chmod 600.";
  if (!text.only_ours())
    return refused(file.path.string() + ": another user owns it or may write it", kHint);
  if (file.form != LoginFileKind::own) return {};
  if (text.readable_by_others())
    return refused(file.path.string() + ": other users may read it", kHint);
  return PrivateFile(file.path, kOwnLoginFormat).judge_version(own_login_version(text.text));
}

Result<FileText> LoginPlaces::open(const File& file) {
  Result<FileText> text = read_file(file.path, kLoginFileLimit);
  if (!text) return text;
  const auto checked = check(file, *text);
  if (checked) return text;
  wipe(text->text.data(), text->text.size());
  return Failure(checked.error());
}

Result<FoundLogin> LoginPlaces::read(const File& file, const LoginTarget& target) const {
  Result<FileText> text = open(file);
  if (!text) return Failure(std::move(text.error()));
  auto found =
      find_login(text->text, file.form, target, file.path.string(), *configuration_.impl().book);
  wipe(text->text.data(), text->text.size());
  const bool shows_secret = found && found->login && text->readable_by_others();
  if (shows_secret)
    warn_once(file.path.string() + " holds log-ins and other users may read it: chmod 600 it");
  return found;
}

LoginPlaces::Overview LoginPlaces::overview_of(const File& file) {
  Result<FileText> text = open(file);
  if (!text) return {file.path, Failure(std::move(text.error()))};
  Overview overview{file.path, overview_of_logins(text->text, file.path.string()),
                    text->readable_by_others()};
  wipe(text->text.data(), text->text.size());
  return overview;
}

std::vector<LoginPlaces::Overview> LoginPlaces::overview() const {
  std::vector<Overview> all;
  for (const File& file : files_) {
    if (file.named || !is_missing(file.path)) all.push_back(overview_of(file));
  }
  return all;
}

std::string LoginPlaces::stamp() const {
  std::string stamp;
  for (const File& file : files_) {
    struct stat status = {};
    const bool there = ::stat(file.path.c_str(), &status) == 0;
    stamp += there ? std::to_string(status.st_ino) + '.' + std::to_string(status.st_size) + '.' +
                         std::to_string(status.st_mtim.tv_sec) + '.' +
                         std::to_string(status.st_mtim.tv_nsec) + ' '
                   : "- ";
  }
  return stamp;
}

void LoginPlaces::warn_once(const std::string& text) const {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!warned_.insert(text).second) return;
  }
  warn_(text);
}

}  // namespace dockerhub
