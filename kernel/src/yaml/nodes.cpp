#include "yaml/nodes.hpp"

#include "base/json.hpp"

namespace dockerhub::yaml {
namespace {

bool is_plain_json(const std::string& text) {
  return text == "true" || text == "false" || bounded_json::is_number(text);
}

void append_json(json::Writer& writer, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      writer.Null();
      return;
    case Node::Kind::scalar:
      if (!node.quoted && is_plain_json(node.text)) {
        json::put_raw(writer, node.text);
      } else {
        json::put(writer, node.text);
      }
      return;
    case Node::Kind::array:
      writer.StartArray();
      for (const Node& item : node.items) append_json(writer, item);
      writer.EndArray();
      return;
    case Node::Kind::object:
      writer.StartObject();
      for (const Member& member : node.members) {
        json::put_key(writer, member.name);
        append_json(writer, member.value);
      }
      writer.EndObject();
      return;
  }
}

}  // namespace

std::string to_json(const Node& node) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  append_json(writer, node);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace dockerhub::yaml
