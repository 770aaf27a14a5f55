#include <algorithm>
#include <array>

#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

// One text per enumerator, in the order of the enumeration.
constexpr std::array<std::string_view, 16> kErrorTypes = {"ParameterError",
                                                          "UnknownTool",
                                                          "UnknownAction",
                                                          "AuthError",
                                                          "UnauthorizedError",
                                                          "ApiError",
                                                          "DestructiveOperationError",
                                                          "ApprovalError",
                                                          "PolicyError",
                                                          "CapabilityError",
                                                          "NetworkError",
                                                          "TimeoutError",
                                                          "CancelledError",
                                                          "UnsupportedError",
                                                          "ConfigurationError",
                                                          "ModuleError"};
constexpr std::array<std::string_view, 3> kEffects = {"read", "write", "destructive"};
constexpr std::array<std::string_view, 9> kParameterTypes = {
    "string", "integer", "number", "boolean", "array", "object", "any", "repository", "store"};
constexpr std::array<std::string_view, 5> kModuleStates = {"not loaded", "loaded", "refused",
                                                           "disabled", "draining"};

static_assert(kErrorTypes.size() == static_cast<std::size_t>(ErrorKind::module_fault) + 1);
static_assert(kEffects.size() == static_cast<std::size_t>(Effect::destructive) + 1);
static_assert(kParameterTypes.size() == static_cast<std::size_t>(ParameterType::store) + 1);
static_assert(kModuleStates.size() == static_cast<std::size_t>(ModuleState::draining) + 1);

template <typename Enumeration, std::size_t size>
std::string_view text_of(const std::array<std::string_view, size>& texts, Enumeration value) {
  const auto index = static_cast<std::size_t>(value);
  return index < size ? texts[index] : std::string_view("unknown");
}

}  // namespace

std::string_view type_name(ErrorKind kind) {
  return text_of(kErrorTypes, kind);
}

std::optional<ErrorKind> error_kind(std::string_view type_name) {
  const auto found = std::find(kErrorTypes.begin(), kErrorTypes.end(), type_name);
  if (found == kErrorTypes.end()) return std::nullopt;
  return static_cast<ErrorKind>(found - kErrorTypes.begin());
}

std::string_view effect_name(Effect effect) {
  return text_of(kEffects, effect);
}

std::string_view parameter_type_name(ParameterType type) {
  return text_of(kParameterTypes, type);
}

std::string_view module_state_name(ModuleState state) {
  return text_of(kModuleStates, state);
}

}  // namespace dockerhub
