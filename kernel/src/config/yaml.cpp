#include "config/yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "config/values.hpp"

namespace dockerhub::yaml {
namespace {

std::size_t line_of(const YAML::Mark& mark) {
  return mark.is_null() ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

Failure at(std::string_view file, std::size_t line, const std::string& what, std::string hint) {
  return refused(std::string(file) + ":" + std::to_string(line) + ": " + what, std::move(hint));
}

bool is_null_text(std::string_view text) {
  constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
  return std::find(kNull.begin(), kNull.end(), text) != kNull.end();
}

// Copies the library's nodes into ours and counts them: an alias stands for all that it names.
class Copying {
 public:
  explicit Copying(std::string_view file) : file_(file) {}

  Result<Node> copy(const YAML::Node& from, std::size_t depth) {
    Node node;
    node.line = line_of(from.Mark());
    if (depth > kMaxDepth) return at(file_, node.line, "nested too deep", "Write it flatter.");
    if (++nodes_ > kMaxNodes) {
      return at(file_, node.line, "too many values", "Remove aliases that repeat large parts.");
    }
    if (from.IsSequence()) return copy_items(from, depth, std::move(node));
    if (from.IsMap()) return copy_members(from, depth, std::move(node));
    if (!from.IsScalar()) return node;
    node.text = from.Scalar();
    node.quoted = from.Tag() != "?" && !from.Tag().empty();
    node.kind = !node.quoted && is_null_text(node.text) ? Node::Kind::null : Node::Kind::scalar;
    return node;
  }

 private:
  Result<Node> copy_items(const YAML::Node& from, std::size_t depth, Node node) {
    node.kind = Node::Kind::array;
    for (const YAML::Node& item : from) {
      Result<Node> copied = copy(item, depth + 1);
      if (!copied) return copied;
      node.items.push_back(std::move(*copied));
    }
    return node;
  }

  Result<Node> copy_members(const YAML::Node& from, std::size_t depth, Node node) {
    node.kind = Node::Kind::object;
    for (const auto& pair : from) {
      const std::size_t line = line_of(pair.first.Mark());
      if (!pair.first.IsScalar())
        return at(file_, line, "a name that is not text", "Write NAME: VALUE.");
      std::string name = pair.first.Scalar();
      const auto same = [&name](const Member& member) { return member.name == name; };
      if (std::any_of(node.members.begin(), node.members.end(), same)) {
        return at(file_, line, shown(name) + " is there twice", "Remove one of the two.");
      }
      Result<Node> copied = copy(pair.second, depth + 1);
      if (!copied) return copied;
      node.members.push_back({std::move(name), line, std::move(*copied)});
    }
    return node;
  }

  std::string_view file_;
  std::size_t nodes_ = 0;
};

bool is_plain_json(const std::string& text) {
  constexpr std::string_view kNumber = "-0123456789";
  const bool word = text == "true" || text == "false";
  return word || (kNumber.find(text[0]) != std::string_view::npos && json::is_valid(text));
}

void append_json(json::Writer& writer, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      writer.Null();
      return;
    case Node::Kind::scalar:
      if (!node.quoted && !node.text.empty() && is_plain_json(node.text)) {
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

Result<Node> parse(std::string_view text, std::string_view file) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.empty()) return Node{};
    if (documents.size() > 1) {
      return at(file, line_of(documents[1].Mark()), "a second document",
                "Remove the line \"---\".");
    }
    return Copying(file).copy(documents[0], 0);
  } catch (const YAML::Exception& problem) {
    return at(file, line_of(problem.mark), "not valid YAML: " + visible(problem.msg),
              "Check indentation, colons and quotes at that line.");
  }
}

std::string to_json(const Node& node) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  append_json(writer, node);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace dockerhub::yaml
