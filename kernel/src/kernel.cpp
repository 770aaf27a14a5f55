#include <algorithm>

#include "base/json.hpp"
#include "base/private_file.hpp"
#include "call/pipeline.hpp"
#include "call/steps.hpp"
#include "dockerhub/hides_module.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/uri_template.hpp"
#include "doctor/doctor.hpp"
#include "host/host.hpp"
#include "http/document.hpp"
#include "http/web_exchange.hpp"
#include "kept/kept_records.hpp"
#include "listeners.hpp"
#include "modules/places.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {

struct DOCKERHUB_HIDDEN Kernel::Impl {
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

std::string variable(const Configuration& configuration, const char* name) {
  const auto& variables = configuration.impl().variables;
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second.value;
}

std::vector<Place> places_of(const Configuration& configuration) {
  return module_places(configuration.list("plugins.path"), variable(configuration, "XDG_DATA_HOME"),
                       variable(configuration, "HOME"));
}

std::filesystem::path trust_file_of(const Configuration& configuration) {
  return configuration.impl().user_directory / "trusted-modules.json";
}

// Empty without a home.
std::filesystem::path cache_folder(const Configuration& configuration) {
  return xdg_folder(variable(configuration, "XDG_CACHE_HOME"), variable(configuration, "HOME"),
                    ".cache");
}

// Empty without a home.
std::filesystem::path state_folder(const Configuration& configuration) {
  return xdg_folder(variable(configuration, "XDG_STATE_HOME"), variable(configuration, "HOME"),
                    ".local/state");
}

std::filesystem::path folder_of_trail(const Configuration& configuration) {
  std::filesystem::path given = configuration.text("trail.directory");
  if (!given.empty()) return given;
  const auto state = state_folder(configuration);
  return state.empty() ? state : state / "trail";
}

std::filesystem::path key_of_kept(const std::filesystem::path& state) {
  return state / "kept-key.json";
}

KeptRecords::Places places_of_kept(const Configuration& configuration) {
  const auto cache = cache_folder(configuration);
  const auto state = state_folder(configuration);
  if (cache.empty() || state.empty()) return {};
  return {cache / "kept", key_of_kept(state)};
}

KnownManifests::Places places_of_outlines(const Configuration& configuration) {
  const auto cache = cache_folder(configuration);
  const auto state = state_folder(configuration);
  if (cache.empty() || state.empty()) return {};
  return {cache / "manifest-outlines", key_of_kept(state)};
}

ModuleTable::Options table_options(Services& services) {
  const Configuration& configuration = services.configuration;
  ModuleTable::Options options;
  options.places = places_of(configuration);
  options.trust_file = trust_file_of(configuration);
  options.known_manifests = places_of_outlines(configuration);
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
  for (const std::string& warning :
       services.configuration.impl().absent_sections(services.modules->names())) {
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

// What one caller is told of.
struct Told {
  const Catalogue& catalogue;
  const std::function<bool(const Tool&, const Action&)> hidden;

  // Of a tool, a resource or a prompt: whether all of its module is hidden.
  template <typename Row>
  bool hides(const Row& row) const {
    return hides_module(catalogue, row.module, hidden);
  }
};

template <typename Rows, typename Key>
std::vector<std::string> keys_of(const Told& told, const Rows& rows, Key key) {
  std::vector<std::string> keys;
  for (const auto& row : rows) {
    if (!told.hides(row)) keys.push_back(row.*key);
  }
  return keys;
}

const ResourceInfo* find_resource(const Told& told, std::string_view uri) {
  for (const ResourceInfo& resource : told.catalogue.resources) {
    if (resource.uri == uri && !told.hides(resource)) return &resource;
  }
  for (const ResourceInfo& resource : told.catalogue.resource_templates) {
    if (fits_template(uri, resource.uri) && !told.hides(resource)) return &resource;
  }
  return nullptr;
}

const PromptInfo* find_prompt(const Told& told, std::string_view name) {
  const auto& prompts = told.catalogue.prompts;
  const auto found = std::find_if(prompts.begin(), prompts.end(), [&](const PromptInfo& prompt) {
    return prompt.name == name && !told.hides(prompt);
  });
  return found == prompts.end() ? nullptr : &*found;
}

// The module that completes this, empty when nobody has a thing of that name.
std::string completing_module(const Told& told, std::string_view of, std::string_view name) {
  if (of == "prompt") {
    const PromptInfo* prompt = find_prompt(told, name);
    return prompt == nullptr ? std::string() : prompt->module;
  }
  if (of == "resource") {
    for (const ResourceInfo& resource : told.catalogue.resource_templates) {
      if (resource.uri == name && !told.hides(resource)) return resource.module;
    }
    return {};
  }
  const Tool* tool = told.catalogue.find_tool(name.substr(0, name.find('.')));
  return tool == nullptr || told.hides(*tool) ? std::string() : tool->module;
}

CallResult no_resource(const Services& services, const Told& told, std::string_view uri) {
  const auto& resources = told.catalogue.resources;
  return make_failure(services,
                      unknown("resource", uri, keys_of(told, resources, &ResourceInfo::uri)), "");
}

Error wrong_argument(const PromptInfo& prompt, std::string name, std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = std::move(name);
  error.message = "prompt '" + prompt.name + "': " + std::move(message);
  error.hint = "Its arguments:";
  for (const PromptArgument& argument : prompt.arguments) {
    error.hint += " " + argument.name + (argument.required ? "*" : "");
  }
  return error;
}

// Arguments are texts, the required ones are there, and there are no others.
Result<void> check_arguments(const PromptInfo& prompt, std::string_view params) {
  const auto given = json::parse(params);
  if (!given || !given->IsObject())
    return Failure(wrong_argument(prompt, "arguments", "the arguments have to be a JSON object"));
  for (const auto& member : given->GetObject()) {
    const std::string name(json::view(member.name));
    const bool known =
        std::any_of(prompt.arguments.begin(), prompt.arguments.end(),
                    [&](const PromptArgument& argument) { return argument.name == name; });
    if (!known)
      return Failure(wrong_argument(prompt, name, "there is no argument '" + visible(name) + "'"));
    if (!member.value.IsString())
      return Failure(wrong_argument(prompt, name, "'" + name + "' has to be a text"));
  }
  for (const PromptArgument& argument : prompt.arguments) {
    if (argument.required && json::find(*given, argument.name) == nullptr) {
      return Failure(wrong_argument(prompt, argument.name, "'" + argument.name + "' is required"));
    }
  }
  return {};
}

Caller without_questions(Caller caller) {
  caller.suspends = caller.elicitation = caller.elicitation_url = caller.sampling = caller.roots =
      false;
  caller.approve = nullptr;
  caller.answer = nullptr;
  return caller;
}

}  // namespace

Kernel::Kernel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Kernel::~Kernel() {
  impl_->services->modules->shutdown();
}

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
  impl->services = std::make_unique<Services>(configuration, std::move(hooks), std::move(redactor),
                                              std::move(log), *seal);
  Services& services = *impl->services;
  Listeners& listeners = impl->listeners;
  services.changed = [&listeners](const Change& change) { listeners.tell(change); };
  if (const auto& problem = services.log->problem()) return Failure(*problem);
  for (const std::string& warning : configuration.warnings())
    services.log->write(LogLevel::warning, warning);
  if (configuration.flag("trail.enabled"))
    services.trail = make_trail(configuration.impl(), folder_of_trail(configuration));
  services.kept = std::make_unique<KeptRecords>(
      places_of_kept(configuration),
      [&services](std::string_view text) { services.log->write(LogLevel::warning, text); });
  services.pipeline = std::make_unique<Pipeline>(services);
  services.modules = std::make_unique<ModuleTable>(table_options(services));
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

CallResult Kernel::send(const RawRequest& raw, const CallRequest& request, const Caller& caller) {
  return impl_->services->pipeline->run_raw(raw, request, caller);
}

CallResult Kernel::read_resource(std::string_view uri, const CallRequest& request,
                                 const Caller& caller) {
  const Services& services = *impl_->services;
  const auto snapshot = services.modules->snapshot();
  const Told told{snapshot->catalogue, caller.hides};
  const ResourceInfo* resource = find_resource(told, uri);
  if (resource == nullptr) return no_resource(services, told, uri);
  CallRequest reading = request;
  reading.params = "{}";
  const auto read = [uri](const Instance& module, dh_call* call) -> dh_status {
    if (module.resources() == nullptr) return DH_E_UNSUPPORTED;
    const dh_status status = module.resources()->read(module.module(), call, borrowed(uri));
    if (status != DH_OK || !call->running.answers().contents.empty()) return status;
    return call->running.invalid("a resource without content");
  };
  return services.pipeline->run_other({CallView::Kind::resource, resource->module, uri, read},
                                      reading, caller);
}

CallResult Kernel::get_prompt(std::string_view name, const CallRequest& request,
                              const Caller& caller) {
  const Services& services = *impl_->services;
  const auto snapshot = services.modules->snapshot();
  const Told told{snapshot->catalogue, caller.hides};
  const PromptInfo* prompt = find_prompt(told, name);
  if (prompt == nullptr) {
    const auto names = keys_of(told, told.catalogue.prompts, &PromptInfo::name);
    return make_failure(services, unknown("prompt", name, names), request.request_id);
  }
  if (auto good = check_arguments(*prompt, request.params); !good) {
    return make_failure(services, good.error(), request.request_id);
  }
  const auto get = [&](const Instance& module, dh_call* call) -> dh_status {
    if (module.prompts() == nullptr) return DH_E_UNSUPPORTED;
    return module.prompts()->get(module.module(), call, borrowed(name), borrowed(request.params));
  };
  return services.pipeline->run_other({CallView::Kind::prompt, prompt->module, name, get}, request,
                                      caller);
}

CallResult Kernel::complete(std::string_view request_json, const Caller& caller) {
  const Services& services = *impl_->services;
  const auto document = json::parse(request_json);
  if (!document) return make_failure(services, document.error(), "");
  const auto snapshot = services.modules->snapshot();
  const std::string_view name = json::text_of(*document, "name");
  const std::string module =
      completing_module({snapshot->catalogue, caller.hides}, json::text_of(*document, "of"), name);
  if (module.empty()) return make_failure(services, unknown("thing to complete", name, {}), "");
  CallRequest request;
  request.params = std::string(request_json);
  const auto complete = [request_json](const Instance& instance, dh_call* call) -> dh_status {
    // Nothing to offer is an answer: completion must never be in the way.
    if (instance.complete() == nullptr) return kCall1.answer(call, borrowed("{\"values\":[]}"));
    return instance.complete()->complete(instance.module(), call, borrowed(request_json));
  };
  return services.pipeline->run_other({CallView::Kind::completion, module, name, complete}, request,
                                      without_questions(caller));
}

Result<void> Kernel::watch_resource(std::string_view uri, bool on, const std::stop_token& stop) {
  constexpr std::chrono::seconds kTime{10};
  const Services& services = *impl_->services;
  const auto snapshot = services.modules->snapshot();
  const Told told{snapshot->catalogue, {}};
  const ResourceInfo* resource = find_resource(told, uri);
  if (resource == nullptr) return Failure(*no_resource(services, told, uri).error);
  const auto watch = [&](const Instance& module, dh_call* call) -> dh_status {
    // A module without watch() never tells of changes; there is nothing to be said to it.
    if (module.resources() == nullptr || module.resources()->watch == nullptr) return DH_OK;
    return module.resources()->watch(module.module(), call, borrowed(uri), on ? 1 : 0);
  };
  CallRequest request;
  request.options.timeout = kTime;
  Caller caller;
  caller.stop = stop;
  const CallResult result = services.pipeline->run_other(
      {CallView::Kind::resource, resource->module, uri, watch}, request, caller);
  if (result.error) return Failure(*result.error);
  return {};
}

CallResult Kernel::check_health(std::string_view module, const Caller& caller) {
  const auto check = [](const Instance& instance, dh_call* call) -> dh_status {
    if (instance.health() == nullptr)
      return kCall1.answer(call, borrowed(R"({"ok":true,"findings":[]})"));
    return instance.health()->check(instance.module(), call);
  };
  return impl_->services->pipeline->run_other({CallView::Kind::health, module, "health", check},
                                              CallRequest(), without_questions(caller));
}

std::vector<ModuleInfo> Kernel::modules() const {
  std::vector<ModuleInfo> modules = impl_->services->modules->list();
  // Reasons quote what modules and the loader said.
  for (ModuleInfo& module : modules) module.reason = redact(module.reason);
  return modules;
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

std::filesystem::path Kernel::trust_file() const {
  return trust_file_of(configuration());
}

Result<Kernel::Trusted> Kernel::trust(const std::filesystem::path& file) {
  return impl_->services->modules->trust(file);
}

std::vector<Finding> Kernel::diagnose(const DiagnosisOptions& options) const {
  const Services& services = *impl_->services;
  DiagnosisPlaces places;
  places.cache = cache_folder(services.configuration);
  places.trail = trail_folder();
  return dockerhub::diagnose(services, places, modules(), options);
}

Result<std::string> Kernel::fetch_public(std::string_view url, std::size_t most,
                                         std::chrono::milliseconds time,
                                         const std::stop_token& stop) const {
  auto body = http::fetch_document(impl_->services->surfaces->client(), url, {most, time}, stop);
  if (body) return body;
  return Failure(impl_->services->redactor->error(std::move(body.error())));
}

Result<WebAnswer> Kernel::exchange(const WebRequest& request) const {
  auto answer = http::web_exchange(impl_->services->surfaces->client(),
                                   *impl_->services->configuration.impl().book, request);
  if (answer) return answer;
  return Failure(impl_->services->redactor->error(std::move(answer.error())));
}

void Kernel::record(const ConsentDecision& decision) {
  audit(*impl_->services, decision);
}

Result<TrailReport> Kernel::verify_trail(const std::optional<std::filesystem::path>& folder,
                                         const std::stop_token& stop) const {
  auto report = make_trail(configuration().impl(), folder.value_or(trail_folder()))->verify(stop);
  if (report) return report;
  return Failure(impl_->services->redactor->error(std::move(report.error())));
}

std::filesystem::path Kernel::trail_folder() const {
  return folder_of_trail(configuration());
}

std::shared_ptr<void> Kernel::on_change(std::function<void(const Change&)> listener) {
  return impl_->listeners.add(std::move(listener));
}

std::string Kernel::redact(std::string_view text) const {
  return impl_->services->redactor->text(text);
}

}  // namespace dockerhub
