#include "credentials/login_places.hpp"

#include <sys/stat.h>

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
      files.push_back({path, source.form, source.appended.empty()});
      continue;
    }
    for (const CredentialSource::Place& place : source.places) {
      const std::filesystem::path folder = named_folder(configuration_.impl(), place.variable);
      if (!folder.empty()) files.push_back({folder / place.below, source.form, false});
    }
  }
  return files;
}

std::vector<FoundLogin> LoginPlaces::find(const LoginTarget& target) const {
  std::vector<FoundLogin> found;
  for (const File& file : files_) {
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

Result<FileText> LoginPlaces::open(const File& file) {
  Result<FileText> text = read_file(file.path, kLoginFileLimit);
  if (!text || text->only_ours()) return text;
  wipe(text->text.data(), text->text.size());
  return refused(file.path.string() + ": another user owns it or may write it",
                 "Check its content, then make it yours alone: chown to you and chmod 600.");
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
