#include "change_messages.hpp"

#include "json.hpp"
#include "message.hpp"

namespace dockerhub::mcp {
namespace {

std::string_view method_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::tools:
      return "notifications/tools/list_changed";
    case Change::Kind::prompts:
      return "notifications/prompts/list_changed";
    case Change::Kind::resources:
      return "notifications/resources/list_changed";
    case Change::Kind::resource:
      break;
  }
  return "notifications/resources/updated";
}

}  // namespace

std::string change_message(const Change& change, std::string_view subscription) {
  const bool one = change.kind == Change::Kind::resource;
  if (!one && subscription.empty()) return notification_message(method_of(change.kind));
  return notification_message(method_of(change.kind), json::object([&](json::Writer& writer) {
                                if (!subscription.empty()) {
                                  writer.Key("_meta");
                                  writer.StartObject();
                                  writer.Key("io.modelcontextprotocol/subscriptionId");
                                  json::put_raw(writer, subscription);
                                  writer.EndObject();
                                }
                                if (one) json::put_member(writer, "uri", change.uri);
                              }));
}

}  // namespace dockerhub::mcp
