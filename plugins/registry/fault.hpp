// What is wrong with an input of a call, or with what a registry sent, as a value: the parts of this
// module that know no call say it with Checked<T>; fail() makes it the error of the call. Plain
// values, any thread; types of errors as in docs/errors.md.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {
class Context;
}

namespace dockerhub::registry {

struct Fault {
  std::string type = "ParameterError";
  std::string message;
  std::string hint;
  std::string parameter;  // that was wrong, or empty
  std::string request;    // "METHOD path", or empty
  int status_code = 0;    // of the answer, 0 = none
};

template <typename T>
using Checked = tl::expected<T, Fault>;
using Failed = tl::unexpected<Fault>;

// A parameter that was refused before anything was sent.
Failed wrong_parameter(std::string parameter, std::string message, std::string hint);
// An answer of the server that cannot be used.
Failed wrong_answer(std::string message, std::string hint);

sdk::Status fail(sdk::Context& ctx, const Fault& fault);

// A text from outside as a part of a message: quoted, cut after 80 bytes at most.
std::string quoted(std::string_view text);

}  // namespace dockerhub::registry
