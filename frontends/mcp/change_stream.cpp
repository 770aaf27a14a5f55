#include "change_stream.hpp"

#include <array>
#include <set>
#include <vector>

#include "change_messages.hpp"
#include "request_meta.hpp"

namespace dockerhub::mcp {
namespace {

struct ListKind {
  const char* member;
  Change::Kind kind;
};

constexpr std::array<ListKind, 3> kLists = {{
    {"toolsListChanged", Change::Kind::tools},
    {"promptsListChanged", Change::Kind::prompts},
    {"resourcesListChanged", Change::Kind::resources},
}};
constexpr const char* kResources = "resourceSubscriptions";

bool asks_for(const json::Value& filter, const char* member) {
  const json::Value* wanted = json::find(filter, member);
  return wanted != nullptr && wanted->IsTrue();
}

void put_subscription(json::Writer& writer, const Id& id) {
  writer.Key("_meta");
  writer.StartObject();
  json::put_key(writer, meta::kSubscription);
  json::put_raw(writer, id);
  writer.EndObject();
}

std::string acknowledgement(const Id& id, const json::Value& filter,
                            const std::vector<std::string>& uris) {
  return notification_message("notifications/subscriptions/acknowledged",
                              json::object([&](json::Writer& writer) {
                                put_subscription(writer, id);
                                writer.Key("notifications");
                                writer.StartObject();
                                for (const ListKind& list : kLists) {
                                  if (!asks_for(filter, list.member)) continue;
                                  writer.Key(list.member);
                                  writer.Bool(true);
                                }
                                if (json::find(filter, kResources) != nullptr) {
                                  writer.Key(kResources);
                                  writer.StartArray();
                                  for (const std::string& uri : uris) json::put(writer, uri);
                                  writer.EndArray();
                                }
                                writer.EndObject();
                              }));
}

}  // namespace

ChangeStream::ChangeStream(ChangeFeed& feed, Id id, Outlet outlet)
    : feed_(feed), id_(std::move(id)), outlet_(std::move(outlet)) {}

ChangeStream::~ChangeStream() {
  if (listener_) feed_.remove(*listener_);
}

std::size_t ChangeStream::resources(const json::Value& filter) {
  const json::Value* wanted = json::find(filter, kResources);
  return wanted != nullptr && wanted->IsArray() ? wanted->Size() : 0;
}

void ChangeStream::begin(const json::Value& filter, std::function<void()> on_gone) {
  std::vector<std::string> uris;
  {
    const std::stop_callback gone(outlet_.gone, [this] { close(); });
    uris = watch(listen(filter), filter);
  }
  acknowledge(filter, uris);
  on_gone_.emplace(outlet_.gone, std::move(on_gone));
}

ChangeFeed::Number ChangeStream::listen(const json::Value& filter) {
  std::set<Change::Kind> kinds;
  for (const ListKind& list : kLists) {
    if (asks_for(filter, list.member)) kinds.insert(list.kind);
  }
  const std::lock_guard lock(mutex_);
  listener_ = feed_.add(std::move(kinds), [this](const Change& change) { tell(change); });
  return *listener_;
}

// Those that are watched now.
std::vector<std::string> ChangeStream::watch(ChangeFeed::Number listener,
                                             const json::Value& filter) {
  std::vector<std::string> uris;
  if (resources(filter) == 0) return uris;
  // Of all together: a stream does not hold a thread for as many turns as it names resources.
  const auto until = ChangeFeed::turn_end();
  for (const json::Value& uri : json::find(filter, kResources)->GetArray()) {
    if (ending_.stop_requested()) break;
    if (!uri.IsString()) continue;
    std::string text(json::view(uri));
    if (feed_.watch(listener, text, ending_.get_token(), until)) uris.push_back(std::move(text));
  }
  return uris;
}

void ChangeStream::acknowledge(const json::Value& filter, const std::vector<std::string>& uris) {
  const std::lock_guard lock(mutex_);
  if (ending_.stop_requested()) return;
  outlet_.open();
  outlet_.send(acknowledgement(id_, filter, uris));
  acknowledged_ = true;
  for (const auto& [kind, uri] : std::exchange(missed_, {})) {
    outlet_.send(change_message(Change{kind, uri}, id_));
  }
}

void ChangeStream::tell(const Change& change) {
  const std::lock_guard first(mutex_);
  if (ending_.stop_requested()) return;
  if (acknowledged_) {
    outlet_.send(change_message(change, id_));
  } else {
    missed_.emplace(change.kind, change.uri);
  }
}

void ChangeStream::end() {
  close();
  const std::lock_guard lock(mutex_);
  outlet_.answer({result_message(id_, json::object([&](json::Writer& writer) {
                                   json::put_member(writer, "resultType", "complete");
                                   put_subscription(writer, id_);
                                 }))});
}

}  // namespace dockerhub::mcp
