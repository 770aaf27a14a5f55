#include <dockerhub/plugin.hpp>
using namespace dockerhub::sdk;
static Status greet(Context& ctx) {
  return ctx.answer({{"hello", ctx.params().text("name")}});
}
DOCKERHUB_MODULE(module("eight_lines", "1.0.0"),
                 action("greet", read, "Greets", call(greet), {string("name", "Whom").required()}))
