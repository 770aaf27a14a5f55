// A module with one action, in C++ with the SDK.
#include <dockerhub/plugin.hpp>
#include <string>

namespace {

using namespace dockerhub::sdk;

Status greet(Context& ctx) {
  const std::string name(ctx.params().text("name"));
  return ctx.answer({{"greeting", "Hello, " + name + "!"}});
}

constexpr auto name = string("name", "Whom to greet").required().example("Ada");

}  // namespace

DOCKERHUB_MODULE(module("hello_cpp", "1.0.0").title("Hello from C++").license("MIT"),
                 action("greet", read, "Greets somebody", call(greet), {name}).positional("name"))
