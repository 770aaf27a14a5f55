#include <algorithm>

#include "base/json.hpp"
#include "call/pipeline.hpp"
#include "call/steps.hpp"
#include "call/uri_template.hpp"
#include "dockerhub/kernel.hpp"
#include "host/host.hpp"
#include "listeners.hpp"
#include "modules/places.hpp"

namespace dockerhub {

struct Kernel::Impl {
  // Listeners outlive the services that call them, services outlive the modules in them.
  Listeners listeners;
  std::unique_ptr<Services> services;
};

namespace {

dh_str borrowed(std::string_view text) {
  return {text.data(), text.size()};
}

// Settings of an accepted module are checked before its code can run; its secrets leave the
// environment by the same occasion.
Result<void> accept_module(const Configuration& configuration, const Manifest& manifest) {
  std::vector<std::string> secret_variables;
  for (const ModuleSetting& setting : manifest.settings) {
    if (setting.secret) {
      // Making it tells redaction of it; nothing else needs it before it is attached to a request.
      (void)configuration.impl().module_secret(manifest.name, setting);
      if (!setting.variable.empty()) secret_variables.push_back(setting.variable);
      continue;
    }
    if (auto value = configuration.impl().module_setting(manifest.name, setting); !value) {
      return Failure(value.error());
    }
  }
  if (configuration.impl().process_environment) wipe_environment(secret_variables);
  return {};
}

std::vector<Place> places_of(const Configuration& configuration) {
  const auto variable = [&](const char* name) {
    const auto& variables = configuration.impl().variables;
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second.value;
  };
  return module_places(configuration.list("plugins.path"), variable("XDG_DATA_HOME"),
                       variable("HOME"));
}

ModuleTable::Options table_options(Services& services) {
  const Configuration& configuration = services.configuration;
  ModuleTable::Options options;
  options.places = places_of(configuration);
  options.trust_file = configuration.impl().user_directory / "trusted-modules.json";
  options.host_extensions = host_extension_ids();
  options.features = row_features();
  options.toggle = [configuration](const std::vector<std::string>& variables) {
    return configuration.impl().toggle(variables);
  };
  options.make_host = [&services](const Manifest& manifest) {
    return make_host(services, manifest);
  };
  options.changed = services.changed;
  options.log = [&services](LogLevel level, std::string_view text) {
    services.log->write(level, text);
  };
  options.accept = [configuration](const Manifest& manifest) {
    return accept_module(configuration, manifest);
  };
  return options;
}

// Warnings that only the found modules make possible.
void warn_of_absent_modules(const Services& services) {
  std::vector<std::string> names;
  for (const ModuleInfo& module : services.modules->list()) names.push_back(module.name);
  for (const std::string& warning : services.configuration.impl().absent_sections(names)) {
    services.log->write(LogLevel::warning, warning);
  }
}

Error unknown(const char* what, std::string_view name, const std::vector<std::string>& known) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.status_code = 404;
  error.message = std::string("there is no ") + what + " '" + visible(name) + "'";
  const std::string near = likely(name, known);
  error.hint = near.empty() ? "Ask for the list of what there is." : "Did you mean '" + near + "'?";
  return error;
}

template <typename Rows, typename Key>
std::vector<std::string> keys_of(const Rows& rows, Key key) {
  std::vector<std::string> keys;
  for (const auto& row : rows) keys.push_back(row.*key);
  return keys;
}

const ResourceInfo* find_resource(const Catalogue& catalogue, std::string_view uri) {
  for (const ResourceInfo& resource : catalogue.resources) {
    if (resource.uri == uri) return &resource;
  }
  for (const ResourceInfo& resource : catalogue.resource_templates) {
    if (fits_template(uri, resource.uri)) return &resource;
  }
  return nullptr;
}

const PromptInfo* find_prompt(const Catalogue& catalogue, std::string_view name) {
  const auto found = std::find_if(catalogue.prompts.begin(), catalogue.prompts.end(),
                                  [&](const PromptInfo& prompt) { return prompt.name == name; });
  return found == catalogue.prompts.end() ? nullptr : &*found;
}

// The module that completes this, empty when nobody has a thing of that name.
std::string completing_module(const Catalogue& catalogue, std::string_view of,
                              std::string_view name) {
  if (of == "prompt") {
    const PromptInfo* prompt = find_prompt(catalogue, name);
    return prompt == nullptr ? std::string() : prompt->module;
  }
  if (of == "resource") {
    for (const ResourceInfo& resource : catalogue.resource_templates) {
      if (resource.uri == name) return resource.module;
    }
    return {};
  }
  const Tool* tool = catalogue.find_tool(name.substr(0, name.find('.')));
  return tool == nullptr ? std::string() : tool->module;
}

}  // namespace

Kernel::Kernel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Kernel::~Kernel() = default;

Result<std::unique_ptr<Kernel>> Kernel::create(Configuration configuration, Hooks hooks) {
  Result<Seal> seal = [&] {
    const auto& secrets = configuration.impl().secrets;
    const auto key = secrets.find("state.key");
    return Seal::create(key == secrets.end() ? std::string_view() : key->second.reveal());
  }();
  if (!seal) return Failure(seal.error());
  auto impl = std::make_unique<Impl>();
  auto redactor = std::make_unique<Redactor>(configuration.impl().book);
  auto log = std::make_unique<Log>(configuration, *redactor, hooks.log);
  impl->services = std::unique_ptr<Services>(new Services{configuration,
                                                          std::move(hooks),
                                                          configuration.impl().book,
                                                          std::move(redactor),
                                                          std::move(log),
                                                          std::move(*seal),
                                                          std::make_unique<UsedStates>(),
                                                          nullptr,
                                                          nullptr,
                                                          {}});
  Services& services = *impl->services;
  Listeners& listeners = impl->listeners;
  services.changed = [&listeners](const Change& change) { listeners.tell(change); };
  for (const std::string& warning : configuration.warnings())
    services.log->write(LogLevel::warning, warning);
  services.modules = std::make_unique<ModuleTable>(table_options(services));
  services.pipeline = std::make_unique<Pipeline>(services);
  if (auto found = services.modules->rescan(); !found) return Failure(found.error());
  warn_of_absent_modules(services);
  return std::unique_ptr<Kernel>(new Kernel(std::move(impl)));
}

const Configuration& Kernel::configuration() const {
  return impl_->services->configuration;
}

std::shared_ptr<const Catalogue> Kernel::catalogue() const {
  auto snapshot = impl_->services->modules->snapshot();
  const Catalogue* catalogue = &snapshot->catalogue;
  return {std::move(snapshot), catalogue};
}

CallResult Kernel::call(const CallRequest& request, const Caller& caller) {
  return impl_->services->pipeline->run(request, caller);
}

CallResult Kernel::read_resource(std::string_view uri, const Caller& caller) {
  const Services& services = *impl_->services;
  const auto snapshot = services.modules->snapshot();
  const ResourceInfo* resource = find_resource(snapshot->catalogue, uri);
  if (resource == nullptr) {
    return make_failure(
        services,
        unknown("resource", uri, keys_of(snapshot->catalogue.resources, &ResourceInfo::uri)), "");
  }
  CallRequest request;
  request.tool = "resources";
  request.action = "read";
  request.params = "{\"uri\":" + json::quote(uri) + "}";
  return services.pipeline->run_function(
      request, caller, resource->module, [&](const Instance& module, dh_call* call) {
        if (module.resources() == nullptr) return static_cast<dh_status>(DH_E_UNSUPPORTED);
        return module.resources()->read(module.module(), call, borrowed(uri));
      });
}

CallResult Kernel::get_prompt(std::string_view name, const CallRequest& arguments,
                              const Caller& caller) {
  const Services& services = *impl_->services;
  const auto snapshot = services.modules->snapshot();
  const PromptInfo* prompt = find_prompt(snapshot->catalogue, name);
  if (prompt == nullptr) {
    return make_failure(
        services, unknown("prompt", name, keys_of(snapshot->catalogue.prompts, &PromptInfo::name)),
        "");
  }
  const auto given = json::parse(arguments.params);
  for (const PromptArgument& argument : prompt->arguments) {
    if (!argument.required || (given && json::find(*given, argument.name) != nullptr)) continue;
    Error error;
    error.kind = ErrorKind::parameter;
    error.parameter = argument.name;
    error.message = "prompt '" + prompt->name + "' needs the argument '" + argument.name + "'";
    error.hint = argument.description;
    return make_failure(services, std::move(error), arguments.request_id);
  }
  CallRequest request = arguments;
  request.tool = "prompts";
  request.action = prompt->name;
  return services.pipeline->run_function(
      request, caller, prompt->module, [&](const Instance& module, dh_call* call) {
        if (module.prompts() == nullptr) return static_cast<dh_status>(DH_E_UNSUPPORTED);
        return module.prompts()->get(module.module(), call, borrowed(name),
                                     borrowed(request.params));
      });
}

CallResult Kernel::complete(std::string_view request_json, const Caller& caller) {
  const Services& services = *impl_->services;
  const auto document = json::parse(request_json);
  if (!document) return make_failure(services, document.error(), "");
  const auto snapshot = services.modules->snapshot();
  const std::string_view name = json::text_of(*document, "name");
  const std::string module =
      completing_module(snapshot->catalogue, json::text_of(*document, "of"), name);
  if (module.empty()) return make_failure(services, unknown("thing to complete", name, {}), "");
  CallRequest request;
  request.tool = "completion";
  request.action = "complete";
  request.params = std::string(request_json);
  return services.pipeline->run_function(
      request, caller, module, [&](const Instance& instance, dh_call* call) {
        // Nothing to offer is an answer: completion must never be in the way.
        if (instance.complete() == nullptr) return kCall1.answer(call, borrowed("{\"values\":[]}"));
        return instance.complete()->complete(instance.module(), call, borrowed(request_json));
      });
}

Result<void> Kernel::watch_resource(std::string_view uri, bool on) {
  const Services& services = *impl_->services;
  const auto snapshot = services.modules->snapshot();
  const ResourceInfo* resource = find_resource(snapshot->catalogue, uri);
  if (resource == nullptr) {
    return Failure(
        unknown("resource", uri, keys_of(snapshot->catalogue.resources, &ResourceInfo::uri)));
  }
  const auto instance = services.modules->acquire(resource->module);
  if (!instance) return Failure(instance.error());
  const dh_resources_1* resources = (*instance)->resources();
  // A module without watch() never tells of changes; there is nothing to be said to it.
  if (resources == nullptr || resources->watch == nullptr) return {};
  try {
    if (resources->watch((*instance)->module(), borrowed(uri), on ? 1 : 0) == DH_OK) return {};
  } catch (...) {
    services.log->write(LogLevel::error,
                        "module '" + resource->module + "' threw an exception from watch()");
  }
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "module '" + resource->module + "' does not watch " + visible(uri);
  error.hint = "Read the resource again instead of listening.";
  return Failure(std::move(error));
}

CallResult Kernel::check_health(std::string_view module, const Caller& caller) {
  const Services& services = *impl_->services;
  CallRequest request;
  request.tool = module;
  request.action = "health";
  return services.pipeline->run_function(
      request, caller, module, [](const Instance& instance, dh_call* call) {
        if (instance.health() == nullptr)
          return kCall1.answer(call, borrowed(R"({"ok":true,"findings":[]})"));
        return instance.health()->check(instance.module(), call);
      });
}

std::vector<ModuleInfo> Kernel::modules() const {
  return impl_->services->modules->list();
}

Result<ModuleInfo> Kernel::check_file(const std::filesystem::path& file) const {
  return impl_->services->modules->check_file(file);
}

Result<void> Kernel::load(std::string_view module) {
  return impl_->services->modules->load(module);
}

Result<UnloadOutcome> Kernel::unload(std::string_view module, std::chrono::milliseconds grace) {
  return impl_->services->modules->unload(module, grace);
}

Result<void> Kernel::reload(std::string_view module) {
  return impl_->services->modules->reload(module);
}

void Kernel::rescan() {
  if (auto done = impl_->services->modules->rescan(); !done) {
    impl_->services->log->write(LogLevel::error, done.error().message);
  }
}

std::vector<std::pair<std::filesystem::path, std::string>> Kernel::module_places() const {
  std::vector<std::pair<std::filesystem::path, std::string>> places;
  for (const Place& place : places_of(configuration())) {
    places.emplace_back(place.directory, place.kind);
  }
  return places;
}

Result<Kernel::Trusted> Kernel::trust(const std::filesystem::path& file) {
  return impl_->services->modules->trust(file);
}

std::shared_ptr<void> Kernel::on_change(std::function<void(const Change&)> listener) {
  return impl_->listeners.add(std::move(listener));
}

std::string Kernel::redact(std::string_view text) const {
  return impl_->services->redactor->text(text);
}

}  // namespace dockerhub
