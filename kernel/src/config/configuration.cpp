#include <charconv>

#include "config/configuration_impl.hpp"
#include "config/layers.hpp"
#include "config/merge.hpp"
#include "config/values.hpp"

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

Result<std::unique_ptr<Configuration::Impl>> read(const ConfigurationSources& sources) {
  Result<Layers> layers = read_layers(sources);
  if (!layers) return Failure(std::move(layers.error()));
  Merge merge(sources.program);
  Result<void> done = merge.user_file(layers->user_file, layers->user_file_path);
  if (done) done = merge.variables(layers->env_file);
  if (done) done = merge.variables(layers->environment);
  if (done) done = merge.options(sources.flags);
  if (!done) return Failure(std::move(done.error()));
  Result<std::unique_ptr<Configuration::Impl>> finished = merge.finish();
  if (!finished) return finished;
  Configuration::Impl* const impl = finished->get();
  impl->warnings.insert(impl->warnings.begin(), layers->warnings.begin(), layers->warnings.end());
  impl->process_environment = sources.process_environment;
  impl->user_file = layers->user_file_path;
  impl->user_directory = layers->user_folder;
  return finished;
}

}  // namespace

Result<Configuration> Configuration::load(const ConfigurationSources& sources) {
  Result<std::unique_ptr<Impl>> impl = read(sources);
  // Also after a failure: whoever shows the error and goes on has no use for them.
  if (sources.process_environment) wipe_environment(secret_variables());
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

Layer Configuration::Impl::layer_of(std::string_view key) const {
  const auto found = values.find(key);
  return found == values.end() ? Layer::built_in : found->second.layer;
}

}  // namespace dockerhub
