// What libdockerhub_jq does for this program (the folder jq): the language of jq, by libjq. It is loaded when
// --jq is given; nothing of libjq is named here. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dockerhub/error.hpp"

namespace dockerhub::cli {

// An expression that was found good.
class JqProgram {
 public:
  // One value that it gives: a text as it is, everything else as JSON in one line. False: no more is wanted.
  using Take = std::function<bool(std::string_view value, bool is_text)>;

  JqProgram() = default;
  JqProgram(const JqProgram&) = delete;
  JqProgram& operator=(const JqProgram&) = delete;
  virtual ~JqProgram() = default;

  // Runs it on a JSON text. What went wrong, in its words; nullopt: nothing did. Any number of times.
  virtual std::optional<std::string> run(std::string_view input, const Take& take) = 0;
};

struct JqLibrary {
  std::string_view build;
  // The other: what is wrong with the expression, in the words of libjq.
  tl::expected<std::unique_ptr<JqProgram>, std::string> (*compile)(const std::string& expression);
};
inline constexpr const char* kJqLibrarySymbol = "dh_jq_library";

// Brings the library in. Errors: as dockerhub/late_library.hpp says; parameter, of a wrong expression.
Result<std::unique_ptr<JqProgram>> compile_jq(const std::string& expression);

}  // namespace dockerhub::cli
