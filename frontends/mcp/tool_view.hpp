// What the clients of one server, or those that want less of it, see of the catalogue, and what their calls mean:
// the mode decides how actions become tools, the filters and the caller's limit which. Stays the same; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "server/principal.hpp"

namespace dockerhub::mcp {

enum class ToolMode {
  condensed,  // one tool a module, the action is an argument
  verbose,    // one tool an action
  both,       // the two together
  dynamic,    // three tools: search, describe and call actions
};

// nullopt: no mode has this name.
std::optional<ToolMode> tool_mode(std::string_view name);

struct ToolFilter {
  std::vector<std::string>
      enabled;  // tools, modules, actions ("tool.action") or verbose names; empty: all
  std::vector<std::string> disabled;  // the same; stronger
  Effect most = Effect::destructive;  // nothing that can do more

  bool admits(const Tool& tool, const Action& action) const;
};

// Every name that a filter may have for something among these.
std::set<std::string> all_filter_names(const std::vector<Tool>& tools);

class ToolView {
 public:
  ToolView() = default;
  ToolView(ToolMode mode, ToolFilter filter, std::size_t max_result_tokens)
      : mode_(mode), filters_{std::move(filter)}, max_result_tokens_(max_result_tokens) {}

  // The same with one more filter, which can only leave out more.
  std::shared_ptr<const ToolView> narrowed(ToolFilter filter) const;

  // The result of tools/list, for a caller that may do at most `most`. structured: whether its client
  // reads structured results.
  std::string list(const Catalogue& catalogue, Effect most, bool structured) const;

  // What tools/call means.
  struct Call {
    // Exactly one of these: a call of the kernel, an answer that needs none (also a refusal for the model
    // to read), or neither, where there is no such tool.
    std::optional<CallRequest> request;
    std::optional<CallResult> answer;
  };
  // arguments: an object, or nullptr for none. most: of the caller, who finds no action that can do more but
  // may name it; the policy, which can say why, refuses that.
  Call resolve(const Catalogue& catalogue, std::string_view tool, const json::Value* arguments,
               Effect most) const;

  // The effect of this call: what its caller has to be allowed. What the action finds while it runs may raise
  // it, which the kernel's policy sees.
  Effect effect_of(const Catalogue& catalogue, std::string_view tool,
                   const json::Value* arguments) const;

  // Whether the filters leave an action out for everybody.
  bool hides(const Tool& tool, const Action& action) const;
  // Whether a module has actions and they leave out all of them: its resources and prompts are not listed.
  bool hides_module(const Catalogue& catalogue, std::string_view module) const;

  // The most that the filters let anybody do.
  Effect limit() const;

  // Every name that a filter may have for something that a caller sees who may do at most `most`.
  std::vector<std::string> filter_names(const Catalogue& catalogue, Effect most) const;

  // The error for a name that no tool has, with the one that is probably meant, of those that a caller sees
  // who may do at most `most`.
  Error unknown(const Catalogue& catalogue, std::string_view tool, Effect most) const;

  // The raw input schema of a tool of this name, where its row has one, else empty.
  std::string raw_schema(const Catalogue& catalogue, std::string_view tool) const;

  // How long an answer may be; 0: as long as it is.
  std::size_t max_result_tokens() const { return max_result_tokens_; }

  // What the server says of itself to the model of a caller who may do at most `most`.
  std::string instructions(const Catalogue& catalogue, Effect most) const;

 private:
  using Tools = std::shared_ptr<const std::vector<Tool>>;
  // Of one catalogue, which every call would copy anew.
  struct Kept {
    const Catalogue* catalogue = nullptr;
    std::uint64_t version = 0;
    Tools tools;
  };
  static constexpr std::size_t kEffects = 3;

  // Actions that may do more only with certain parameters are shown without those conditions.
  std::vector<Tool> select(const Catalogue& catalogue, Effect most) const;
  Tools shown(const Catalogue& catalogue, Effect most) const;
  bool condensed() const { return mode_ == ToolMode::condensed || mode_ == ToolMode::both; }
  bool verbose() const { return mode_ == ToolMode::verbose || mode_ == ToolMode::both; }

  ToolMode mode_ = ToolMode::condensed;
  std::vector<ToolFilter> filters_;  // all of them have to admit an action
  std::size_t max_result_tokens_ = 0;
  mutable std::mutex mutex_;
  mutable std::array<Kept, kEffects> kept_;  // by the effect
};

}  // namespace dockerhub::mcp
