// Small entries of a store, as texts. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// nullopt: it is not there. An error where it has more than `most` bytes.
Result<std::optional<std::string>> store_text(Store& store, std::string_view name,
                                              std::uint64_t most);

// Writes a whole entry.
Result<void> put_store_text(Store& store, std::string_view name, std::string_view bytes);

}  // namespace dockerhub::cli
