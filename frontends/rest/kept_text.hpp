// What is kept between two requests as a text, for a store that other copies of the server read. Free functions;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "state.hpp"

namespace dockerhub::rest {

// Without the decision, which comes later and from elsewhere.
std::string text_of(const Approval& approval);
std::optional<Approval> read_approval(std::string_view text);

struct Decided {
  bool approved = false;
  std::string by;
};
std::string text_of(const Decided& decided);
std::optional<Decided> read_decided(std::string_view text);

std::string text_of(const KeptAnswer& answer);
std::optional<KeptAnswer> read_answer(std::string_view text);

}  // namespace dockerhub::rest
