// One question to Docker Scout and its answer. Only inside a call, on its thread.
#pragma once

#include <cstddef>
#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"
#include "problem.hpp"

namespace dockerhub::scout {

struct GraphqlAnswer {
  sdk::Document body;
  std::vector<Problem> problems;
  std::string correlation_id;
  std::string_view field;
  std::size_t bytes = 0;  // of its text

  // What was asked for; nullptr: the server has nothing, or did not say.
  const sdk::Value* value() const;
};

// Sends the operation. A refusal (401, 402, 403, 404) is an answer with problems, whether HTTP or GraphQL
// says it; another status that is no success, or what is no answer of GraphQL, is the error of the call.
// instead: what else may do, said in the hint of that error; may be empty.
sdk::Reply<GraphqlAnswer> ask(sdk::Context& ctx, const Operation& operation,
                              const sdk::Json& variables,
                              sdk::Credential credential = sdk::Credential::surface,
                              std::string_view instead = {});

// The value, with a warning for each problem beside it; without a value the problems, if there are any,
// are the error of the call. nullptr: unknown to the server.
sdk::Reply<const sdk::Value*> value_of(sdk::Context& ctx, const GraphqlAnswer& answer);

// The `Context` of an operation: of the organization, or of what is public where it is empty.
sdk::Json context_of(std::string_view organization);

}  // namespace dockerhub::scout
