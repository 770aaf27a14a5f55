#include "remote_module.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "host_functions.hpp"

namespace dockerhub::plugin_host {
namespace {

// abi.h has no callback: whether a call should end is asked again and again.
constexpr std::chrono::milliseconds kLookAgain{20};
constexpr std::chrono::seconds kGrace{2};

}  // namespace

// One call of the module's process: its id, and whose turn it is.
class RemoteModule::Turn {
 public:
  explicit Turn(RemoteModule& module) : module_(module) {
    const std::lock_guard lock(module_.mutex_);
    id_ = module_.next_id_++;
    module_.exchanges_.emplace(id_, &exchange_);
  }
  ~Turn() {
    const std::lock_guard lock(module_.mutex_);
    module_.exchanges_.erase(id_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool send(Kind kind, std::uint32_t function, std::string fields = {}) {
    return module_.link_.send({kind, function, id_, std::move(fields)});
  }

  // The other side's next message; nullopt when there will be none. A request to stop is passed on once.
  std::optional<Message> next(dh_call* call) {
    std::unique_lock lock(module_.mutex_);
    while (!exchange_.arrived && !module_.ended_) {
      if (call == nullptr || told_) {
        exchange_.changed.wait(lock);
        continue;
      }
      exchange_.changed.wait_for(lock, kLookAgain);
      if (exchange_.arrived || module_.call_functions_->cancelled(call) == 0) continue;
      told_ = true;
      lock.unlock();
      send(Kind::cancel, 0);
      lock.lock();
    }
    return std::exchange(exchange_.arrived, std::nullopt);
  }

 private:
  RemoteModule& module_;
  std::uint64_t id_ = 0;
  Exchange exchange_;
  bool told_ = false;
};

tl::expected<std::unique_ptr<RemoteModule>, std::string> RemoteModule::start(
    const dh_host* host, const Options& options) {
  auto process = ModuleProcess::start(options.program, options.module, options.environment);
  if (!process) return tl::unexpected(process.error());
  std::unique_ptr<RemoteModule> module(new RemoteModule(host, std::move(*process)));
  if (auto created = module->create_instance(); !created) return tl::unexpected(created.error());
  return module;
}

RemoteModule::RemoteModule(const dh_host* host, ModuleProcess process)
    : host_(host),
      call_functions_(static_cast<const dh_call_1*>(
          host->extension(host, text_of(std::string_view(DH_CALL_1))))),
      process_(std::move(process)),
      link_(process_.socket()),
      listener_([this] { listen(); }) {}

RemoteModule::~RemoteModule() {
  const auto stop = static_cast<std::uint32_t>(ModuleFunction::stop);
  if (Turn(*this).send(Kind::request, stop)) {
    std::unique_lock lock(mutex_);
    ended_changed_.wait_for(lock, kGrace, [&] { return ended_.has_value(); });
  }
  process_.hang_up();
  listener_.join();
}

tl::expected<void, std::string> RemoteModule::create_instance() {
  FieldWriter fields;
  fields.number(host_->abi_major);
  fields.number(host_->abi_minor);
  for (const std::string_view id : extensions_of(host_)) fields.bytes(id);
  Turn turn(*this);
  std::optional<Message> reply;
  if (turn.send(Kind::request, static_cast<std::uint32_t>(ModuleFunction::start), fields.take()))
    reply = turn.next(nullptr);
  if (!reply || reply->kind != Kind::reply) {
    process_.hang_up();
    return tl::unexpected("its process " + how_it_ended() + " before the module was loaded");
  }
  FieldReader in(reply->fields);
  const auto status = static_cast<dh_status>(in.number());
  const std::string problem(in.bytes());
  while (in.good() && !in.at_end()) extensions_.emplace_back(in.bytes());
  if (status != DH_OK || !in.good()) return tl::unexpected(problem);
  return {};
}

void RemoteModule::listen() {
  while (auto message = link_.receive()) {
    if (!accept(std::move(*message))) break;
  }
  std::string how = process_.ended();
  const std::lock_guard lock(mutex_);
  ended_ = std::move(how);
  ended_changed_.notify_all();
  for (const auto& [id, exchange] : exchanges_) exchange->changed.notify_all();
}

std::string RemoteModule::how_it_ended() {
  std::unique_lock lock(mutex_);
  ended_changed_.wait(lock, [&] { return ended_.has_value(); });
  return *ended_;
}

// False when the message breaks the protocol.
bool RemoteModule::accept(Message message) {
  if (message.kind == Kind::request && message.id == kHostId) return serve_host(message);
  const std::lock_guard lock(mutex_);
  const auto found = exchanges_.find(message.id);
  if (found == exchanges_.end() || found->second->arrived) return false;
  found->second->arrived = std::move(message);
  found->second->changed.notify_all();
  return true;
}

bool RemoteModule::serve_host(const Message& request) {
  FieldWriter fields;
  if (!serve(host_, nullptr, request, fields)) return false;
  return link_.send({Kind::reply, request.function, kHostId, fields.take()});
}

bool RemoteModule::offers(std::string_view extension) const {
  return std::find(extensions_.begin(), extensions_.end(), extension) != extensions_.end();
}

FieldWriter RemoteModule::call_fields(dh_call* call) const {
  FieldWriter fields;
  fields.number(call_functions_->dry_run(call));
  fields.number(call_functions_->remaining_ms(call));
  return fields;
}

dh_status RemoteModule::run(ModuleFunction function, dh_call* call, FieldWriter arguments) {
  Turn turn(*this);
  if (!turn.send(Kind::request, static_cast<std::uint32_t>(function), arguments.take())) {
    process_.hang_up();
    return broken(call, how_it_ended());
  }
  while (auto message = turn.next(call)) {
    if (message->kind == Kind::reply) return finish(call, *message);
    FieldWriter fields;
    if (message->kind != Kind::request || !serve(host_, call, *message, fields)) {
      process_.hang_up();
      return broken(call, "broke the protocol");
    }
    std::string reply = fields.take();
    // Nothing that the kernel gives out is that long; the module would wait for ever.
    if (!turn.send(Kind::reply, message->function, std::move(reply))) process_.hang_up();
  }
  return broken(call, how_it_ended() + " while the call ran");
}

dh_status RemoteModule::finish(dh_call* call, const Message& reply) const {
  FieldReader in(reply.fields);
  const auto status = static_cast<dh_status>(in.number());
  const std::string thrown(in.bytes());
  if (!in.good()) return broken(call, "broke the protocol");
  return thrown.empty() ? status : fail(call, "the module threw an exception: " + thrown);
}

dh_status RemoteModule::broken(dh_call* call, const std::string& what) const {
  return fail(call, "the process of the module " + what);
}

dh_status RemoteModule::fail(dh_call* call, const std::string& message) const {
  dh_error error = {};
  error.size = sizeof error;
  error.type = text_of(std::string_view("ModuleError"));
  error.message = text_of(message);
  error.hint = text_of(std::string_view(
      "Reload the module and call again; if that fails too, report it to its publisher."));
  return call_functions_->fail(call, &error);
}

dh_status RemoteModule::invoke(dh_call* call, dh_str tool, dh_str action) {
  FieldWriter fields = call_fields(call);
  fields.bytes(view(tool));
  fields.bytes(view(action));
  return run(ModuleFunction::invoke, call, std::move(fields));
}

dh_status RemoteModule::read(dh_call* call, dh_str uri) {
  FieldWriter fields = call_fields(call);
  fields.bytes(view(uri));
  return run(ModuleFunction::read, call, std::move(fields));
}

dh_status RemoteModule::watch(dh_call* call, dh_str uri, int32_t on) {
  FieldWriter fields = call_fields(call);
  fields.bytes(view(uri));
  fields.number(on);
  return run(ModuleFunction::watch, call, std::move(fields));
}

dh_status RemoteModule::get(dh_call* call, dh_str name, dh_str arguments) {
  FieldWriter fields = call_fields(call);
  fields.bytes(view(name));
  fields.bytes(view(arguments));
  return run(ModuleFunction::get, call, std::move(fields));
}

dh_status RemoteModule::complete(dh_call* call, dh_str request) {
  FieldWriter fields = call_fields(call);
  fields.bytes(view(request));
  return run(ModuleFunction::complete, call, std::move(fields));
}

dh_status RemoteModule::check(dh_call* call) {
  return run(ModuleFunction::check, call, call_fields(call));
}

}  // namespace dockerhub::plugin_host
