#include "config/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "base/json.hpp"
#include "config/values.hpp"

namespace dockerhub::yaml {
namespace {

std::size_t line_of(const YAML::Mark& mark) {
  return mark.is_null() ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

// Ends the parser's work from within one of its events.
struct Refusal {
  std::size_t line;
  std::string what, hint;
};

bool is_null_text(std::string_view text) {
  constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
  return std::find(kNull.begin(), kNull.end(), text) != kNull.end();
}

// Builds our nodes from the parser's events. The library's own tree is not used: it follows
// aliases, and one that names what it stands in is never freed.
class Building : public YAML::EventHandler {
 public:
  Node result() && { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(mark, Node{}); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refusal{line_of(mark), "an alias (*name)", "Write the value itself."};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    Node node;
    node.text = value;
    node.quoted = tag != "?" && !tag.empty();
    node.kind = !node.quoted && is_null_text(value) ? Node::Kind::null : Node::Kind::scalar;
    add(mark, std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::array);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::object);
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  // A list or section that is not complete. Only the innermost one grows, so that the others stay
  // where they are.
  struct Open {
    Node* node;
    bool value_follows = false;  // of a section: a name has been read
  };

  void open(const YAML::Mark& mark, Node::Kind kind) {
    if (open_.size() >= kMaxDepth)
      throw Refusal{line_of(mark), "nested too deep", "Write it flatter."};
    Node node;
    node.kind = kind;
    open_.push_back({add(mark, std::move(node))});
  }

  Node* add(const YAML::Mark& mark, Node node) {
    node.line = line_of(mark);
    if (++nodes_ > kMaxNodes) throw Refusal{node.line, "too many values", "Keep what is needed."};
    if (open_.empty()) return &(root_ = std::move(node));
    Open& parent = open_.back();
    if (parent.node->kind == Node::Kind::array)
      return &parent.node->items.emplace_back(std::move(node));
    parent.value_follows = !parent.value_follows;
    if (!parent.value_follows) return &(parent.node->members.back().value = std::move(node));
    add_name(*parent.node, node);
    return nullptr;
  }

  static void add_name(Node& object, Node& name) {
    if (name.kind != Node::Kind::scalar) {
      throw Refusal{name.line, "a name that is not text", "Write NAME: VALUE."};
    }
    const auto same = [&name](const Member& member) { return member.name == name.text; };
    if (std::any_of(object.members.begin(), object.members.end(), same)) {
      throw Refusal{name.line, shown(name.text) + " is there twice", "Remove one of the two."};
    }
    object.members.push_back({std::move(name.text), name.line, {}});
  }

  Node root_;
  std::vector<Open> open_;
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
  const auto fail = [&file](std::size_t line, const std::string& what, std::string hint) {
    return refused(std::string(file) + ":" + std::to_string(line) + ": " + what, std::move(hint));
  };
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Building first;
    Building second;
    if (parser.HandleNextDocument(first) && parser.HandleNextDocument(second)) {
      return fail(std::move(second).result().line, "a second document", "Remove the line \"---\".");
    }
    return std::move(first).result();
  } catch (const Refusal& refusal) {
    return fail(refusal.line, refusal.what, refusal.hint);
  } catch (const YAML::Exception& problem) {
    return fail(line_of(problem.mark), "not valid YAML: " + visible(problem.msg),
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
