// What a method answers: its result, or an error.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "message.hpp"

namespace dockerhub::mcp {

struct MethodResult {
  MethodResult(std::string text) : json(std::move(text)) {}
  MethodResult(std::string text, bool questions) : json(std::move(text)), asks(questions) {}

  std::string json;   // an object
  bool asks = false;  // questions instead of an answer: the client repeats its request with answers
};

using Reply = tl::expected<MethodResult, RpcError>;

}  // namespace dockerhub::mcp
