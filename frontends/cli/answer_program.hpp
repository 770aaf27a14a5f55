// What makes texts of an answer: an expression of jq (--jq) or a template (--template). Each language is a library
// (the folders jq and template) that is loaded when its option is given, so nothing of it is named here. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dockerhub/error.hpp"

namespace dockerhub::cli {

// A text of its language that was found good.
class AnswerProgram {
 public:
  // One value that it gives: a text as it is, everything else as JSON in one line. False: no more is wanted.
  using Take = std::function<bool(std::string_view value, bool is_text)>;

  AnswerProgram() = default;
  AnswerProgram(const AnswerProgram&) = delete;
  AnswerProgram& operator=(const AnswerProgram&) = delete;
  virtual ~AnswerProgram() = default;

  // The option that it was given with.
  virtual std::string_view option() const = 0;
  // Runs it on a JSON text. What went wrong, in its words; nullopt: nothing did. Any number of times.
  virtual std::optional<std::string> run(std::string_view input, const Take& take) = 0;
};

// What a library of a language gives under its symbol.
struct AnswerLanguage {
  std::string_view build;
  // The other: what is wrong with the text, in the words of the language.
  tl::expected<std::unique_ptr<AnswerProgram>, std::string> (*compile)(const std::string& text);
};
inline constexpr const char* kJqSymbol = "dh_jq_library";
inline constexpr const char* kTemplateSymbol = "dh_template_library";

// Brings the library in. Errors: as dockerhub/late_library.hpp says; parameter, of a wrong text.
Result<std::unique_ptr<AnswerProgram>> compile_jq(const std::string& expression);
Result<std::unique_ptr<AnswerProgram>> compile_template(const std::string& text);

}  // namespace dockerhub::cli
