#include "session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "batch_answer.hpp"
#include "change_messages.hpp"
#include "contents.hpp"
#include "http/message.hpp"
#include "initialize.hpp"
#include "log_levels.hpp"
#include "paging.hpp"
#include "tool_list.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kEmptyResult = "{}";

tl::unexpected<RpcError> failed(int code, std::string message) {
  return tl::unexpected(RpcError{code, std::move(message), {}});
}

Answer encoded(std::string_view id, const Reply& reply) {
  if (reply) return {result_message(id, reply->json)};
  return {error_message(id, reply.error()), reply.error().http_status};
}

// A message that is no request of its form.
RpcError bad_message(std::string message) {
  return http_error(web::status::kBadRequest, code::kInvalidRequest, std::move(message));
}

RpcError not_watched(const Error& error) {
  RpcError rpc = rpc_error(error);
  switch (error.kind) {
    case ErrorKind::parameter:
      rpc.code = code::kResourceNotFound;
      break;
    case ErrorKind::policy:
    case ErrorKind::timeout:
    case ErrorKind::cancelled:
      rpc.code = code::kBusy;
      break;
    default:
      rpc.code = code::kInternal;
  }
  return rpc;
}

void refuse(const Outlet& outlet, const RpcError& error) {
  outlet.answer({error_message(kNoId, error), error.http_status});
}

}  // namespace

// One row per method; exactly one of the four functions answers it.
struct Session::Method {
  std::string_view name;
  Reply (Session::*at_once)(const Message&) = nullptr;
  std::string (*list)(const Catalogue&, const ToolView&) = nullptr;
  Reply (*on_worker)(Exchange&) = nullptr;
  bool before_initialize = false;
  Reply (Session::*subscribes)(const Message&, const std::stop_token&) = nullptr;  // on a worker
};

const Session::Method* Session::find_method(std::string_view name) {
  static constexpr std::array<Method, 13> kMethods = {{
      {"initialize", &Session::initialize, nullptr, nullptr, true},
      {"ping", &Session::ping, nullptr, nullptr, true},
      {"logging/setLevel", &Session::set_level},
      {"resources/subscribe", nullptr, nullptr, nullptr, false, &Session::subscribe},
      {"resources/unsubscribe", &Session::unsubscribe},
      {"tools/list", &Session::list_tools},
      {"resources/list", nullptr, resources_result},
      {"resources/templates/list", nullptr, resource_templates_result},
      {"prompts/list", nullptr, prompts_result},
      {"tools/call", nullptr, nullptr, call_tool},
      {"resources/read", nullptr, nullptr, read_resource},
      {"prompts/get", nullptr, nullptr, get_prompt},
      {"completion/complete", nullptr, nullptr, complete},
  }};
  const auto found = std::find_if(kMethods.begin(), kMethods.end(),
                                  [&](const Method& each) { return each.name == name; });
  return found == kMethods.end() ? nullptr : &*found;
}

std::shared_ptr<Session> Session::create(const Service& service, server::Principal principal,
                                         Send notices, std::shared_ptr<const ToolView> tools) {
  return std::shared_ptr<Session>(
      new Session(service, std::move(principal), std::move(notices), std::move(tools)));
}

Session::Session(const Service& service, server::Principal principal, Send notices,
                 std::shared_ptr<const ToolView> tools)
    : own_tools_(std::move(tools)),
      service_{service.kernel, own_tools_ ? *own_tools_ : service.tools, service.changes,
               service.workers, service.page_rows},
      principal_(std::move(principal)),
      notices_(std::move(notices)) {}

Session::~Session() {
  if (listener_) service_.changes.remove(*listener_);
}

void Session::receive(json::Document message, const Outlet& outlet) {
  if (message.IsArray()) return receive_batch(message, outlet);
  receive_one(std::move(message), outlet);
}

void Session::receive_batch(const json::Document& messages, const Outlet& outlet) {
  if (!client_ || !client_->revision->batches) {
    return refuse(outlet, bad_message("arrays of messages are not part of this revision: send one "
                                      "at a time"));
  }
  if (messages.Empty()) return refuse(outlet, bad_message("an array without messages"));
  if (messages.Size() > kMostInBatch) {
    return refuse(outlet, bad_message("an array of more than " + std::to_string(kMostInBatch) +
                                      " messages: send fewer at a time"));
  }
  const auto batch = std::make_shared<BatchAnswer>(outlet.answer, messages.Size());
  Outlet one = outlet;
  one.answer = [batch](const Answer& answer) { batch->add(answer.message); };
  for (const json::Value& each : messages.GetArray()) receive_one(json::copy(each), one);
}

void Session::receive_one(json::Document body, const Outlet& outlet) {
  auto message = read_message(std::move(body));
  if (!message) {
    return outlet.answer(
        {error_message(message.error().id, message.error().error), web::status::kBadRequest});
  }
  if (message->kind == Message::Kind::request) return receive_request(std::move(*message), outlet);
  if (message->kind == Message::Kind::notification) receive_notification(*message);
  if (message->kind == Message::Kind::response) client_requests_.receive(std::move(*message));
  outlet.answer({{}, web::status::kAccepted});
}

void Session::receive_notification(const Message& notification) {
  if (notification.method == "notifications/initialized" && client_) listener();
  if (notification.method != "notifications/cancelled") return;
  if (const auto id = read_id(json::find(notification.params(), "requestId"))) running_.cancel(*id);
}

void Session::receive_request(Message request, const Outlet& outlet) {
  const Method* method = find_method(request.method);
  const auto reply = [&](const Reply& outcome) { outlet.answer(encoded(request.id, outcome)); };
  if (method == nullptr) {
    return reply(
        failed(code::kMethodNotFound, "there is no method '" + visible(request.method) + "'"));
  }
  if (!client_ && !method->before_initialize) {
    return reply(tl::unexpected(bad_message("the session begins with `initialize`")));
  }
  if (running_.contains(request.id)) {
    return reply(failed(code::kInvalidRequest, "a request with this id is still running"));
  }
  // The listener belongs to this thread; on the other one it is there.
  if (method->subscribes != nullptr) listener();
  if (method->on_worker != nullptr || method->subscribes != nullptr) {
    return start(*method, std::move(request), outlet);
  }
  const Reply outcome =
      method->list != nullptr ? list(*method, request) : (this->*method->at_once)(request);
  Answer answer = encoded(request.id, outcome);
  answer.opens_session = outcome && request.method == "initialize";
  outlet.answer(std::move(answer));
}

void Session::start(const Method& method, Message request, const Outlet& outlet) {
  const Id id = request.id;
  const std::stop_token stop = *running_.begin(id);
  const auto shared = std::make_shared<Message>(std::move(request));
  const Exchange::Connection connection{service_.kernel, service_.tools, &client_requests_,
                                        principal_,      outlet.send,    *client_,
                                        log_level_};
  const bool started =
      running_.size() <= kMaxRunning &&
      service_.workers.submit([self = shared_from_this(), row = &method, shared, stop, connection,
                               answer = outlet.answer] {
        const Reply reply = self->work(*row, connection, *shared, stop);
        json::wipe(shared->body);
        answer(self->running_.end(shared->id) ? encoded(shared->id, reply) : Answer{});
      });
  if (started) return;
  running_.end(id);
  outlet.answer(encoded(id, failed(code::kBusy, std::string(kTooMany))));
}

Reply Session::work(const Method& method, const Exchange::Connection& connection,
                    const Message& request, const std::stop_token& stop) {
  if (method.subscribes != nullptr) return (this->*method.subscribes)(request, stop);
  Exchange exchange(connection, request, stop);
  return method.on_worker(exchange);
}

Reply Session::initialize(const Message& request) {
  if (client_) {
    return tl::unexpected(bad_message("the session was initialized before"));
  }
  const json::Value* version = json::find(request.params(), "protocolVersion");
  if (version == nullptr || !version->IsString()) {
    return failed(code::kInvalidParams, "\"protocolVersion\" has to be a text");
  }
  client_ = read_client(request.params());
  return initialize_result(*client_->revision, service_.tools.instructions(
                                                   *service_.kernel.catalogue(), principal_.most));
}

Reply Session::ping(const Message& /*request*/) {
  return std::string(kEmptyResult);
}

Reply Session::set_level(const Message& request) {
  const auto level = log_level(json::text_of(request.params(), "level"));
  if (!level) {
    return failed(
        code::kInvalidParams,
        "\"level\" has to be debug, info, notice, warning, error, critical, alert or emergency");
  }
  log_level_ = *level;
  return std::string(kEmptyResult);
}

ChangeFeed::Number Session::listener() {
  if (!listener_) {
    listener_ = service_.changes.add(
        {Change::Kind::tools, Change::Kind::prompts, Change::Kind::resources},
        [send = notices_](const Change& change) { send(change_message(change, {})); });
  }
  return *listener_;
}

Reply Session::subscribe(const Message& request, const std::stop_token& stop) {
  const std::string uri(json::text_of(request.params(), "uri"));
  if (uri.empty()) return failed(code::kInvalidParams, "\"uri\" has to be a text");
  if (auto watched = service_.changes.watch(*listener_, uri, stop); !watched) {
    return tl::unexpected(not_watched(watched.error()));
  }
  return std::string(kEmptyResult);
}

Reply Session::unsubscribe(const Message& request) {
  if (listener_) {
    service_.changes.unwatch(*listener_, std::string(json::text_of(request.params(), "uri")));
  }
  return std::string(kEmptyResult);
}

Reply Session::list_tools(const Message& request) {
  return page_of(service_.tools.list(*service_.kernel.catalogue(), principal_.most,
                                     client_->revision->structured_results),
                 request, service_.page_rows);
}

Reply Session::list(const Method& method, const Message& request) const {
  return page_of(method.list(*service_.kernel.catalogue(), service_.tools), request,
                 service_.page_rows);
}

void Session::client_gone() {
  client_requests_.close();
}

void Session::cancel_all() {
  running_.cancel_all();
}

}  // namespace dockerhub::mcp
