#include "modern_server.hpp"

#include <algorithm>
#include <array>

#include "change_stream.hpp"
#include "http/message.hpp"
#include "initialize.hpp"
#include "paging.hpp"
#include "tool_list.hpp"

namespace dockerhub::mcp {
namespace {

// How long lists may be kept by a client that does not listen for changes.
constexpr std::int64_t kListLife = 60'000;

// How long a result may be kept; results without a time are not kept.
struct Keeping {
  bool told = false;
  std::int64_t milliseconds = 0;
};

constexpr Keeping kList = {true, kListLife};
constexpr Keeping kNever = {true, 0};

// What each result begins with. Lists differ by what their caller may do, so nobody else may be given a kept one.
std::string first_members(const MethodResult& result, const Keeping& keeping) {
  std::string text = json::object([&](json::Writer& writer) {
    json::put_member(writer, "resultType", result.asks ? "input_required" : "complete");
    writer.Key("_meta");
    writer.StartObject();
    json::put_key(writer, meta::kServerInfo);
    put_server_info(writer);
    writer.EndObject();
    if (keeping.told && !result.asks) {
      writer.Key("ttlMs");
      writer.Int64(keeping.milliseconds);
      json::put_member(writer, "cacheScope", "private");
    }
  });
  return text.substr(1, text.size() - 2);
}

Answer encoded(const Id& id, const Reply& reply, const Keeping& keeping) {
  if (reply) return {result_message(id, reply->json, first_members(*reply, keeping))};
  return {error_message(id, reply.error()), reply.error().http_status};
}

Answer refused(const Id& id, const RpcError& error) {
  return {error_message(id, error), error.http_status};
}

constexpr std::string_view kTooManyStreams =
    "too many streams of changes are open: end one, or ask for more in one of them";

RpcError too_many_named() {
  return {code::kInvalidParams,
          "\"resourceSubscriptions\" may name " + std::to_string(ChangeFeed::kMostResources) +
              " resources at most",
          {}};
}

RpcError no_method(std::string_view name) {
  return http_error(web::status::kNotFound, code::kMethodNotFound,
                    "there is no method '" + visible(name) + "'");
}

}  // namespace

// One row per method; exactly one of the four functions answers it.
struct ModernServer::Method {
  std::string_view name;
  Reply (ModernServer::*at_once)(const Request&) = nullptr;
  std::string (*list)(const Catalogue&, const ToolView&) = nullptr;
  Reply (*on_worker)(Exchange&) = nullptr;
  void (ModernServer::*stream)(const Request&, const Outlet&) = nullptr;
  Keeping keeping = {};
  bool may_be_task = false;
};

const ModernServer::Method* ModernServer::find_method(std::string_view name) {
  static constexpr std::array<Method, 13> kMethods = {{
      {"server/discover", &ModernServer::discover, nullptr, nullptr, nullptr, kList},
      {"tools/list", &ModernServer::list_tools, nullptr, nullptr, nullptr, kList},
      {"resources/list", nullptr, resources_result, nullptr, nullptr, kList},
      {"resources/templates/list", nullptr, resource_templates_result, nullptr, nullptr, kList},
      {"prompts/list", nullptr, prompts_result, nullptr, nullptr, kList},
      {"tools/call", nullptr, nullptr, call_tool, nullptr, {}, true},
      {"resources/read", nullptr, nullptr, read_resource, nullptr, kNever},
      {"prompts/get", nullptr, nullptr, get_prompt},
      {"completion/complete", nullptr, nullptr, complete},
      {"subscriptions/listen", nullptr, nullptr, nullptr, &ModernServer::listen},
      {"tasks/get", &ModernServer::get_task},
      {"tasks/update", &ModernServer::update_task},
      {"tasks/cancel", &ModernServer::cancel_task},
  }};
  const auto found = std::find_if(kMethods.begin(), kMethods.end(),
                                  [&](const Method& each) { return each.name == name; });
  return found == kMethods.end() ? nullptr : &*found;
}

ModernServer::ModernServer(const Service& service, Connections connections)
    : service_(service), connections_(connections) {}

ModernServer::~ModernServer() = default;

void ModernServer::receive(json::Document body, const Sender& sender, const Outlet& outlet,
                           const HeaderCheck& check_version, const HeaderCheck& check_names) {
  auto message = read_message(std::move(body));
  if (!message) {
    RpcError error = message.error().error;
    error.http_status = web::status::kBadRequest;
    return outlet.answer(refused(message.error().id, error));
  }
  switch (message->kind) {
    case Message::Kind::request:
      return receive_request(std::move(*message), sender, outlet, check_version, check_names);
    case Message::Kind::notification:
      receive_notification(*message);
      return outlet.answer({{}, web::status::kAccepted});
    case Message::Kind::response:
      break;
  }
  outlet.answer(refused(Id(kNoId), http_error(web::status::kBadRequest, code::kInvalidRequest,
                                              "this revision has no requests to answer")));
}

void ModernServer::receive_notification(const Message& notification) {
  if (connections_ != Connections::one || notification.method != "notifications/cancelled") return;
  const auto id = read_id(json::find(notification.params(), "requestId"));
  if (!id) return;
  running_.cancel(*id);
  std::shared_ptr<ChangeStream> stream;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(streams_.begin(), streams_.end(),
                                    [&](const auto& each) { return each.second->id() == *id; });
    if (found != streams_.end()) stream = found->second;
  }
  if (stream) close_stream(stream);
}

void ModernServer::receive_request(Message message, const Sender& sender, const Outlet& outlet,
                                   const HeaderCheck& check_version,
                                   const HeaderCheck& check_names) {
  auto about = read_request_meta(message);
  if (!about) return outlet.answer(refused(message.id, about.error()));
  if (check_version) {
    if (auto same = check_version(message); !same) {
      return outlet.answer(refused(message.id, same.error()));
    }
  }
  if (auto served = mcp::check_version(about->version); !served) {
    return outlet.answer(refused(message.id, served.error()));
  }
  if (check_names) {
    if (auto same = check_names(message); !same) {
      return outlet.answer(refused(message.id, same.error()));
    }
  }
  if (connections_ == Connections::one && running_.contains(message.id)) {
    return outlet.answer(refused(
        message.id, {code::kInvalidRequest, "a request with this id is still running", {}}));
  }
  dispatch({std::move(message), std::move(*about), sender.principal, sender.tools}, outlet);
}

void ModernServer::dispatch(Request request, const Outlet& outlet) {
  const Id id = request.message.id;
  const Method* method = find_method(request.message.method);
  if (method == nullptr) return outlet.answer(refused(id, no_method(request.message.method)));
  if (method->may_be_task && request.meta.client.tasks) {
    return start_task(*method, request, outlet);
  }
  if (method->on_worker != nullptr) return start(*method, std::move(request), outlet);
  if (method->stream != nullptr) return (this->*method->stream)(request, outlet);
  if (method->at_once != nullptr) {
    return outlet.answer(encoded(id, (this->*method->at_once)(request), method->keeping));
  }
  const Reply page = page_of(method->list(*service_.kernel.catalogue(), tools_of(request)),
                             request.message, service_.page_rows);
  outlet.answer(encoded(id, page, method->keeping));
}

void ModernServer::start(const Method& method, Request request, const Outlet& outlet) {
  // Among many connections ids repeat.
  Id key = request.message.id;
  if (connections_ == Connections::many) {
    const std::lock_guard lock(mutex_);
    key = std::to_string(++last_number_);
  }
  const std::stop_token stop = *running_.begin(key);
  const auto shared = std::make_shared<Request>(std::move(request));
  const Exchange::Connection connection{
      service_.kernel,     tools_of(*shared),      nullptr,      shared->principal, outlet.send,
      shared->meta.client, shared->meta.log_level, shared->tools};
  const bool started =
      service_.workers.submit([this, run = method.on_worker, keeping = method.keeping, shared, key,
                               stop, connection, outlet] {
        const std::stop_callback gone(outlet.gone, [this, &key] { running_.cancel(key); });
        Exchange exchange(connection, shared->message, stop);
        const Reply reply = run(exchange);
        json::wipe(shared->message.body);
        outlet.answer(running_.end(key) ? encoded(shared->message.id, reply, keeping) : Answer{});
      });
  if (started) return;
  running_.end(key);
  outlet.answer(refused(shared->message.id,
                        http_error(web::status::kUnavailable, code::kBusy, std::string(kTooMany))));
}

void ModernServer::start_task(const Method& method, const Request& request, const Outlet& outlet) {
  const auto task = std::make_shared<Task>(Tasks::new_id(), request.principal.text(),
                                           request.message.body, outlet);
  if (!run_task(method, task, request)) {
    return outlet.answer(
        refused(request.message.id,
                http_error(web::status::kUnavailable, code::kBusy, std::string(kTooMany))));
  }
  timer_.after(Task::kMoment, [this, weak = std::weak_ptr<Task>(task)] {
    const auto late = weak.lock();
    if (late && !late->id().empty() && tasks_.add(late)) late->announce();
  });
}

bool ModernServer::run_task(const Method& method, const std::shared_ptr<Task>& task,
                            const Request& request) {
  auto message = read_message(task->message());
  if (!message) return false;
  const auto shared = std::make_shared<Message>(std::move(*message));
  const Exchange::Connection connection{service_.kernel,
                                        tools_of(request),
                                        nullptr,
                                        request.principal,
                                        [task](std::string_view text) { task->send(text); },
                                        request.meta.client,
                                        request.meta.log_level,
                                        request.tools};
  return service_.workers.submit(
      [run = method.on_worker, keeping = method.keeping, task, shared, connection] {
        Exchange exchange(connection, *shared, task->stop());
        const Reply reply = run(exchange);
        json::wipe(shared->body);
        task->finish(reply, encoded(shared->id, reply, keeping));
      });
}

tl::expected<std::shared_ptr<Task>, RpcError> ModernServer::task_of(const Request& request) const {
  if (!request.meta.client.tasks) {
    return tl::unexpected(http_error(
        web::status::kBadRequest, code::kMissingCapability,
        "tasks are for clients that declare the extension " + std::string(kTasksExtension),
        R"({"requiredCapabilities":{"extensions":{")" + std::string(kTasksExtension) +
            R"(":{}}}})"));
  }
  const std::string id(json::text_of(request.message.params(), "taskId"));
  if (auto task = tasks_.find(id, request.principal.text())) return task;
  return tl::unexpected(RpcError{code::kInvalidParams, "there is no task of this id", {}});
}

Reply ModernServer::get_task(const Request& request) {
  const auto task = task_of(request);
  if (!task) return tl::unexpected(task.error());
  return (*task)->describe();
}

Reply ModernServer::update_task(const Request& request) {
  const auto task = task_of(request);
  if (!task) return tl::unexpected(task.error());
  const bool answered = (*task)->update(json::find(request.message.params(), "inputResponses"));
  if (answered && !run_task(*find_method("tools/call"), *task, request)) {
    (*task)->finish(tl::unexpected(RpcError{code::kBusy, std::string(kTooMany), {}}), {});
  }
  return std::string("{}");
}

Reply ModernServer::cancel_task(const Request& request) {
  const auto task = task_of(request);
  if (!task) return tl::unexpected(task.error());
  (*task)->cancel();
  return std::string("{}");
}

void ModernServer::listen(const Request& request, const Outlet& outlet) {
  const json::Value* filter = json::find(request.message.params(), "notifications");
  if (filter == nullptr || !filter->IsObject()) {
    return outlet.answer(refused(
        request.message.id, {code::kInvalidParams, "\"notifications\" has to be an object", {}}));
  }
  const std::size_t resources = ChangeStream::resources(*filter);
  if (resources > ChangeFeed::kMostResources) {
    return outlet.answer(refused(request.message.id, too_many_named()));
  }
  const auto stream = std::make_shared<ChangeStream>(service_.changes, request.message.id, outlet);
  if (!open_stream(stream)) {
    return outlet.answer(
        refused(request.message.id, {code::kBusy, std::string(kTooManyStreams), {}}));
  }
  const auto begin = [this, stream, kept = std::make_shared<json::Document>(json::copy(*filter))] {
    stream->begin(*kept, [this, weak = std::weak_ptr<ChangeStream>(stream)] {
      if (const auto gone = weak.lock()) close_stream(gone);
    });
  };
  // Modules are asked where others do not have to wait for them.
  if (resources == 0) return begin();
  const std::string client = request.principal.text();
  const bool may_wait = take_wait(client);
  if (may_wait && service_.workers.submit([this, begin, client] {
        begin();
        end_wait(client);
      }))
    return;
  if (may_wait) end_wait(client);
  close_stream(stream);
  outlet.answer(refused(request.message.id,
                        http_error(web::status::kUnavailable, code::kBusy, std::string(kTooMany))));
}

bool ModernServer::take_wait(const std::string& client) {
  const std::lock_guard lock(mutex_);
  std::size_t& waiting = waiting_[client];
  if (waiting >= (connections_ == Connections::one ? kMostWaitingOfOne : kMostWaiting))
    return false;
  ++waiting;
  return true;
}

void ModernServer::end_wait(const std::string& client) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(client);
  if (--found->second == 0) waiting_.erase(found);
}

bool ModernServer::open_stream(const std::shared_ptr<ChangeStream>& stream) {
  const std::lock_guard lock(mutex_);
  if (connections_ == Connections::one && streams_.size() >= kMostStreams) return false;
  streams_.emplace(stream.get(), stream);
  return true;
}

void ModernServer::close_stream(const std::shared_ptr<ChangeStream>& stream) {
  stream->close();
  const std::lock_guard lock(mutex_);
  streams_.erase(stream.get());
}

ModernServer::Streams ModernServer::open_streams() const {
  const std::lock_guard lock(mutex_);
  return streams_;
}

void ModernServer::end_streams() {
  Streams streams;
  {
    const std::lock_guard lock(mutex_);
    streams.swap(streams_);
  }
  for (const auto& [key, stream] : streams) stream->end();
}

void ModernServer::cancel_all() {
  // Not with the lock: who waits for their ends may need it.
  for (const auto& [key, stream] : open_streams()) stream->close();
  tasks_.cancel_all();
  running_.cancel_all();
}

const ToolView& ModernServer::tools_of(const Request& request) const {
  return request.tools ? *request.tools : service_.tools;
}

Reply ModernServer::discover(const Request& request) {
  return discover_result(
      tools_of(request).instructions(*service_.kernel.catalogue(), request.principal.most));
}

Reply ModernServer::list_tools(const Request& request) {
  return page_of(tools_of(request).list(*service_.kernel.catalogue(), request.principal.most, true),
                 request.message, service_.page_rows);
}

}  // namespace dockerhub::mcp
