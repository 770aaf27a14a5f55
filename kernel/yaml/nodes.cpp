#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "conversions.hpp"

namespace dockerhub::yaml {
namespace {

// Ends the parser's work from within one of its events.
struct Refusal {
  Problem problem;
};

[[noreturn]] void refuse(std::size_t line, std::string what, std::string hint,
                         std::string name = {}) {
  throw Refusal{{line, std::move(name), std::move(what), std::move(hint)}};
}

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
    refuse(line_of(mark), "an alias (*name)", "Write the value itself.");
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
    if (open_.size() >= kMaxDepth) refuse(line_of(mark), "nested too deep", "Write it flatter.");
    Node node;
    node.kind = kind;
    open_.push_back({add(mark, std::move(node))});
  }

  Node* add(const YAML::Mark& mark, Node node) {
    node.line = line_of(mark);
    if (++nodes_ > kMaxNodes) refuse(node.line, "too many values", "Keep what is needed.");
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
      refuse(name.line, "a name that is not text", "Write NAME: VALUE.");
    }
    const auto same = [&name](const Member& member) { return member.name == name.text; };
    if (std::any_of(object.members.begin(), object.members.end(), same)) {
      refuse(name.line, "is there twice", "Remove one of the two.", name.text);
    }
    object.members.push_back({std::move(name.text), name.line, {}});
  }

  Node root_;
  std::vector<Open> open_;
  std::size_t nodes_ = 0;
};

}  // namespace

std::size_t line_of(const YAML::Mark& mark) {
  return mark.is_null() ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

Read<Node> nodes_of(std::string_view text) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Building first;
    Building second;
    if (parser.HandleNextDocument(first) && parser.HandleNextDocument(second)) {
      const std::size_t line = std::move(second).result().line;
      return tl::unexpected(Problem{line, {}, "a second document", "Remove the line \"---\"."});
    }
    return std::move(first).result();
  } catch (const Refusal& refusal) {
    return tl::unexpected(refusal.problem);
  } catch (const YAML::Exception& fault) {
    return tl::unexpected(Problem{line_of(fault.mark),
                                  {},
                                  "not valid YAML: " + fault.msg,
                                  "Check indentation, colons and quotes at that line."});
  } catch (const std::exception& fault) {
    return tl::unexpected(Problem{1, {}, fault.what(), "Write it simpler."});
  }
}

}  // namespace dockerhub::yaml
