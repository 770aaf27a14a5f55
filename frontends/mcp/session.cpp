#include "session.hpp"

#include <algorithm>
#include <array>

#include "batch_answer.hpp"
#include "initialize.hpp"
#include "log_levels.hpp"
#include "tool_list.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kEmptyResult = "{}";

tl::unexpected<RpcError> failed(int code, std::string message) {
  return tl::unexpected(RpcError{code, std::move(message), {}});
}

RpcError parse_error(const json::Fault& fault) {
  return {
      fault.too_deep ? code::kInvalidRequest : code::kParse, "not a message: " + fault.text, {}};
}

std::string encoded(std::string_view id, const Reply& reply) {
  return reply ? result_message(id, *reply) : error_message(id, reply.error());
}

}  // namespace

// One row per method; exactly one of the three functions answers it.
struct Session::Method {
  std::string_view name;
  Reply (Session::*at_once)(const Message&) = nullptr;
  std::string (*list)(const Catalogue&) = nullptr;
  Reply (*on_worker)(Exchange&) = nullptr;
  bool before_initialize = false;
};

const Session::Method* Session::find_method(std::string_view name) {
  static constexpr std::array<Method, 11> kMethods = {{
      {"initialize", &Session::initialize, nullptr, nullptr, true},
      {"ping", &Session::ping, nullptr, nullptr, true},
      {"logging/setLevel", &Session::set_level},
      {"tools/list", nullptr, tools_result},
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

Session::Session(Kernel& kernel, std::string principal, Send send)
    : kernel_(kernel),
      principal_(std::move(principal)),
      send_(std::move(send)),
      client_requests_(send_),
      change_notices_(kernel, send_) {}

void Session::receive(std::string_view text) {
  auto document = json::parse(text);
  if (!document) return refuse(parse_error(document.error()));
  if (document->IsArray()) return receive_batch(*document);
  receive_one(std::move(*document), [this](const std::string& message) {
    if (!message.empty()) send_(message);
  });
}

void Session::refuse(const RpcError& error) {
  send_(error_message(kNoId, error));
}

void Session::receive_batch(const json::Document& messages) {
  if (!client_ || !client_->revision->batches) {
    return refuse({code::kInvalidRequest,
                   "arrays of messages are not part of this revision: send one at a time",
                   {}});
  }
  if (messages.Empty()) return refuse({code::kInvalidRequest, "an array without messages", {}});
  const auto batch = std::make_shared<BatchAnswer>(send_, messages.Size());
  for (const json::Value& each : messages.GetArray()) {
    receive_one(json::copy(each), [batch](const std::string& message) { batch->add(message); });
  }
}

void Session::receive_one(json::Document body, const Answer& answer) {
  auto message = read_message(std::move(body));
  if (!message) return answer(error_message(message.error().id, message.error().error));
  if (message->kind == Message::Kind::request) return receive_request(std::move(*message), answer);
  if (message->kind == Message::Kind::notification) receive_notification(*message);
  if (message->kind == Message::Kind::response) client_requests_.receive(std::move(*message));
  answer({});
}

void Session::receive_notification(const Message& notification) {
  if (notification.method == "notifications/initialized" && client_) change_notices_.open();
  if (notification.method != "notifications/cancelled") return;
  if (const auto id = read_id(json::find(notification.params(), "requestId"))) running_.cancel(*id);
}

void Session::receive_request(Message request, const Answer& answer) {
  const Method* method = find_method(request.method);
  const auto reply = [&](const Reply& outcome) { answer(encoded(request.id, outcome)); };
  if (method == nullptr) {
    return reply(
        failed(code::kMethodNotFound, "there is no method '" + visible(request.method) + "'"));
  }
  if (!client_ && !method->before_initialize) {
    return reply(failed(code::kInvalidRequest, "the session begins with `initialize`"));
  }
  if (running_.contains(request.id)) {
    return reply(failed(code::kInvalidRequest, "a request with this id is still running"));
  }
  if (method->on_worker != nullptr) return start(*method, std::move(request), answer);
  reply(method->list != nullptr ? list(*method, request) : (this->*method->at_once)(request));
}

void Session::start(const Method& method, Message request, const Answer& answer) {
  const Id id = request.id;
  const std::stop_token stop = *running_.begin(id);
  const auto shared = std::make_shared<const Message>(std::move(request));
  const Exchange::Connection connection{kernel_, client_requests_, principal_,
                                        send_,   *client_,         log_level_};
  const bool started =
      workers_.submit([this, run = method.on_worker, shared, stop, connection, answer] {
        Exchange exchange(connection, *shared, stop);
        const Reply reply = run(exchange);
        answer(running_.end(shared->id) ? encoded(shared->id, reply) : std::string());
      });
  if (started) return;
  running_.end(id);
  answer(encoded(id, failed(code::kBusy,
                            std::to_string(kMaxRunning) +
                                " requests are running: repeat this one when another has ended")));
}

Reply Session::initialize(const Message& request) {
  if (client_) return failed(code::kInvalidRequest, "the session was initialized before");
  const json::Value* version = json::find(request.params(), "protocolVersion");
  if (version == nullptr || !version->IsString()) {
    return failed(code::kInvalidParams, "\"protocolVersion\" has to be a text");
  }
  client_ = read_client(request.params());
  return initialize_result(*client_->revision, *kernel_.catalogue());
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

Reply Session::list(const Method& method, const Message& request) const {
  // All fits on one page, so no cursor was ever given out.
  if (json::find_present(request.params(), "cursor") != nullptr) {
    return failed(code::kInvalidParams, "unknown cursor: the list has one page");
  }
  return method.list(*kernel_.catalogue());
}

void Session::client_gone() {
  client_requests_.close();
}

void Session::cancel_all() {
  running_.cancel_all();
}

}  // namespace dockerhub::mcp
