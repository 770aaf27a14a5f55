// The C side of a module, made from its rows: dh_entry with create, destroy and extension, and the
// tables of functions behind them. Every function that the kernel calls ends here in a try block,
// so that nothing thrown by a handler crosses the interface.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "dockerhub/sdk/binding.hpp"
#include "dockerhub/sdk/checks.hpp"
#include "dockerhub/sdk/context.hpp"
#include "dockerhub/sdk/guard.hpp"
#include "dockerhub/sdk/manifest.hpp"
#include "dockerhub/sdk/uri_template.hpp"

namespace dockerhub::sdk {

template <typename Rows>
class ModuleEntry {
  static_assert(rows_are_right<Rows>());
  static constexpr auto kRows = bind_rows<Rows>();
  using State = typename StateOfTuple<std::remove_const_t<decltype(kRows)>>::type;

  struct Instance {
    explicit Instance(const dh_host* raw) : host(raw), state(make_state(host)) {}
    Host host;
    std::unique_ptr<State> state;
  };

 public:
  static dh_status create(const dh_host* host, dh_module** module_out) noexcept {
    try {
      auto made = std::make_unique<Instance>(host);
      if (made->state == nullptr) return DH_E_FAILED;
      *module_out = reinterpret_cast<dh_module*>(made.release());
      return DH_OK;
    } catch (const std::exception& thrown) {
      complain(host, thrown.what());
    } catch (...) {
      complain(host, "an exception that is no std::exception");
    }
    return DH_E_FAILED;
  }

  static void destroy(dh_module* raw) noexcept { delete &of(raw); }

  static const void* extension(dh_module*, dh_str id) noexcept {
    const std::string_view name = from_abi(id);
    if (name == DH_TOOLS_1 && has<IsAction>()) return &kTools;
    if (name == DH_RESOURCES_1 && has<IsResource>()) return &kResources;
    if (name == DH_PROMPTS_1 && has<IsPrompt>()) return &kPrompts;
    if (name == DH_COMPLETE_1 && has<IsCompletion>()) return &kComplete;
    if (name == DH_HEALTH_1 && has<IsHealth>()) return &kHealth;
    return nullptr;
  }

 private:
  static Instance& of(dh_module* raw) { return *reinterpret_cast<Instance*>(raw); }

  static void complain(const dh_host* host, const char* what) noexcept {
    try {
      Host(host).log(Level::error, what);
    } catch (const std::exception&) {
      return;  // without memory for the line there is only the status
    }
  }

  static std::unique_ptr<State> make_state(const Host& host) {
    std::unique_ptr<State> state;
    each([&](const auto& row) {
      if constexpr (requires { row.create; }) state = row.create(host);
    });
    if constexpr (std::is_same_v<State, NoInstance>) state = std::make_unique<State>();
    return state;
  }

  template <typename Visit>
  static constexpr void each(Visit visit) {
    std::apply([&](const auto&... row) { (visit(row), ...); }, kRows);
  }

  template <typename Is, typename Row>
  static constexpr bool is(const Row& row) {
    return decltype(Is::test(row))::value;
  }
  template <typename Is>
  static constexpr bool has() {
    bool found = false;
    each([&](const auto& row) { found = found || is<Is>(row); });
    return found;
  }

  template <typename Work, typename... More>
  static Status run(const Work& work, Instance& instance, Context& context, More... more) {
    if constexpr (std::is_same_v<typename Work::Instance, NoInstance>) {
      NoInstance none;
      return work.run(none, context, more...);
    } else {
      static_assert(std::is_same_v<typename Work::Instance, State>,
                    "a handler's state is not the type of the module's instance row");
      return work.run(*instance.state, context, more...);
    }
  }

  // Runs the handler of the first row of that kind for which `picks(row)` is true.
  template <typename Is, typename Picks, typename... More>
  static Status dispatch(Instance& instance, Context& context, Picks picks, More... more) {
    Status status = DH_E_NOT_FOUND;
    bool found = false;
    each([&](const auto& row) {
      if constexpr (decltype(Is::test(row))::value) {
        if (found || !picks(row)) return;
        found = true;
        status = run(row.work, instance, context, more...);
      }
    });
    return status;
  }

  static dh_status invoke_action(dh_module* raw, dh_call* call, dh_str tool,
                                 dh_str action) noexcept {
    Instance& instance = of(raw);
    return guarded(instance.host, call, {}, {}, [&](Context& context) {
      return dispatch<IsAction>(instance, context, [&](const auto& row) {
        return row.action == from_abi(action) && row.tool == from_abi(tool);
      });
    });
  }

  static dh_status read_resource(dh_module* raw, dh_call* call, dh_str uri) noexcept {
    Instance& instance = of(raw);
    return guarded(instance.host, call, from_abi(uri), "{}", [&](Context&) {
      Status status = DH_E_NOT_FOUND;
      bool found = false;
      each([&](const auto& row) {
        if constexpr (decltype(IsResource::test(row))::value) {
          const auto variables = found ? std::nullopt : match_uri(row.uri, from_abi(uri));
          if (!variables) return;
          found = true;
          Context context(instance.host, call, from_abi(uri), variables->text());
          status = run(row.work, instance, context);
          if (status) status = context.done();
        }
      });
      return status;
    });
  }

  static dh_status watch(dh_module* raw, dh_call* call, dh_str uri, int32_t on) noexcept {
    Instance& instance = of(raw);
    return guarded(instance.host, call, from_abi(uri), "{}", [&](Context& context) {
      return dispatch<IsWatch>(
          instance, context, [](const auto&) { return true; }, from_abi(uri), on != 0);
    });
  }

  static dh_status get_prompt(dh_module* raw, dh_call* call, dh_str name,
                              dh_str arguments) noexcept {
    Instance& instance = of(raw);
    return guarded(instance.host, call, {}, json_or_empty(arguments), [&](Context& context) {
      return dispatch<IsPrompt>(instance, context,
                                [&](const auto& row) { return row.name == from_abi(name); });
    });
  }

  static dh_status complete(dh_module* raw, dh_call* call, dh_str request) noexcept {
    Instance& instance = of(raw);
    return guarded(instance.host, call, {}, json_or_empty(request), [&](Context& context) {
      return dispatch<IsCompletion>(instance, context, [](const auto&) { return true; });
    });
  }

  static dh_status check_health(dh_module* raw, dh_call* call) noexcept {
    Instance& instance = of(raw);
    return guarded(instance.host, call, {}, "{}", [&](Context& context) {
      return dispatch<IsHealth>(instance, context, [](const auto&) { return true; });
    });
  }

  static std::string_view json_or_empty(dh_str json) {
    return json.size == 0 ? "{}" : from_abi(json);
  }

  static constexpr dh_tools_1 kTools{sizeof(dh_tools_1), 0, &invoke_action};
  static constexpr dh_resources_1 kResources{sizeof(dh_resources_1), 0, &read_resource,
                                             has<IsWatch>() ? &watch : nullptr};
  static constexpr dh_prompts_1 kPrompts{sizeof(dh_prompts_1), 0, &get_prompt};
  static constexpr dh_complete_1 kComplete{sizeof(dh_complete_1), 0, &complete};
  static constexpr dh_health_1 kHealth{sizeof(dh_health_1), 0, &check_health};
};

}  // namespace dockerhub::sdk
