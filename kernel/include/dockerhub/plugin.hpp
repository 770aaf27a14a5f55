// The SDK for modules in C++20, over the C interface of abi.h. A module is a table of rows; from
// the rows come manifest, JSON Schema, command line, MCP tool and documentation. A whole module:
//
//   #include <dockerhub/plugin.hpp>
//   using namespace dockerhub::sdk;
//   Status greet(Context& ctx) { return ctx.answer({{"greeting", ctx.params().text("name")}}); }
//   DOCKERHUB_MODULE(module("hello", "1.0.0"),
//       action("greet", read, "Greets somebody", call(greet), {string("name", "Whom").required()}))
//
// with, in its CMakeLists.txt, find_package(DockerHub REQUIRED) and
// dockerhub_add_module(hello SOURCES hello.cpp).
//
// Rows, in any order after module(...):
//   module       sdk/module.hpp     name, version, title, toggle, needed extensions
//   tool         sdk/module.hpp     actions after it belong to it; without one: a tool of the
//                                   module's name
//   action       sdk/action.hpp     call(handler), or a request that the kernel sends by itself:
//                sdk/request.hpp    GET("/v2/namespaces/{namespace}"), HEAD, POST, PUT, PATCH,
//                                   DELETE
//   parameters   sdk/parameter.hpp  string, integer, number, boolean, array, object, any,
//                                   repository, store
//   work of      sdk/answer_of.hpp  resources: what an action answers
//   rows         sdk/steps.hpp      prompts: steps with the actions that do them
//   others       sdk/module.hpp     setting, secret_setting, destination, resource,
//                                   resource_template, prompt, completion, health, watch,
//                                   instance<State>, on_create
// Handlers are `Status f(Context&)`, with state `Status f(State&, Context&)` or a member function
// of it (sdk/handler.hpp). What they can do is in sdk/context.hpp; sdk/json.hpp makes answers;
// sdk/ask.hpp, sdk/http.hpp, sdk/store.hpp, sdk/digest.hpp, sdk/kept.hpp are the services.
//
// Rules. Keep nothing global: state belongs to instance<State>(). Handlers run on several threads
// at once. A handler that fails says so with `return ctx.fail(...)` or passes on the status it got;
// what it throws is told as a ModuleError. A mistake in a row ends the compilation with the rule it
// breaks. The row names read, write and destructive are effects inside DOCKERHUB_MODULE: call
// handlers otherwise.
#pragma once

#include "dockerhub/abi.h"
#include "dockerhub/sdk/entry.hpp"

// The manifest is found by its section: it has to outlive the compiler, the linker and strip.
#if defined(__has_cpp_attribute) && __has_cpp_attribute(gnu::retain)
#define DOCKERHUB_MANIFEST_SECTION gnu::section(DH_MANIFEST_SECTION), gnu::used, gnu::retain
#else
#define DOCKERHUB_MANIFEST_SECTION gnu::section(DH_MANIFEST_SECTION), gnu::used
#endif

// Makes a module of its rows; once per library, at namespace scope.
#define DOCKERHUB_MODULE(...)                                                               \
  namespace {                                                                               \
  struct DockerhubRows {                                                                    \
    template <typename Visitor>                                                             \
    static constexpr auto visit(Visitor visitor) {                                          \
      using namespace ::dockerhub::sdk;                                                     \
      using ::dockerhub::sdk::read, ::dockerhub::sdk::write, ::dockerhub::sdk::destructive; \
      static_cast<void>(read), static_cast<void>(write), static_cast<void>(destructive);    \
      return visitor(__VA_ARGS__);                                                          \
    }                                                                                       \
  };                                                                                        \
  [[DOCKERHUB_MANIFEST_SECTION]] constexpr auto dockerhub_manifest =                        \
      ::dockerhub::sdk::manifest<DockerhubRows>();                                          \
  }                                                                                         \
  extern "C" {                                                                              \
  extern DH_EXPORT const dh_entry dockerhub_module_entry;                                   \
  constinit const dh_entry dockerhub_module_entry = {                                       \
      DH_MAGIC,                                                                             \
      sizeof(dh_entry),                                                                     \
      DH_ABI_MAJOR,                                                                         \
      DH_ABI_MINOR,                                                                         \
      &::dockerhub::sdk::ModuleEntry<DockerhubRows>::create,                                \
      &::dockerhub::sdk::ModuleEntry<DockerhubRows>::destroy,                               \
      &::dockerhub::sdk::ModuleEntry<DockerhubRows>::extension};                            \
  }
