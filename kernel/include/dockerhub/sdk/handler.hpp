// Handlers: the functions behind actions, resources, prompts and completions. call(f) puts one into
// a row; f is a function, a lambda without captures, or a member function of the module's instance
// type:
//
//   Status f(Context&);   Status f(State&, Context&);   Status State::f(Context&);
//
// A handler may run on several threads at once; each run has a Context of its own. What it throws
// is told to the user as a ModuleError.
#pragma once

#include <concepts>
#include <type_traits>

#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

class Context;

// The instance of a module that keeps nothing.
struct NoInstance {};

template <typename State, typename Function>
struct Handler {
  using Instance = State;
  Function function;

  // more: what a watch handler is told beside the call.
  template <typename... More>
  Status run([[maybe_unused]] State& state, Context& context, More... more) const {
    if constexpr (std::is_member_function_pointer_v<Function>) {
      return (state.*function)(context, more...);
    } else if constexpr (std::is_invocable_v<Function, State&, Context&, More...>) {
      return function(state, context, more...);
    } else {
      return function(context, more...);
    }
  }
};

// The handler of a row that the kernel executes by itself.
struct NoHandler {};

using PlainFunction = Status (*)(Context&);
template <typename State>
using StateFunction = Status (*)(State&, Context&);
template <typename State>
using MemberFunction = Status (State::*)(Context&);

constexpr Handler<NoInstance, PlainFunction> call(PlainFunction function) {
  return {function};
}

template <typename State>
constexpr Handler<State, StateFunction<State>> call(StateFunction<State> function) {
  return {function};
}

template <typename State>
constexpr Handler<State, MemberFunction<State>> call(MemberFunction<State> function) {
  return {function};
}

}  // namespace dockerhub::sdk
