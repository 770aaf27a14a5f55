#include <charconv>

#include "config/configuration_impl.hpp"
#include "config/layers.hpp"
#include "config/merge.hpp"
#include "config/user_file_edit.hpp"
#include "config/values.hpp"
#include "redaction/redactor.hpp"

namespace dockerhub {
namespace {

std::vector<std::string> secret_variables() {
  std::vector<std::string> names;
  for (const Setting& row : settings()) {
    for (const std::string_view variable : row.variables) {
      if (row.type == SettingType::secret && !variable.empty()) names.emplace_back(variable);
    }
  }
  return names;
}

Result<std::unique_ptr<Configuration::Impl>> merged(const Layers& layers, const UserFile& user_file,
                                                    const ConfigurationSources& sources) {
  Merge merge(sources.program, layers);
  Result<void> done = merge.system_file(layers.system_file, layers.system_file_path);
  if (done) done = merge.user_file(user_file, layers.user_file_path);
  if (done) done = merge.variables(layers.env_file);
  if (done) done = merge.variables(layers.environment);
  if (done) done = merge.options(sources.flags);
  if (!done) return Failure(std::move(done.error()));
  return merge.finish();
}

// Whether the sources can be used with that user file in place of the present one. Where they cannot be used
// now, they can hardly become worse.
Result<void> check_with(const ConfigurationSources& sources, const UserFile& user_file) {
  const Result<Layers> layers = read_layers(sources);
  if (!layers || !merged(*layers, layers->user_file, sources)) return {};
  auto changed = merged(*layers, user_file, sources);
  if (!changed) return Failure(std::move(changed.error()));
  return {};
}

// names: of variables that hold secrets; those that the sources name are added.
Result<std::unique_ptr<Configuration::Impl>> read(const ConfigurationSources& sources,
                                                  std::vector<std::string>& names) {
  Result<Layers> layers = read_layers(sources);
  if (!layers) return Failure(std::move(layers.error()));
  names.insert(names.end(), layers->named.begin(), layers->named.end());
  auto finished = merged(*layers, layers->user_file, sources);
  if (!finished) return finished;
  Configuration::Impl* const impl = finished->get();
  impl->warnings.insert(impl->warnings.begin(), layers->warnings.begin(), layers->warnings.end());
  impl->process_environment = sources.process_environment;
  impl->user_file = layers->user_file_path;
  impl->files = layers->files;
  impl->user_directory = layers->user_folder;
  return finished;
}

}  // namespace

Result<Configuration> Configuration::load(const ConfigurationSources& sources) {
  std::vector<std::string> secrets = secret_variables();
  Result<std::unique_ptr<Impl>> impl = read(sources, secrets);
  // Also after a failure: whoever shows the error and goes on has no use for them.
  if (sources.process_environment) wipe_environment(secrets);
  if (!impl) return Failure(std::move(impl.error()));
  return Configuration(std::shared_ptr<const Impl>(std::move(*impl)));
}

Configuration::Configuration(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Configuration::Configuration(const Configuration&) = default;
Configuration::Configuration(Configuration&&) noexcept = default;
Configuration& Configuration::operator=(const Configuration&) = default;
Configuration& Configuration::operator=(Configuration&&) noexcept = default;
Configuration::~Configuration() = default;

std::string Configuration::text(std::string_view key) const {
  const auto found = impl_->values.find(key);
  if (found != impl_->values.end()) return found->second.value;
  const Setting* row = find_setting(key);
  if (row == nullptr || row->fallback.empty()) return {};
  // In the same form as what somebody set.
  return checked_value(*row, row->fallback, "default").value_or(std::string(row->fallback));
}

bool Configuration::flag(std::string_view key) const {
  return parse_boolean(text(key)).value_or(false);
}

std::int64_t Configuration::number(std::string_view key) const {
  const std::string value = text(key);
  std::int64_t number = 0;
  const auto [rest, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
  return problem == std::errc() && rest == value.data() + value.size() ? number : 0;
}

std::vector<std::string> Configuration::list(std::string_view key) const {
  const Setting* row = find_setting(key);
  const char separator = row == nullptr ? '\0' : list_separator(row->type);
  return separator == '\0' ? std::vector<std::string>() : split_list(text(key), separator);
}

bool Configuration::has(std::string_view key) const {
  return impl_->values.count(key) != 0;
}

std::string Configuration::origin(std::string_view key) const {
  const auto found = impl_->values.find(key);
  return found == impl_->values.end() ? "default" : found->second.origin;
}

const std::vector<std::string>& Configuration::warnings() const {
  return impl_->warnings;
}

std::vector<SettingValue> Configuration::settings() const {
  // Also where somebody wrote a secret in the wrong place.
  const Redactor redactor(impl_->book);
  std::vector<SettingValue> values;
  for (const Setting& row : dockerhub::settings()) {
    SettingValue value;
    value.key = row.key;
    value.type = setting_type_name(row.type);
    value.description = row.description;
    value.value = redactor.text(written_value(row, text(row.key)));
    value.origin = origin(row.key);
    value.fallback = row.fallback;
    for (const std::string_view variable : row.variables) {
      if (!variable.empty()) value.variables.emplace_back(variable);
    }
    value.choices = choices_of(row);
    value.option = row.option;
    value.secret = row.type == SettingType::secret;
    value.set = has(row.key);
    values.push_back(std::move(value));
  }
  return values;
}

std::vector<ConfigurationFile> Configuration::files() const {
  return impl_->files;
}

Result<std::filesystem::path> Configuration::write_user_setting(
    const ConfigurationSources& sources, std::string_view key,
    const std::optional<std::string>& text) {
  Layers layers;
  locate_user_file(sources, layers);
  if (layers.user_file_path.empty()) {
    return refused("there is no place for a user file: neither XDG_CONFIG_HOME nor HOME is set",
                   "Set HOME.");
  }
  const auto accept = [&sources](const UserFile& file) { return check_with(sources, file); };
  if (auto written = write_setting(layers.user_file_path, key, text, accept); !written)
    return Failure(std::move(written.error()));
  return layers.user_file_path;
}

Layer Configuration::Impl::layer_of(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? Layer::built_in : found->second.layer;
}

}  // namespace dockerhub
