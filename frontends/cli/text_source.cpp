#include "text_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "descriptor.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kChunk = 65536;

std::string system_words() {
  return std::generic_category().message(errno);
}

Failure refused(std::string_view option, const std::string& what, std::string hint) {
  return Failure(usage_error(std::string(option) + ": " + what, std::move(hint)));
}

}  // namespace

bool TextSource::refers(std::string_view argument) {
  return argument == "-" || (argument.size() > 1 && argument.front() == '@' && argument[1] != '@');
}

Result<SourcedText> TextSource::read(std::string_view argument, std::string_view option) {
  SourcedText result;
  if (!refers(argument)) {
    const bool escaped = argument.substr(0, 2) == "@@";
    result.text = std::string(argument.substr(escaped ? 1 : 0));
    return result;
  }
  result.literal = false;
  if (argument == "-") {
    if (!stdin_taken_by_.empty()) {
      return refused(option, "standard input was already read for " + stdin_taken_by_ + ".",
                     "Put one of the two into a file and write @FILE.");
    }
    stdin_taken_by_ = option;
    result.origin = "standard input";
    return filled(std::move(result), STDIN_FILENO, option);
  }
  result.origin = std::string(argument.substr(1));
  const Descriptor file(::open(result.origin.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return refused(option,
                   "cannot read the file \"" + result.origin + "\": " + system_words() + ".",
                   "Name a file that can be read, or write @@ for a value that begins with @.");
  }
  return filled(std::move(result), file.get(), option);
}

Result<SourcedText> TextSource::read_secret(std::string_view argument, std::string_view option,
                                            const std::string& instead) {
  if (argument == "-" && ::isatty(STDIN_FILENO) == 1)
    return refused(option, "standard input is the terminal, which shows it.", instead);
  return read(argument, option);
}

// It may be a secret: no copy of it stays behind.
Result<SourcedText> TextSource::filled(SourcedText result, int descriptor,
                                       std::string_view option) const {
  Result<std::string> text = read_all(descriptor, option, result.origin);
  if (!text) return Failure(std::move(text.error()));
  result.text = std::move(*text);
  return result;
}

Result<std::string> TextSource::read_all(int descriptor, std::string_view option,
                                         std::string_view origin) const {
  std::string text;
  std::array<char, kChunk> chunk{};
  while (true) {
    if (!interruption_.wait(descriptor, POLLIN)) {
      Error error;
      error.kind = ErrorKind::cancelled;
      error.message = "Interrupted while reading " + std::string(origin) + ".";
      return Failure(error);
    }
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return refused(option, "cannot read " + std::string(origin) + ": " + system_words() + ".",
                     "Name a file that can be read.");
    }
    text.append(chunk.data(), static_cast<std::size_t>(count));
    ::explicit_bzero(chunk.data(), static_cast<std::size_t>(count));
    if (text.size() > kMaxBytes) {
      return refused(option, std::string(origin) + " has more than 64 MiB.",
                     "Give a smaller value.");
    }
  }
}

std::string without_line_end(std::string text) {
  if (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return text;
}

}  // namespace dockerhub::cli
