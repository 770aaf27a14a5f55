// The other rows of a module: the module itself (always the first), its tools, settings, network
// destinations, resources, prompts, and the functions that belong to no action. Actions belong to
// the tool row before them; without one they belong to a tool of the module's name.
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/constant.hpp"
#include "dockerhub/sdk/handler.hpp"
#include "dockerhub/sdk/list.hpp"

namespace dockerhub::sdk {

class Host;

struct Module {
  std::string_view name{}, version{};
  std::string_view title_text{}, description{}, publisher_name{}, license_name{};
  std::string_view toggle_variable{};
  Texts<8> toggle_aliases{};
  Texts<16> needed{}, used{}, row_features{};

  constexpr Module&& title(std::string_view text) { return set(title_text, text); }
  constexpr Module&& describe(std::string_view text) { return set(description, text); }
  constexpr Module&& publisher(std::string_view text) { return set(publisher_name, text); }
  constexpr Module&& license(std::string_view text) { return set(license_name, text); }
  // The variable that switches the module off when it is false, and other names of it.
  template <typename... Alias>
  constexpr Module&& toggle(std::string_view variable, Alias... aliases) {
    (toggle_aliases.add(aliases), ...);
    return set(toggle_variable, variable);
  }
  // Host extensions beside "call/1": without a needed one the kernel refuses the module; a used one
  // may be missing, its functions then say DH_E_UNSUPPORTED.
  template <typename... Id>
  constexpr Module&& needs(Id... ids) {
    (needed.add(ids), ...);
    return std::move(*this);
  }
  template <typename... Id>
  constexpr Module&& uses(Id... ids) {
    (used.add(ids), ...);
    return std::move(*this);
  }
  // Features of rows that a kernel has to know, beside "request/1", which request rows bring along.
  template <typename... Id>
  constexpr Module&& row_feature(Id... ids) {
    (row_features.add(ids), ...);
    return std::move(*this);
  }

 private:
  constexpr Module&& set(std::string_view& field, std::string_view text) {
    field = text;
    return std::move(*this);
  }
};

constexpr Module module(std::string_view name, std::string_view version) {
  Module row;
  row.name = name;
  row.version = version;
  return row;
}

struct Tool {
  std::string_view name{}, summary{}, title_text{}, description{};
  constexpr Tool&& title(std::string_view text) {
    title_text = text;
    return std::move(*this);
  }
  constexpr Tool&& describe(std::string_view text) {
    description = text;
    return std::move(*this);
  }
};

constexpr Tool tool(std::string_view name, std::string_view summary) {
  return {name, summary};
}

// A setting of the module. type: "string", "integer", "boolean", "list".
struct Setting {
  std::string_view key{}, type{}, description{};
  Constant initial{};
  std::string_view environment{};
  bool is_secret = false;
  constexpr Setting&& defaults(Constant value) {
    initial = value;
    return std::move(*this);
  }
  constexpr Setting&& variable(std::string_view name) {
    environment = name;
    return std::move(*this);
  }
};

constexpr Setting setting(std::string_view key, std::string_view type,
                          std::string_view description) {
  return {key, type, description};
}

// A secret never reaches the module: the kernel attaches it to the destination that names it.
constexpr Setting secret_setting(std::string_view key, std::string_view description) {
  Setting row = setting(key, "string", description);
  row.is_secret = true;
  return row;
}

// A server of the module's own, "https://host[:port]", used as the surface of requests.
struct Destination {
  std::string_view name{}, origin{};
  std::string_view origin_key{}, secret_key{}, secret_as{}, secret_header{};
  // The setting that replaces the origin.
  constexpr Destination&& origin_setting(std::string_view key) {
    origin_key = key;
    return std::move(*this);
  }
  // The secret setting that goes along, and how.
  constexpr Destination&& bearer(std::string_view key) { return attach(key, "bearer", {}); }
  constexpr Destination&& basic(std::string_view key) { return attach(key, "basic", {}); }
  constexpr Destination&& header(std::string_view key, std::string_view name_of_header) {
    return attach(key, "header", name_of_header);
  }

 private:
  constexpr Destination&& attach(std::string_view key, std::string_view how,
                                 std::string_view name_of_header) {
    secret_key = key;
    secret_as = how;
    secret_header = name_of_header;
    return std::move(*this);
  }
};

constexpr Destination destination(std::string_view name, std::string_view origin) {
  return {name, origin};
}

// Content with a URI of its own. The handler puts at least one resource part on its Context; a URI
// template (RFC 6570, level 1) gives its variables as parameters.
template <typename Work>
struct Resource {
  std::string_view uri{}, name{}, description{}, media_type{};
  Work work;
  bool is_template = false;
  std::string_view title_text{};
  constexpr Resource&& title(std::string_view text) {
    title_text = text;
    return std::move(*this);
  }
};

template <typename Work>
constexpr Resource<Work> resource(std::string_view uri, std::string_view name,
                                  std::string_view description, std::string_view media_type,
                                  Work work) {
  return {uri, name, description, media_type, work};
}

template <typename Work>
constexpr Resource<Work> resource_template(std::string_view uri_template, std::string_view name,
                                           std::string_view description,
                                           std::string_view media_type, Work work) {
  return {uri_template, name, description, media_type, work, true};
}

struct Argument {
  std::string_view name{}, description{};
  bool is_required = false;
  constexpr Argument required() const { return {name, description, true}; }
};

constexpr Argument argument(std::string_view name, std::string_view description) {
  return {name, description};
}

// A prompt; the handler finds its arguments as parameters and answers {"messages": [...]}.
template <typename Work>
struct Prompt {
  std::string_view name{}, description{};
  Work work;
  std::initializer_list<Argument> arguments{};
  std::string_view title_text{};
  constexpr Prompt&& title(std::string_view text) {
    title_text = text;
    return std::move(*this);
  }
};

template <typename Work>
constexpr Prompt<Work> prompt(std::string_view name, std::string_view description, Work work,
                              std::initializer_list<Argument> arguments = {}) {
  return {name, description, work, arguments};
}

// Completes what is half typed; complete/1 in abi.h says what the parameters and the answer are.
template <typename Work>
struct Completion {
  Work work;
};
template <typename Work>
constexpr Completion<Work> completion(Work work) {
  return {work};
}

// Says whether the module can work: answers {"ok": bool, "findings": [{"what", "hint"}]}.
template <typename Work>
struct Health {
  Work work;
};
template <typename Work>
constexpr Health<Work> health(Work work) {
  return {work};
}

// Hears that somebody wants (on), or no longer wants, to know of changes of the resource `uri`,
// which Host::changed tells. A function, one with state, or a member function, as for call().
// Nobody can be asked in it.
template <typename Work>
struct Watch {
  Work work;
};
using PlainWatcher = Status (*)(Context&, std::string_view uri, bool on);
template <typename State>
using StateWatcher = Status (*)(State&, Context&, std::string_view uri, bool on);
template <typename State>
using MemberWatcher = Status (State::*)(Context&, std::string_view uri, bool on);

constexpr Watch<Handler<NoInstance, PlainWatcher>> watch(PlainWatcher function) {
  return {{function}};
}
template <typename State>
constexpr Watch<Handler<State, StateWatcher<State>>> watch(StateWatcher<State> function) {
  return {{function}};
}
template <typename State>
constexpr Watch<Handler<State, MemberWatcher<State>>> watch(MemberWatcher<State> function) {
  return {{function}};
}

// What a module keeps per instance. The instance is made when the kernel loads the module and ends
// with it; the Host outlives it. A null pointer or an exception makes the loading fail.
template <typename State>
struct InstanceRow {
  std::unique_ptr<State> (*create)(const Host& host);
};
template <typename State>
constexpr InstanceRow<State> on_create(std::unique_ptr<State> (*create)(const Host&)) {
  return {create};
}
// The same with a State that is made from the Host, or from nothing.
template <typename State>
constexpr InstanceRow<State> instance() {
  return {[](const Host& host) {
    if constexpr (requires { State(host); }) {
      return std::make_unique<State>(host);
    } else {
      return std::make_unique<State>();
    }
  }};
}

}  // namespace dockerhub::sdk
