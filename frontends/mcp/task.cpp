#include "task.hpp"

#include <array>
#include <ctime>
#include <utility>

namespace dockerhub::mcp {
namespace {

std::string time_text(Task::Clock::time_point time) {
  std::array<char, 32> text = {};
  const std::time_t seconds = Task::Clock::to_time_t(time);
  std::tm parts = {};
  gmtime_r(&seconds, &parts);
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

std::string error_object(const RpcError& error) {
  return json::object([&](json::Writer& writer) {
    writer.Key("code");
    writer.Int(error.code);
    json::put_member(writer, "message", error.message);
    if (error.data.empty()) return;
    writer.Key("data");
    json::put_raw(writer, error.data);
  });
}

template <typename Duration>
std::int64_t milliseconds(Duration time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

void put_map(json::Writer& writer, const char* key,
             const std::map<std::string, std::string>& values) {
  writer.Key(key);
  writer.StartObject();
  for (const auto& [name, value] : values) {
    json::put_key(writer, name);
    json::put_raw(writer, value);
  }
  writer.EndObject();
}

// A result as the call itself would have answered it (schema of 2026-07-28, CallToolResult).
std::string inlined_result(const std::string& result) {
  std::string text = json::object(
      [](json::Writer& writer) { json::put_member(writer, "resultType", "complete"); });
  if (result.size() <= 2) return text;
  text.back() = ',';
  return text.append(result, 1);
}

}  // namespace

Task::Task(std::string id, std::string principal, const json::Value& request, Outlet outlet)
    : id_(std::move(id)),
      principal_(std::move(principal)),
      request_(json::copy(request)),
      outlet_(std::move(outlet)),
      created_(Clock::now()),
      updated_(created_) {}

Task::~Task() {
  // Its arguments may have held secrets.
  json::wipe(request_);
}

std::string_view Task::name_of(Status status) {
  static constexpr std::array<std::string_view, 5> kNames = {"working", "input_required",
                                                             "completed", "failed", "cancelled"};
  return kNames.at(static_cast<std::size_t>(status));
}

json::Document Task::message() const {
  const std::lock_guard lock(mutex_);
  json::Document message = json::copy(request_);
  if (state_.empty()) return message;
  auto& allocator = message.GetAllocator();
  json::Value& params = message["params"];
  params.RemoveMember("requestState");
  params.RemoveMember("inputResponses");
  json::Value responses(rapidjson::kObjectType);
  for (const auto& [key, text] : answers_) {
    const auto answer = json::parse(text);
    if (!answer) continue;
    responses.AddMember(json::Value(key.c_str(), allocator), json::Value(*answer, allocator),
                        allocator);
  }
  params.AddMember("requestState", json::Value(state_.c_str(), allocator), allocator);
  params.AddMember("inputResponses", responses, allocator);
  return message;
}

void Task::send(std::string_view message) {
  const std::lock_guard lock(mutex_);
  if (!announced_ && !told_) outlet_.send(message);
}

bool Task::announce() {
  const std::lock_guard lock(mutex_);
  if (told_) return false;
  announced_ = told_ = true;
  const json::Value* request_id = json::find(request_, "id");
  outlet_.answer({result_message(json::write(*request_id), json::object([&](json::Writer& writer) {
                                   json::put_member(writer, "resultType", "task");
                                   put_head(writer);
                                 }))});
  return true;
}

void Task::finish(const Reply& reply, Answer answer) {
  const std::lock_guard lock(mutex_);
  if (!announced_) {
    told_ = true;
    return outlet_.answer(std::move(answer));
  }
  if (ended()) return;
  if (stop_.stop_requested()) return set(Status::cancelled);
  if (!reply) {
    outcome_ = error_object(reply.error());
    return set(Status::failed);
  }
  if (reply->asks) return keep_questions(reply->json);
  outcome_ = inlined_result(reply->json);
  set(Status::completed);
}

void Task::keep_questions(const std::string& result) {
  const auto document = json::parse(result);
  open_.clear();
  answers_.clear();
  const json::Value* requests = document ? json::find(*document, "inputRequests") : nullptr;
  if (requests != nullptr && requests->IsObject()) {
    for (const auto& member : requests->GetObject()) {
      open_.emplace(json::view(member.name), json::write(member.value));
    }
  }
  state_ = document ? json::text_of(&*document, "requestState") : std::string_view();
  set(Status::input_required);
}

void Task::set(Status status) {
  status_ = status;
  updated_ = Clock::now();
}

bool Task::ended() const {
  return status_ != Status::working && status_ != Status::input_required;
}

void Task::put_head(json::Writer& writer) const {
  json::put_member(writer, "taskId", id_);
  json::put_member(writer, "status", name_of(status_));
  json::put_member(writer, "createdAt", time_text(created_));
  json::put_member(writer, "lastUpdatedAt", time_text(updated_));
  writer.Key("ttlMs");
  writer.Int64(milliseconds(kLifetime));
  writer.Key("pollIntervalMs");
  writer.Int64(milliseconds(kPollInterval));
}

std::string Task::describe() const {
  const std::lock_guard lock(mutex_);
  return json::object([&](json::Writer& writer) {
    put_head(writer);
    if (status_ == Status::input_required) put_map(writer, "inputRequests", open_);
    if (outcome_.empty()) return;
    writer.Key(status_ == Status::failed ? "error" : "result");
    json::put_raw(writer, outcome_);
  });
}

bool Task::update(const json::Value* responses) {
  const std::lock_guard lock(mutex_);
  if (status_ != Status::input_required || responses == nullptr || !responses->IsObject()) {
    return false;
  }
  for (const auto& member : responses->GetObject()) {
    const std::string key(json::view(member.name));
    if (open_.erase(key) != 0) answers_.insert_or_assign(key, json::write(member.value));
  }
  updated_ = Clock::now();
  if (!open_.empty()) return false;
  set(Status::working);
  return true;
}

void Task::cancel() {
  {
    const std::lock_guard lock(mutex_);
    if (ended()) return;
    // What runs says by itself that it has ended; a question has nobody to say so.
    if (status_ == Status::input_required) set(Status::cancelled);
  }
  stop_.request_stop();
}

bool Task::over(Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  return status_ != Status::working && now - updated_ > kLifetime;
}

}  // namespace dockerhub::mcp
