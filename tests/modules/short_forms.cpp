// Short forms that meet others: a built-in command's name, a module's, an installed action's, and each other.
#include <dockerhub/plugin.hpp>

namespace {

using namespace dockerhub::sdk;

Status answer(Context& ctx) {
  return ctx.answer({{"said", ctx.params().text("text")}, {"by", "short_forms"}});
}

constexpr auto text = string("text", "What to say.");
constexpr auto other = string("other", "Something else.");

}  // namespace

DOCKERHUB_MODULE(
    module("short_forms", "1.0.0").describe("Short forms.").publisher("Tests").license("MIT"),
    action("say", read, "Says it", call(answer), {other, text})
        .positional("other", "text")
        .short_form("shout", "text"),
    action("built_in", read, "Never by its short form", call(answer), {text})
        .short_form("doctor", "text"),
    action("of_module", read, "Never by its short form", call(answer), {text})
        .short_form("demo", "text"),
    action("of_installed", read, "Never by its short form", call(answer), {text})
        .short_form("digest", "text"),
    action("one", read, "One of two", call(answer), {text}).short_form("twice", "text"),
    action("two", read, "The other", call(answer), {text}).short_form("twice", "text"))
