#include "jq_library.hpp"

#include "dockerhub/late_library.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

Result<std::unique_ptr<JqProgram>> compile_jq(const std::string& expression) {
  static constexpr LateLibrary kLibrary = {"libdockerhub_jq.so", kJqLibrarySymbol, "--jq"};
  const auto library = load_late<JqLibrary>(kLibrary, version().version);
  if (!library) return Failure(library.error());
  auto program = (*library)->compile(expression);
  if (program) return std::move(*program);
  return Failure(
      usage_error("--jq: " + visible(program.error()),
                  "Mend the expression; https://jqlang.org/manual/v1.6 has the language."));
}

}  // namespace dockerhub::cli
