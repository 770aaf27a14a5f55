#include "remote_module.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "host_functions.hpp"

namespace dockerhub::plugin_host {
namespace {

// abi.h has no callback: whether a call should end is asked again and again.
constexpr std::chrono::milliseconds kLookAgain{20};
constexpr std::chrono::seconds kTimeToLeave{2};

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

  // What can no longer end well otherwise ends then.
  void end_within(std::chrono::milliseconds time) { end_by_ = Clock::now() + time; }
  bool was_overdue() const { return was_overdue_; }

  // Passes the turn on.
  bool send(Kind kind, std::uint32_t function, std::string fields = {}) {
    {
      const std::lock_guard lock(module_.mutex_);
      exchange_.theirs = true;
    }
    return module_.link_.send({kind, function, id_, std::move(fields)});
  }

  // The other side's next message; nullopt when there will be none, because the process has ended or because
  // the time to end is over, in which case it will have ended soon.
  std::optional<Message> next(dh_call* call) {
    look_at(call);
    std::unique_lock lock(module_.mutex_);
    while (!exchange_.arrived && !module_.ended_ && !is_overdue()) {
      exchange_.changed.wait_for(lock, kLookAgain);
      lock.unlock();
      look_at(call);
      lock.lock();
    }
    auto message = std::exchange(exchange_.arrived, std::nullopt);
    const bool is_the_end = message ? message->kind == Kind::reply : module_.ended_.has_value();
    if (is_the_end || !is_overdue()) return message;
    was_overdue_ = true;
    module_.process_.hang_up();
    return std::nullopt;
  }

 private:
  using Clock = std::chrono::steady_clock;

  bool is_overdue() const { return end_by_ && Clock::now() >= *end_by_; }

  // A request to stop is passed on once; the deadline is known over there.
  void look_at(dh_call* call) {
    if (call == nullptr) return;
    const bool cancelled = module_.call_functions_->cancelled(call) != 0;
    if (cancelled && !std::exchange(told_, true)) {
      if (!module_.link_.send({Kind::cancel, 0, id_, {}})) module_.process_.hang_up();
    }
    if (!cancelled && module_.call_functions_->remaining_ms(call) != 0) {
      end_by_.reset();
    } else if (!end_by_) {
      end_within(module_.grace_);
    }
  }

  RemoteModule& module_;
  std::uint64_t id_ = 0;
  Exchange exchange_;
  bool told_ = false;
  std::optional<Clock::time_point> end_by_;
  bool was_overdue_ = false;
};

tl::expected<std::unique_ptr<RemoteModule>, std::string> RemoteModule::start(
    const dh_host* host, const Options& options) {
  auto process = ModuleProcess::start(options.program, options.module, options.environment);
  if (!process) return tl::unexpected(process.error());
  std::unique_ptr<RemoteModule> module(new RemoteModule(host, std::move(*process), options.grace));
  if (auto created = module->create_instance(options.start_time); !created)
    return tl::unexpected(created.error());
  return module;
}

RemoteModule::RemoteModule(const dh_host* host, ModuleProcess process,
                           std::chrono::milliseconds grace)
    : host_(host),
      call_functions_(static_cast<const dh_call_1*>(
          host->extension(host, text_of(std::string_view(DH_CALL_1))))),
      process_(std::move(process)),
      link_(process_.socket(), process_.end()),
      grace_(grace),
      listener_([this] { listen(); }) {}

RemoteModule::~RemoteModule() {
  const auto stop = static_cast<std::uint32_t>(ModuleFunction::stop);
  if (Turn(*this).send(Kind::request, stop)) {
    std::unique_lock lock(mutex_);
    ended_changed_.wait_for(lock, kTimeToLeave, [&] { return ended_.has_value(); });
  }
  process_.hang_up();
  listener_.join();
}

tl::expected<void, std::string> RemoteModule::create_instance(std::chrono::milliseconds time) {
  FieldWriter fields;
  fields.number(kProtocol);
  fields.number(host_->abi_major);
  fields.number(host_->abi_minor);
  for (const std::string_view id : extensions_of(host_)) fields.bytes(id);
  Turn turn(*this);
  turn.end_within(time);
  std::optional<Message> reply;
  if (turn.send(Kind::request, static_cast<std::uint32_t>(ModuleFunction::start), fields.take()))
    reply = turn.next(nullptr);
  if (!reply || reply->kind != Kind::reply) {
    process_.hang_up();
    const std::string why = turn.was_overdue() ? "took too long and " : "";
    return tl::unexpected("its process " + why + how_it_ended() + " before the module was loaded");
  }
  FieldReader in(reply->fields);
  const auto status = static_cast<dh_status>(in.number());
  const std::string problem(in.bytes());
  while (in.good() && !in.at_end()) extensions_.emplace_back(in.bytes());
  if (status != DH_OK || !in.good()) return tl::unexpected(problem);
  return {};
}

void RemoteModule::listen() {
  std::thread host_server;
  try {
    host_server = std::thread([this] { serve_host(); });
    while (auto message = link_.receive()) {
      if (!accept(std::move(*message))) break;
    }
  } catch (const std::exception&) {
    // No memory for what the process sends, or no thread: it ends as if it had broken the protocol.
    process_.hang_up();
  }
  std::string how = process_.ended();
  {
    const std::lock_guard lock(mutex_);
    ended_ = std::move(how);
    ended_changed_.notify_all();
    host_asked_.notify_all();
    for (const auto& [id, exchange] : exchanges_) exchange->changed.notify_all();
  }
  if (host_server.joinable()) host_server.join();
}

std::string RemoteModule::how_it_ended() {
  std::unique_lock lock(mutex_);
  ended_changed_.wait(lock, [&] { return ended_.has_value(); });
  return *ended_;
}

// False when the message breaks the protocol.
bool RemoteModule::accept(Message message) {
  const std::lock_guard lock(mutex_);
  if (message.id == kHostId) {
    if (message.kind != Kind::request || host_request_) return false;
    host_request_ = std::move(message);
    host_asked_.notify_all();
    return true;
  }
  const auto found = exchanges_.find(message.id);
  if (found == exchanges_.end() || !std::exchange(found->second->theirs, false)) return false;
  found->second->arrived = std::move(message);
  found->second->changed.notify_all();
  return true;
}

// On a thread of its own: whoever is told of a change may call the module, and then needs who listens.
void RemoteModule::serve_host() {
  std::unique_lock lock(mutex_);
  while (true) {
    host_asked_.wait(lock, [&] { return ended_ || host_request_; });
    if (ended_) return;
    const Message request = *std::exchange(host_request_, std::nullopt);
    lock.unlock();
    if (!serve_host(request)) process_.hang_up();
    lock.lock();
  }
}

bool RemoteModule::serve_host(const Message& request) {
  try {
    FieldWriter fields;
    if (!serve(host_, nullptr, request, fields)) return false;
    return link_.send({Kind::reply, request.function, kHostId, reply_of(nullptr, fields)});
  } catch (const std::exception&) {
    return false;
  }
}

// What is too long is told instead: the module would wait for ever.
std::string RemoteModule::reply_of(dh_call* call, FieldWriter& fields) const {
  std::string reply = fields.take();
  if (Link::fits(reply)) return reply;
  if (call != nullptr)
    refuse_size(call, "what the kernel has is too long to be sent to the module");
  FieldWriter refusal;
  refusal.number(DH_E_LIMIT);
  return refusal.take();
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
  std::string sent = arguments.take();
  if (!Link::fits(sent))
    return refuse_size(call, "what the module is given is too long to be sent to it");
  Turn turn(*this);
  if (!turn.send(Kind::request, static_cast<std::uint32_t>(function), std::move(sent))) {
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
    if (!turn.send(Kind::reply, message->function, reply_of(call, fields))) process_.hang_up();
  }
  if (turn.was_overdue())
    return broken(call, "did not end when it was told to, and " + how_it_ended());
  return broken(call, how_it_ended() + " while the call ran");
}

dh_status RemoteModule::finish(dh_call* call, const Message& reply) const {
  FieldReader in(reply.fields);
  const auto status = static_cast<dh_status>(in.number());
  const std::string said(in.bytes());
  if (!in.good()) {
    process_.hang_up();
    return broken(call, "broke the protocol");
  }
  if (said.empty()) return status;
  if (status != DH_E_FAILED) return broken(call, said);
  return fail(call, "the module threw an exception: " + said);
}

dh_status RemoteModule::broken(dh_call* call, const std::string& what) const {
  return fail(call, "the process of the module " + what);
}

dh_status RemoteModule::fail(dh_call* call, std::string_view message) const {
  return put_error(
      call, "ModuleError", message,
      "Reload the module and call again; if that fails too, report it to its publisher.");
}

dh_status RemoteModule::refuse_size(dh_call* call, std::string_view message) const {
  return put_error(call, "ApiError", message, "Ask for less at once.");
}

dh_status RemoteModule::put_error(dh_call* call, std::string_view type, std::string_view message,
                                  std::string_view hint) const {
  dh_error error = {};
  error.size = sizeof error;
  error.type = text_of(type);
  error.message = text_of(message);
  error.hint = text_of(hint);
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
