#include "scout/graphql_document.hpp"

#include <cctype>
#include <utility>

namespace dockerhub::sandbox {
namespace {

Failure syntax_error(std::string what) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "Syntax Error: " + std::move(what);
  return Failure(std::move(error));
}

// Names, "...", and single signs; what GraphQL takes for blanks is passed over.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  std::string_view peek() {
    const std::size_t begin = text_.find_first_not_of(" \t\r\n,", at_);
    at_ = begin == std::string_view::npos ? text_.size() : begin;
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    if (end == at_ && text_.substr(at_, 3) == "...") end = at_ + 3;
    if (end == at_ && end < text_.size()) ++end;
    return text_.substr(at_, end - at_);
  }
  std::string_view next() {
    const std::string_view token = peek();
    at_ += token.size();
    return token;
  }
  bool take(std::string_view token) {
    if (peek() != token || token.empty()) return false;
    at_ += token.size();
    return true;
  }
  static bool is_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

class QueryReader {
 public:
  explicit QueryReader(std::string_view document) : tokens_(document) {}

  Result<std::vector<Selection>> read() {
    if (tokens_.take("query") && tokens_.peek() != "{") tokens_.next();
    if (tokens_.take("(")) {
      while (!tokens_.peek().empty() && !tokens_.take(")")) tokens_.next();
    }
    auto fields = selection_set(0);
    if (fields && !tokens_.peek().empty())
      return syntax_error("unexpected " + std::string(tokens_.peek()));
    return fields;
  }

 private:
  Result<std::vector<Selection>> selection_set(int depth) {
    constexpr int kMostDepth = 32;
    if (!tokens_.take("{") || depth == kMostDepth)
      return syntax_error("expected a selection set at " + std::string(tokens_.peek()));
    std::vector<Selection> fields;
    while (!tokens_.take("}")) {
      auto one = selection(depth);
      if (!one) return Failure(std::move(one.error()));
      fields.push_back(*std::move(one));
    }
    return fields;
  }

  Result<Selection> selection(int depth) {
    Selection one;
    if (tokens_.take("...")) {
      if (!tokens_.take("on")) return syntax_error("expected a type condition");
      one.type = tokens_.next();
    } else {
      one.name = tokens_.next();
      if (one.name.empty() || !Tokens::is_name(one.name.front()))
        return syntax_error("expected a name at " + one.name);
    }
    if (tokens_.take("(") && !arguments(one.arguments)) return syntax_error("expected an argument");
    if (tokens_.take("@")) {
      std::map<std::string, std::string, std::less<>> given;
      const bool is_known = tokens_.take("include") && tokens_.take("(") && arguments(given);
      if (!is_known) return syntax_error("expected @include(if: $variable)");
      one.condition = given["if"];
    }
    if (tokens_.peek() != "{") return one;
    auto fields = selection_set(depth + 1);
    if (!fields) return Failure(std::move(fields.error()));
    one.fields = *std::move(fields);
    return one;
  }

  // name: $variable
  bool arguments(std::map<std::string, std::string, std::less<>>& known) {
    while (!tokens_.take(")")) {
      const std::string name(tokens_.next());
      if (name.empty() || !tokens_.take(":") || !tokens_.take("$")) return false;
      known[name] = tokens_.next();
    }
    return true;
  }

  Tokens tokens_;
};

Result<void> project_field(const json::Value& value, const Selection& field,
                           const json::Value& variables, json::Writer& writer) {
  const json::Value* found = json::find(value, field.name);
  if (found == nullptr) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = "Cannot query field \"" + field.name + "\".";
    return Failure(std::move(error));
  }
  json::put_key(writer, field.name);
  return project(*found, field.fields, variables, writer);
}

bool is_included(const Selection& one, const json::Value& value, const json::Value& variables) {
  if (!one.condition.empty() && !json::flag_of(variables, one.condition)) return false;
  return one.type.empty() || json::text_of(value, "__typename") == one.type;
}

Result<void> project_members(const json::Value& value, const std::vector<Selection>& fields,
                             const json::Value& variables, json::Writer& writer) {
  for (const Selection& one : fields) {
    if (!is_included(one, value, variables)) continue;
    const Result<void> done = one.name.empty()
                                  ? project_members(value, one.fields, variables, writer)
                                  : project_field(value, one, variables, writer);
    if (!done) return done;
  }
  return {};
}

}  // namespace

Result<std::vector<Selection>> read_query(std::string_view document) {
  return QueryReader(document).read();
}

Result<void> project(const json::Value& value, const std::vector<Selection>& fields,
                     const json::Value& variables, json::Writer& writer) {
  if (value.IsArray()) {
    writer.StartArray();
    for (const json::Value& element : value.GetArray()) {
      if (Result<void> done = project(element, fields, variables, writer); !done) return done;
    }
    writer.EndArray();
    return {};
  }
  if (!value.IsObject()) {
    json::put_raw(writer, json::write(value));
    return {};
  }
  writer.StartObject();
  if (Result<void> done = project_members(value, fields, variables, writer); !done) return done;
  writer.EndObject();
  return {};
}

}  // namespace dockerhub::sandbox
