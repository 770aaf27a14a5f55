// The files that may hold logins, found by the rows of the table of sources, and read with the care that files
// with passwords need. Any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.hpp"
#include "config/configuration_impl.hpp"
#include "credentials/login_file.hpp"

namespace dockerhub {

class LoginPlaces {
 public:
  using Warn = std::function<void(std::string_view)>;

  // Looks at no file. `warn` is told once of each file that is not as it should be.
  LoginPlaces(const Configuration& configuration, Warn warn);

  // Docker's and podman's files that a setting names were chosen by somebody.
  enum class Which { all, chosen };
  bool has_chosen() const;

  // What the files say for that target, in their order, those that a setting names first; those that are not there,
  // that others may change or that are broken are left out.
  std::vector<FoundLogin> find(const LoginTarget& target, Which which = Which::all) const;

  // Each file that is there, or should be: what it holds, or why nothing is taken from it.
  struct Overview {
    std::filesystem::path path;
    Result<LoginOverview> logins;
    bool readable_by_others = false;
  };
  std::vector<Overview> overview() const;

  // Changes when one of the files does.
  std::string stamp() const;

 private:
  struct File {
    std::filesystem::path path;
    LoginFileKind form = LoginFileKind::config_json;
    bool named = false;   // by a setting: it should be there
    bool chosen = false;  // by a setting, and not our own
  };

  std::vector<File> files() const;
  Result<FoundLogin> read(const File& file, const LoginTarget& target) const;
  static Result<FileText> open(const File& file);
  static Result<void> check(const File& file, const FileText& text);
  static Overview overview_of(const File& file);
  void warn_once(const std::string& text) const;

  Configuration configuration_;
  Warn warn_;
  std::vector<File> files_;
  mutable std::mutex mutex_;
  mutable std::set<std::string> warned_;
};

}  // namespace dockerhub
