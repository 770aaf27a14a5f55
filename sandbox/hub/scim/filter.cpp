#include "hub/scim/filter.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/json.hpp"

namespace dockerhub::sandbox {

struct ScimFilter::Node {
  enum class Kind { both, either, negation, comparison };
  using Compare = bool (*)(const std::string& value, const std::string& wanted);

  Kind kind = Kind::comparison;
  std::shared_ptr<const Node> left, right;  // `right` of both and either only
  std::string attribute;
  Compare compare = nullptr;
  bool negated = false;  // `ne`
  std::string wanted;
};

namespace {

using Node = ScimFilter::Node;
using NodePointer = std::shared_ptr<const Node>;

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& letter : small)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return small;
}

struct Operator {
  std::string_view name;
  Node::Compare compare;
  bool negated;
};
constexpr std::array<Operator, 4> kOperators = {{
    {"eq", [](const std::string& value, const std::string& wanted) { return value == wanted; },
     false},
    {"ne", [](const std::string& value, const std::string& wanted) { return value == wanted; },
     true},
    {"co",
     [](const std::string& value, const std::string& wanted) {
       return value.find(wanted) != std::string::npos;
     },
     false},
    {"sw",
     [](const std::string& value, const std::string& wanted) { return value.starts_with(wanted); },
     false},
}};

// Reads from left to right; a rule that fails leaves the error and gives nullptr.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  NodePointer parse() {
    NodePointer root = either();
    skip_spaces();
    if (root != nullptr && place_ < text_.size()) return fail("something follows the expression");
    return root;
  }

  Error error() const {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = message_ + " at character " + std::to_string(place_ + 1);
    error.hint = "Write for instance: userName eq \"somebody@example.com\" and active eq true";
    return error;
  }

 private:
  static constexpr int kMostDepth = 32;

  NodePointer either() { return joined("or", Node::Kind::either, &Parser::both); }
  NodePointer both() { return joined("and", Node::Kind::both, &Parser::part); }

  NodePointer joined(std::string_view word, Node::Kind kind, NodePointer (Parser::*operand)()) {
    NodePointer left = (this->*operand)();
    while (left != nullptr && take_word(word)) {
      NodePointer right = (this->*operand)();
      if (right == nullptr) return nullptr;
      Node node;
      node.kind = kind;
      node.left = std::move(left);
      node.right = std::move(right);
      left = std::make_shared<const Node>(std::move(node));
    }
    return left;
  }

  NodePointer part() {
    if (take_word("not")) {
      if (!take('(')) return fail("( has to follow not");
      return negated(group());
    }
    return take('(') ? group() : comparison();
  }

  // After its opening parenthesis.
  NodePointer group() {
    if (++depth_ > kMostDepth) return fail("the filter is nested too deeply");
    NodePointer inner = either();
    --depth_;
    if (inner != nullptr && !take(')')) return fail(") is missing");
    return inner;
  }

  static NodePointer negated(NodePointer inner) {
    if (inner == nullptr) return nullptr;
    Node node;
    node.kind = Node::Kind::negation;
    node.left = std::move(inner);
    return std::make_shared<const Node>(std::move(node));
  }

  NodePointer comparison() {
    Node node;
    node.attribute = word();
    if (node.attribute.empty()) return fail("the name of an attribute is missing");
    const std::string name = lower(word());
    const auto known =
        std::find_if(kOperators.begin(), kOperators.end(),
                     [&](const Operator& candidate) { return candidate.name == name; });
    if (known == kOperators.end()) return fail("the operators are eq, ne, co and sw");
    const std::optional<std::string> wanted = value();
    if (!wanted) return fail("a value is missing: a text in double quotes, true or false");
    node.compare = known->compare;
    node.negated = known->negated;
    node.wanted = lower(*wanted);
    return std::make_shared<const Node>(std::move(node));
  }

  std::optional<std::string> value() {
    skip_spaces();
    const std::size_t first = place_;
    if (first >= text_.size() || text_[first] != '"') {
      std::string plain = lower(word());
      return plain == "true" || plain == "false" ? std::optional(plain) : std::nullopt;
    }
    for (++place_; place_ < text_.size() && text_[place_] != '"'; ++place_) {
      if (text_[place_] == '\\') ++place_;
    }
    if (place_ >= text_.size()) return std::nullopt;
    ++place_;
    const Result<json::Document> text = json::parse(text_.substr(first, place_ - first));
    if (!text || !text->IsString()) return std::nullopt;
    return std::string(json::view(*text));
  }

  std::string word() {
    skip_spaces();
    const std::size_t first = place_;
    while (place_ < text_.size() && is_word(text_[place_])) ++place_;
    return std::string(text_.substr(first, place_ - first));
  }

  bool take_word(std::string_view wanted) {
    const std::size_t before = place_;
    if (lower(word()) == wanted) return true;
    place_ = before;
    return false;
  }

  bool take(char wanted) {
    skip_spaces();
    if (place_ >= text_.size() || text_[place_] != wanted) return false;
    ++place_;
    return true;
  }

  static bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '.' ||
           letter == '_' || letter == '-' || letter == ':' || letter == '$';
  }

  void skip_spaces() {
    while (place_ < text_.size() && text_[place_] == ' ') ++place_;
  }

  NodePointer fail(std::string message) {
    if (message_.empty()) message_ = std::move(message);
    return nullptr;
  }

  std::string_view text_;
  std::size_t place_ = 0;
  int depth_ = 0;
  std::string message_;
};

bool compares(const Node& node, const ScimFilter::Lookup& lookup) {
  const auto values = lookup(node.attribute);
  const bool any = values && std::any_of(values->begin(), values->end(), [&](const auto& value) {
                     return node.compare(lower(value), node.wanted);
                   });
  return any != node.negated;
}

bool node_fits(const Node& node, const ScimFilter::Lookup& lookup) {
  switch (node.kind) {
    case Node::Kind::both:
      return node_fits(*node.left, lookup) && node_fits(*node.right, lookup);
    case Node::Kind::either:
      return node_fits(*node.left, lookup) || node_fits(*node.right, lookup);
    case Node::Kind::negation:
      return !node_fits(*node.left, lookup);
    case Node::Kind::comparison:
      return compares(node, lookup);
  }
  return false;
}

}  // namespace

Result<ScimFilter> ScimFilter::parse(std::string_view text) {
  Parser parser(text);
  NodePointer root = parser.parse();
  if (root == nullptr) return Failure(parser.error());
  return ScimFilter(std::move(root));
}

bool ScimFilter::fits(const Lookup& lookup) const {
  return node_fits(*root_, lookup);
}

}  // namespace dockerhub::sandbox
