// Puts the layers of a configuration together, weakest first: system file, user file, env file,
// environment, options. Checks each value that counts and makes Secrets of the secret ones. One thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "config/layers.hpp"

namespace dockerhub {

class Merge {
 public:
  // layers: where what secret settings name is looked up; they outlive the object.
  Merge(ConfigurationSources::Program program, const Layers& layers);

  // Each takes what its layer says, which has to be there until finish(); the error names the source of a
  // bad value.
  Result<void> system_file(const UserFile& entries, const std::filesystem::path& path);
  Result<void> user_file(const UserFile& entries, const std::filesystem::path& path);
  Result<void> variables(const Variables& variables);
  Result<void> options(const std::map<std::string, std::string>& options);

  // The result, with the secrets that the settings in force name. Errors also where one of them cannot be
  // had, or where a variable asks for a protection that is not there (restrictions.hpp) or is replaced
  // (replaced_variables.hpp). The object is empty afterwards.
  Result<std::unique_ptr<Configuration::Impl>> finish();

 private:
  Result<void> file(const UserFile& file, const std::string& origin, Layer layer);
  // `source`: its layer and origin; its value is not looked at.
  Result<void> set(const Setting& setting, std::string_view text, const Sourced& source);
  Result<void> keep_secret(const Setting& setting, std::string_view text, const Sourced& source);
  Result<void> resolve_named_secrets();
  // What makes up a proxy's value: its URL, and apart from it who asks.
  void keep_proxy(const Setting& setting, std::string text, const Sourced& source);
  Result<void> row_variables(const Setting& setting, const Variables& variables);
  void warn_about_mixed_names();
  void warn_about_unverified_servers();
  // Refuses them where they can be meant for this program alone, and warns of them elsewhere.
  Result<void> judge_replaced_variables();

  // A secret that is named where it is set; its text is the layer's.
  struct Named {
    const Setting* setting = nullptr;
    std::string_view text;
    Sourced source;
  };

  const Layers& layers_;
  std::unique_ptr<Configuration::Impl> impl_;
  std::map<std::string_view, std::size_t> naming_;  // by key: which of its variables counts
  std::map<std::string_view, Named> named_;         // by key: what is in force so far
};

}  // namespace dockerhub
