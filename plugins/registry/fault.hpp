// What is wrong with an input of a call, or with what a registry sent, as a value: the parts of this
// module that know no call say it with Checked<T>; fail() makes it the error of the call. Plain
// values, any thread; types of errors as in docs/errors.md.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {
class Context;
}

namespace dockerhub::registry {

struct Fault {
  const char* type = "ParameterError";
  std::string message;
  std::string hint;
  const char* parameter = "";  // that was wrong, or empty
  std::string request;         // "METHOD path", or empty
  int status_code = 0;         // of the answer, 0 = none
};

struct FaultDeleter {
  void operator()(Fault* fault) const noexcept;
};
// Apart from the values that stand where it would: few calls fail, and all keep room for what they give.
using FaultPtr = std::unique_ptr<Fault, FaultDeleter>;
template <typename T>
using Checked = tl::expected<T, FaultPtr>;
using Failed = tl::unexpected<FaultPtr>;

Failed failed(Fault fault);
// A parameter that was refused before anything was sent.
Failed wrong_parameter(const char* parameter, std::string_view message, std::string_view hint);
// An answer of the server that cannot be used.
Failed wrong_answer(std::string_view message, std::string_view hint);

sdk::Status fail(sdk::Context& ctx, const Fault& fault) noexcept;
sdk::Status fail(sdk::Context& ctx, const FaultPtr& fault) noexcept;
// The same, and the fault is of `parameter` then.
sdk::Status fail_as(sdk::Context& ctx, const char* parameter, const FaultPtr& fault) noexcept;
// wrong_parameter() and wrong_answer() as errors of the call.
sdk::Status refuse_parameter(sdk::Context& ctx, const char* parameter, std::string_view message,
                             std::string_view hint);
sdk::Status refuse_answer(sdk::Context& ctx, std::string_view message, std::string_view hint,
                          std::string_view request = {});
// A text from outside as a part of a message: quoted, cut after 80 bytes at most.
std::string quoted(std::string_view text);

}  // namespace dockerhub::registry
