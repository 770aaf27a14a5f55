#include "answer_program.hpp"

#include "dockerhub/late_library.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

struct Language {
  LateLibrary library;
  const char* hint;
};

constexpr Language kJq = {{"libdockerhub_jq.so", kJqSymbol, "--jq"},
                          "Mend the expression; https://jqlang.org/manual/v1.6 has the language."};
constexpr Language kTemplate = {
    {"libdockerhub_template.so", kTemplateSymbol, "--template"},
    "Mend the template, like '{{name}} {{digest}}'; https://mustache.github.io/mustache.5.html has "
    "the language."};

Result<std::unique_ptr<AnswerProgram>> compile(const Language& language, const std::string& text) {
  const auto library = load_late<AnswerLanguage>(language.library, version().version);
  if (!library) return Failure(library.error());
  auto program = (*library)->compile(text);
  if (program) return std::move(*program);
  return Failure(usage_error(
      std::string(language.library.purpose) + ": " + visible(program.error()), language.hint));
}

}  // namespace

Result<std::unique_ptr<AnswerProgram>> compile_jq(const std::string& expression) {
  return compile(kJq, expression);
}

Result<std::unique_ptr<AnswerProgram>> compile_template(const std::string& text) {
  return compile(kTemplate, text);
}

}  // namespace dockerhub::cli
