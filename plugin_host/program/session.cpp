#include "session.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <exception>
#include <utility>

#include "host_tables.hpp"

namespace dockerhub::plugin_host {
namespace {

// The status of the function, and what it threw, or an empty text.
template <typename Function>
std::pair<dh_status, std::string> run_guarded(const Function& function) {
  try {
    return {function(), std::string()};
  } catch (const std::exception& thrown) {
    return {DH_E_FAILED, *thrown.what() == '\0' ? "without a text" : thrown.what()};
  } catch (...) {
    return {DH_E_FAILED, "of an unknown type"};
  }
}

// While it lives, the host functions of this thread belong to the call.
class CallOnThread {
 public:
  CallOnThread(HostState& host, dh_call& call) : host_(host), call_(call) {
    call.thread = std::this_thread::get_id();
    const std::lock_guard lock(host.mutex);
    host.calls[call.thread] = &call;
  }
  ~CallOnThread() {
    const std::lock_guard lock(host_.mutex);
    host_.calls.erase(call_.thread);
  }
  CallOnThread(const CallOnThread&) = delete;
  CallOnThread& operator=(const CallOnThread&) = delete;

 private:
  HostState& host_;
  dh_call& call_;
};

}  // namespace

Session::Session(int socket, std::string file)
    : socket_(socket), file_(std::move(file)), link_(socket), host_(link_) {}

void Session::run() {
  while (auto message = link_.receive()) {
    if (!accept(std::move(*message))) break;
  }
  // What still runs could not be waited for: a module may never return.
  if (!stopped_) ::_exit(0);
  for (const auto& [id, running] : running_) running->thread.join();
}

// False when the message breaks the protocol.
bool Session::accept(Message message) {
  if (message.kind == Kind::request) return begin(std::move(message));
  if (message.kind == Kind::reply && message.id == kHostId)
    return host_.conversation.arrived(std::move(message.fields));
  const auto found = running_.find(message.id);
  if (message.kind == Kind::cancel) {
    // It may have ended meanwhile.
    if (found != running_.end()) found->second->call.cancelled = true;
    return true;
  }
  return message.kind == Kind::reply && found != running_.end() &&
         found->second->call.conversation.arrived(std::move(message.fields));
}

bool Session::begin(Message request) {
  join_finished();
  if (request.id == kHostId || running_.contains(request.id)) return false;
  if (running_.size() >= kMaxCalls) {
    FieldWriter reply;
    reply.number(DH_E_LIMIT);
    reply.bytes("has too many calls under way");
    return link_.send({Kind::reply, request.function, request.id, reply.take()});
  }
  auto& running =
      *running_.emplace(request.id, std::make_unique<Running>(link_, request.id)).first->second;
  running.thread =
      std::thread([this, &running, request = std::move(request)] { work(running, request); });
  return true;
}

void Session::join_finished() {
  std::erase_if(running_, [](const auto& entry) {
    if (!entry.second->done) return false;
    entry.second->thread.join();
    return true;
  });
}

void Session::work(Running& running, const Message& request) {
  const auto function = static_cast<ModuleFunction>(request.function);
  if (function == ModuleFunction::stop) return stop();
  FieldReader in(request.fields);
  FieldWriter reply;
  if (function == ModuleFunction::start) {
    start(in, reply);
  } else {
    call_module(running.call, function, in, reply);
  }
  // Before the reply, which makes room for another call.
  running.done = true;
  link_.send({Kind::reply, request.function, request.id, reply.take()});
}

void Session::start(FieldReader& in, FieldWriter& reply) {
  if (const std::int64_t protocol = in.number(); protocol != kProtocol) {
    reply.number(DH_E_UNSUPPORTED);
    reply.bytes("is loaded by a program of protocol " + std::to_string(kProtocol) +
                ", the kernel's side has " + std::to_string(protocol));
    return;
  }
  const auto major = static_cast<std::uint16_t>(in.number());
  const auto minor = static_cast<std::uint16_t>(in.number());
  while (in.good() && !in.at_end()) host_.extensions.emplace(in.bytes());
  make_host(host_, major, minor);
  std::string problem;
  auto [status, thrown] = run_guarded([&]() -> dh_status {
    problem = module_.start(file_.c_str(), &host_.host);
    return problem.empty() ? DH_OK : DH_E_FAILED;
  });
  if (!thrown.empty()) problem = "cannot be loaded: " + thrown;
  reply.number(status);
  reply.bytes(problem);
  for (const std::string_view id : module_.extensions()) reply.bytes(id);
}

void Session::stop() {
  run_guarded([this]() -> dh_status {
    module_.stop();
    return DH_OK;
  });
  stopped_ = true;
  // Ends run(); the other end sees nothing of it before the process has ended.
  ::shutdown(socket_, SHUT_RD);
}

void Session::call_module(dh_call& call, ModuleFunction function, FieldReader& in,
                          FieldWriter& reply) {
  const CallOnThread on_thread(host_, call);
  call.dry_run = in.number() != 0;
  if (const std::int64_t left = in.number(); left >= 0)
    call.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(left);
  const auto [status, thrown] = run_guarded([&] { return module_.run(function, &call, in); });
  // Not with the call, which stays until the next one is begun.
  call.lent = LentTexts();
  reply.number(status);
  reply.bytes(thrown);
}

}  // namespace dockerhub::plugin_host
