// What is left of the rows at run time: names and handlers, in a tuple that is a constant. Rows
// that only the manifest needs leave nothing.
#pragma once

#include <string_view>
#include <tuple>
#include <type_traits>

#include "dockerhub/sdk/action.hpp"
#include "dockerhub/sdk/answer_of.hpp"
#include "dockerhub/sdk/module.hpp"

namespace dockerhub::sdk {

struct Unbound {};
template <typename Work>
struct BoundAction {
  std::string_view tool, action;
  Work work;
};
template <typename Work>
struct BoundResource {
  std::string_view uri;
  Work work;
};
template <typename Work>
struct BoundPrompt {
  std::string_view name;
  Work work;
};

class Binder {
 public:
  constexpr explicit Binder(std::string_view tool) : tool_(tool) {}

  constexpr Unbound operator()(const Tool& row) {
    tool_ = row.name;
    return {};
  }
  constexpr Unbound operator()(const Action<RequestRow>&) { return {}; }
  template <typename Work>
  constexpr BoundAction<Work> operator()(const Action<Work>& row) {
    return {tool_, row.facts().name, row.work()};
  }
  template <typename Work>
  constexpr BoundResource<Work> operator()(const Resource<Work>& row) {
    return {row.uri, row.work};
  }
  constexpr BoundResource<AnswerOf> operator()(const Resource<AnswerOf>& row) {
    AnswerOf work = row.work;
    work.media_type = row.media_type;
    return {row.uri, work};
  }
  template <typename Work>
  constexpr BoundPrompt<Work> operator()(const Prompt<Work>& row) {
    return {row.name, row.work};
  }
  template <typename Work>
  constexpr Completion<Work> operator()(const Completion<Work>& row) {
    return row;
  }
  template <typename Work>
  constexpr Health<Work> operator()(const Health<Work>& row) {
    return row;
  }
  template <typename Work>
  constexpr Watch<Work> operator()(const Watch<Work>& row) {
    return row;
  }
  template <typename State>
  constexpr InstanceRow<State> operator()(const InstanceRow<State>& row) {
    return row;
  }
  template <typename Row>
  constexpr Unbound operator()(const Row&) {
    return {};
  }

 private:
  std::string_view tool_;
};

template <typename Rows>
consteval auto bind_rows() {
  return Rows::visit([](const Module& module_row, const auto&... rows) {
    Binder bind(module_row.name);
    return std::tuple<decltype(bind(rows))...>{bind(rows)...};
  });
}

// The state type that the rows name, NoInstance without one.
template <typename... Row>
struct StateOf {
  using type = NoInstance;
};
template <typename State, typename... Row>
struct StateOf<InstanceRow<State>, Row...> {
  using type = State;
};
template <typename First, typename... Row>
struct StateOf<First, Row...> : StateOf<Row...> {};
template <typename Tuple>
struct StateOfTuple;
template <typename... Row>
struct StateOfTuple<std::tuple<Row...>> : StateOf<Row...> {};

// Kinds of what is left of rows, by what their members are.
struct IsAction {
  template <typename Work>
  static std::true_type test(const BoundAction<Work>&);
  static std::false_type test(...);
};
struct IsResource {
  template <typename Work>
  static std::true_type test(const BoundResource<Work>&);
  static std::false_type test(...);
};
struct IsPrompt {
  template <typename Work>
  static std::true_type test(const BoundPrompt<Work>&);
  static std::false_type test(...);
};
struct IsCompletion {
  template <typename Work>
  static std::true_type test(const Completion<Work>&);
  static std::false_type test(...);
};
struct IsHealth {
  template <typename Work>
  static std::true_type test(const Health<Work>&);
  static std::false_type test(...);
};
struct IsWatch {
  template <typename Work>
  static std::true_type test(const Watch<Work>&);
  static std::false_type test(...);
};

}  // namespace dockerhub::sdk
