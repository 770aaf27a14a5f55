#include "config/merge.hpp"

#include "base/base64.hpp"
#include "config/host_values.hpp"
#include "config/hosts.hpp"
#include "config/named_secrets.hpp"
#include "config/replaced_variables.hpp"
#include "config/restrictions.hpp"
#include "config/values.hpp"

namespace dockerhub {

Merge::Merge(ConfigurationSources::Program program, const Layers& layers)
    : layers_(layers), impl_(std::make_unique<Configuration::Impl>()) {
  impl_->program = program;
  impl_->book = std::make_shared<SecretBook>();
}

Result<void> Merge::system_file(const UserFile& entries, const std::filesystem::path& path) {
  return file(entries, "system file " + path.string(), Layer::system_file);
}

Result<void> Merge::user_file(const UserFile& entries, const std::filesystem::path& path) {
  return file(entries, "user file " + path.string(), Layer::user_file);
}

Result<void> Merge::file(const UserFile& file, const std::string& origin, Layer layer) {
  const auto source = [&](std::size_t line, const std::string& value = {}) {
    return Sourced{value, origin + ":" + std::to_string(line), layer};
  };
  for (const UserFile::Entry& entry : file.entries) {
    if (auto done = set(*entry.setting, entry.text, source(entry.line)); !done) return done;
  }
  for (const UserFile::ModuleEntry& entry : file.modules) {
    impl_->modules[entry.module][entry.key] = source(entry.line, entry.json);
  }
  return {};
}

Result<void> Merge::variables(const Variables& variables) {
  for (const Setting& setting : settings()) {
    if (auto done = row_variables(setting, variables); !done) return done;
  }
  for (const auto& [name, sourced] : variables) {
    if (find_setting_by_variable(name) != nullptr || layers_.named.count(name) != 0) continue;
    // Toggles of modules are not in the table; anything else in a found file could redirect a
    // module.
    const bool kept = !sourced.found || parse_boolean(sourced.value) || is_restriction(name) ||
                      find_replaced_variable(name) != nullptr;
    if (kept) impl_->variables.insert_or_assign(name, sourced);
  }
  return {};
}

Result<void> Merge::options(const std::map<std::string, std::string>& options) {
  const bool typed = impl_->program != ConfigurationSources::Program::embedded;
  for (const auto& [key, text] : options) {
    const Setting* setting = find_setting(key);
    if (setting == nullptr) {
      const std::string meant = likely(key, setting_keys());
      return refused("option for an unknown setting " + shown(key),
                     meant.empty() ? "See docs/configuration.md for the keys."
                                   : "Did you mean " + meant + "?");
    }
    if (typed && setting->type == SettingType::secret && !names_secret(text)) {
      return refused(
          (setting->option.empty() ? key : std::string(setting->option)) +
              " cannot hold the secret itself: other users see the command line",
          "Set " + std::string(setting->variables[0]) +
              " in the environment or an env file, or name a file (@FILE) or variable (env:NAME).");
    }
    const std::string origin =
        setting->option.empty() ? "option " + key : "option " + std::string(setting->option);
    if (auto done = set(*setting, text, {{}, origin, Layer::option}); !done) return done;
    naming_.erase(setting->key);
  }
  return {};
}

Result<std::unique_ptr<Configuration::Impl>> Merge::finish() {
  for (const auto& [name, sourced] : impl_->variables) {
    if (auto error = restriction_error(name, sourced.value, sourced.origin, impl_->program)) {
      return Failure(std::move(*error));
    }
  }
  if (auto judged = judge_replaced_variables(); !judged) return Failure(std::move(judged.error()));
  if (auto resolved = resolve_named_secrets(); !resolved)
    return Failure(std::move(resolved.error()));
  if (auto checked = take_base_urls(*impl_); !checked) return Failure(std::move(checked.error()));
  warn_about_mixed_names();
  warn_about_unverified_servers();
  return std::move(impl_);
}

Result<void> Merge::set(const Setting& setting, std::string_view text, const Sourced& source) {
  if (setting.type == SettingType::secret) return keep_secret(setting, text, source);
  Result<std::string> value = checked_value(setting, text, source.origin);
  if (!value) return Failure(std::move(value.error()));
  if (setting.type == SettingType::proxy) {
    keep_proxy(setting, std::move(*value), source);
    return {};
  }
  impl_->values.insert_or_assign(std::string(setting.key),
                                 Sourced{std::move(*value), source.origin, source.layer});
  return {};
}

// What is named is looked up when all is known: what is overridden, or is for another program, may not be
// there at all.
Result<void> Merge::keep_secret(const Setting& setting, std::string_view text,
                                const Sourced& source) {
  const std::string key(setting.key);
  impl_->secrets.erase(key);
  named_.erase(setting.key);
  if (!names_secret(text)) {
    impl_->secrets.insert_or_assign(key, impl_->book->make(text));
  } else if (concerns(setting, impl_->program)) {
    if (source.found) return Failure(named_secret(setting, text, source, layers_).error());
    named_.insert_or_assign(setting.key, Named{&setting, text, {{}, source.origin, source.layer}});
  }
  impl_->values.insert_or_assign(key, Sourced{{}, source.origin, source.layer});
  return {};
}

Result<void> Merge::resolve_named_secrets() {
  for (const auto& [key, named] : named_) {
    Result<std::string> secret = named_secret(*named.setting, named.text, named.source, layers_);
    if (!secret) return Failure(std::move(secret.error()));
    impl_->secrets.insert_or_assign(std::string(key), impl_->book->make(*secret));
    wipe(secret->data(), secret->size());  // NOLINT(clang-analyzer-cplusplus.InnerPointer)
  }
  return {};
}

void Merge::keep_proxy(const Setting& setting, std::string text, const Sourced& source) {
  std::optional<ProxyValue> proxy = proxy_value(text);
  const std::string key(setting.key);
  impl_->secrets.erase(key);
  std::string& login = proxy->user_and_password;
  if (!login.empty()) {
    // Also the password alone: it may come back without its user.
    impl_->book->make(std::string_view(login).substr(login.find(':') + 1));
    std::string encoded = to_base64(login);
    impl_->secrets.insert_or_assign(key, impl_->book->make(encoded));
    wipe(encoded.data(), encoded.size());
    wipe(login.data(), login.size());
  }
  wipe(text.data(), text.size());
  impl_->values.insert_or_assign(key, Sourced{std::move(proxy->url), source.origin, source.layer});
}

Result<void> Merge::row_variables(const Setting& setting, const Variables& variables) {
  bool decided = false;
  for (std::size_t i = 0; i < setting.variables.size(); ++i) {
    const auto found = variables.find(setting.variables[i]);
    if (setting.variables[i].empty() || found == variables.end()) continue;
    if (decided) {
      // Not used, but still a secret of somebody.
      const bool secret = setting.type == SettingType::secret && !names_secret(found->second.value);
      if (secret) impl_->book->make(found->second.value);
      continue;
    }
    if (auto done = set(setting, found->second.value, found->second); !done) return done;
    naming_[setting.key] = i;
    decided = true;
  }
  return {};
}

void Merge::warn_about_mixed_names() {
  const auto user = naming_.find("account.user");
  const auto secret = naming_.find("account.secret");
  if (user == naming_.end() || secret == naming_.end() || user->second == secret->second) return;
  const auto name = [](std::string_view key, std::size_t index) {
    return std::string(find_setting(key)->variables[index]);
  };
  impl_->warnings.push_back(
      "the user comes from " + name(user->first, user->second) + " and its secret from " +
      name(secret->first, secret->second) +
      ": they may belong to different accounts. Set both by the same naming.");
}

void Merge::warn_about_unverified_servers() {
  const auto found = impl_->values.find("tls.verify");
  if (found == impl_->values.end() || found->second.value != "false") return;
  impl_->warnings.push_back(
      "TLS certificates are NOT verified (tls.verify, " + found->second.origin +
      "): whoever is on the way can read and change everything, passwords and tokens included. For "
      "a private authority name its file with SSL_CERT_FILE instead.");
}

Result<void> Merge::judge_replaced_variables() {
  if (impl_->program != ConfigurationSources::Program::server) return {};
  for (const ReplacedVariable& row : replaced_variables()) {
    const auto found = impl_->variables.find(row.variable);
    if (found == impl_->variables.end()) continue;
    const Sourced& source = found->second;
    const std::string name(row.variable), instead(row.instead);
    const std::string message = source.origin + ": " + name + " is not read any more";
    if (row.own || (source.layer == Layer::env_file && !source.found))
      return refused(message, instead + " Then unset " + name + ".");
    impl_->warnings.push_back(message + ". " + instead);
  }
  return {};
}

}  // namespace dockerhub
