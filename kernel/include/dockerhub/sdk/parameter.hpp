// Rows of parameters. A parameter is made by the function of its type and refined by member
// functions, each of which gives a changed copy, so that one row can serve several actions:
//
//   constexpr auto repository = string("repository", "Name of the repository").required();
//   constexpr auto source = repository.named("source");
//
// The kernel checks every call against these rows; a handler finds its parameters already right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dockerhub/sdk/constant.hpp"
#include "dockerhub/sdk/list.hpp"

namespace dockerhub::sdk {

enum class Type { string, integer, number, boolean, array, object, any, repository, store };

constexpr std::string_view type_name(Type type) {
  constexpr std::array<std::string_view, 9> kNames = {
      "string", "integer", "number", "boolean", "array", "object", "any", "repository", "store"};
  return kNames[static_cast<std::size_t>(type)];
}

// Where a parameter goes in a request row. `automatic`: into the path when the template names it,
// else into the query of GET, HEAD and DELETE, into the body of POST, PUT and PATCH.
enum class Place { automatic, none, path, query, body, header };

struct Parameter {
  std::string_view name{};
  Type type = Type::string;
  std::string_view description{};
  bool is_required = false;
  bool is_secret = false;
  Constant initial{};
  Constant sample{};
  Texts<8> aliases{};
  Texts<32> allowed{};
  Constant minimum{};
  Constant maximum{};
  std::optional<std::size_t> min_length{}, max_length{};
  std::optional<std::size_t> min_items{}, max_items{};
  std::string_view regular_expression{};
  std::string_view text_format{};
  Type item_type = Type::string;
  Place place = Place::automatic;
  std::string_view wire_name{};
  bool is_also_in_body = false;
  const Parameter* members = nullptr;  // of a group
  std::size_t member_count = 0;

  // A copy with one change. Stands before its users: clang does not see it from constant
  // expressions otherwise.
  template <typename Change>
  constexpr Parameter with(Change change) const {
    Parameter changed = *this;
    change(changed);
    return changed;
  }
  constexpr Parameter at(Place where) const {
    return with([&](Parameter& p) { p.place = where; });
  }

  constexpr Parameter named(std::string_view other) const {
    return with([&](Parameter& p) { p.name = other; });
  }
  constexpr Parameter required() const {
    return with([](Parameter& p) { p.is_required = true; });
  }
  // A text that is never taken from a command line, never shown in examples, plans, journals.
  constexpr Parameter secret() const {
    return with([](Parameter& p) { p.is_secret = true; });
  }
  // The value of a call that does not give one.
  constexpr Parameter defaults(Constant value) const {
    return with([&](Parameter& p) { p.initial = value; });
  }
  constexpr Parameter example(Constant value) const {
    return with([&](Parameter& p) { p.sample = value; });
  }
  // Other names that are accepted; the handler sees the canonical one.
  template <typename... Name>
  constexpr Parameter alias(Name... names) const {
    return with([&](Parameter& p) { (p.aliases.add(names), ...); });
  }
  // The only values of a text, or of the texts in an array.
  template <typename... Value>
  constexpr Parameter choices(Value... values) const {
    return with([&](Parameter& p) { (p.allowed.add(values), ...); });
  }
  // Bounds of a number, both included.
  constexpr Parameter min(Constant bound) const {
    return with([&](Parameter& p) { p.minimum = bound; });
  }
  constexpr Parameter max(Constant bound) const {
    return with([&](Parameter& p) { p.maximum = bound; });
  }
  // Bounds of a text, in Unicode code points, both included.
  constexpr Parameter length(std::size_t least, std::optional<std::size_t> most = {}) const {
    return with([&](Parameter& p) { p.min_length = least, p.max_length = most; });
  }
  // Bounds of an array, both included.
  constexpr Parameter count(std::size_t least, std::optional<std::size_t> most = {}) const {
    return with([&](Parameter& p) { p.min_items = least, p.max_items = most; });
  }
  // A regular expression (PCRE) that the whole text has to match.
  constexpr Parameter pattern(std::string_view expression) const {
    return with([&](Parameter& p) { p.regular_expression = expression; });
  }
  // "date-time", "uri", "email": tells the reader, checks nothing.
  constexpr Parameter format(std::string_view name_of_format) const {
    return with([&](Parameter& p) { p.text_format = name_of_format; });
  }
  // What an array holds.
  constexpr Parameter items(Type of) const {
    return with([&](Parameter& p) { p.item_type = of; });
  }
  // The name on the wire of a request row, where it differs.
  constexpr Parameter as(std::string_view on_the_wire) const {
    return with([&](Parameter& p) { p.wire_name = on_the_wire; });
  }
  constexpr Parameter in_path() const { return at(Place::path); }
  constexpr Parameter in_query() const { return at(Place::query); }
  constexpr Parameter in_body() const { return at(Place::body); }
  // In its own place and, under the same name, in the body too.
  constexpr Parameter also_in_body() const {
    return with([](Parameter& p) { p.is_also_in_body = true; });
  }
  constexpr Parameter in_header(std::string_view header) const {
    return at(Place::header).as(header);
  }
  // Checked, but not sent.
  constexpr Parameter not_sent() const { return at(Place::none); }

  // By the count: g++ with UBSan takes no comparison of an address for a constant.
  constexpr bool is_group() const { return member_count != 0; }
};

constexpr Parameter parameter(Type type, std::string_view name, std::string_view description) {
  Parameter row;
  row.name = name;
  row.type = type;
  row.description = description;
  return row;
}

constexpr Parameter string(std::string_view name, std::string_view description) {
  return parameter(Type::string, name, description);
}
constexpr Parameter integer(std::string_view name, std::string_view description) {
  return parameter(Type::integer, name, description);
}
constexpr Parameter number(std::string_view name, std::string_view description) {
  return parameter(Type::number, name, description);
}
constexpr Parameter boolean(std::string_view name, std::string_view description) {
  return parameter(Type::boolean, name, description);
}
constexpr Parameter array(std::string_view name, std::string_view description) {
  return parameter(Type::array, name, description);
}
constexpr Parameter object(std::string_view name, std::string_view description) {
  return parameter(Type::object, name, description);
}
constexpr Parameter any(std::string_view name, std::string_view description) {
  return parameter(Type::any, name, description);
}
// The name of a repository in a registry: keeps its "/" in a path.
constexpr Parameter repository(std::string_view name, std::string_view description) {
  return parameter(Type::repository, name, description);
}
// Content that the frontend binds; the handler opens it with Context::store.
constexpr Parameter store(std::string_view name, std::string_view description) {
  return parameter(Type::store, name, description);
}

// Several rows under one name, put into a parameter list like one. The array has static storage.
template <std::size_t Count>
constexpr Parameter group(const Parameter (&rows)[Count]) {
  Parameter row;
  row.members = rows;
  row.member_count = Count;
  return row;
}

inline constexpr Parameter kPagingParameters[] = {
    integer("page", "Page to answer.").min(1),
    integer("page_size", "Items on a page.").min(1).max(100)};
// page and page_size, as Docker Hub's lists take them.
inline constexpr Parameter paging = group(kPagingParameters);

// Calls visit(parameter) for each row of a list, groups unfolded.
template <typename Rows, typename Visit>
constexpr void for_each_parameter(const Rows& rows, Visit visit) {
  for (const Parameter& row : rows) {
    if (!row.is_group()) visit(row);
    for (std::size_t i = 0; i < row.member_count; ++i) visit(row.members[i]);
  }
}

}  // namespace dockerhub::sdk
