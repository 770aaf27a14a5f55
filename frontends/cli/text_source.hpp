// Where the text of a parameter comes from: the argument itself, `@FILE`, or `-` for standard input
// (once). `@@text` stands for the text "@text". One thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "interruption.hpp"

namespace dockerhub::cli {

struct SourcedText {
  std::string text;
  bool literal = true;  // it stood on the command line
  std::string origin;   // the file's name or "standard input"; empty when literal
};

class TextSource {
 public:
  // Larger files are refused.
  static constexpr std::size_t kMaxBytes = 64 * 1024 * 1024;

  explicit TextSource(const Interruption& interruption) : interruption_(interruption) {}

  // `option` is named in errors.
  Result<SourcedText> read(std::string_view argument, std::string_view option);

  // The same of a secret: standard input is refused where it is a terminal, which shows what is typed. `instead`: what
  // to do then, as a sentence.
  Result<SourcedText> read_secret(std::string_view argument, std::string_view option,
                                  const std::string& instead);

  // True when the argument is not itself the text.
  static bool refers(std::string_view argument);

 private:
  Result<SourcedText> filled(SourcedText result, int descriptor, std::string_view option) const;
  Result<std::string> read_all(int descriptor, std::string_view option,
                               std::string_view origin) const;

  const Interruption& interruption_;
  std::string stdin_taken_by_;
};

// The text without the one line end that an editor or `echo` puts behind it.
std::string without_line_end(std::string text);

}  // namespace dockerhub::cli
