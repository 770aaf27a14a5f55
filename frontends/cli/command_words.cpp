#include "command_words.hpp"

#include <algorithm>
#include <optional>

#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::string_view kBlanks = " \t\n";
constexpr std::string_view kOfShells = "|&;<>()$`*?[]{}~#!";
constexpr std::string_view kOfShellsInQuotes = "$`";
constexpr std::string_view kEscapedInQuotes = "\\\"$`";

bool is_in(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  // What is wrong, or nullopt.
  std::optional<std::string> read() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      const char* wrong = nullptr;
      if (is_in(kBlanks, c)) {
        end_word();
      } else if (c == '\'') {
        wrong = single_quotes();
      } else if (c == '"') {
        wrong = double_quotes();
      } else if (c == '\\') {
        wrong = escaped();
      } else if (is_in(kOfShells, c)) {
        return std::string("\"") + c + "\" means something to a shell, and none is used";
      } else {
        add(c);
      }
      if (wrong != nullptr) return wrong;
    }
    end_word();
    return words.empty() ? std::optional<std::string>("it is empty") : std::nullopt;
  }

  std::vector<std::string> words;

 private:
  void add(char c) {
    word_ += c;
    begun_ = true;
  }
  void end_word() {
    if (begun_) words.push_back(std::move(word_));
    word_.clear();
    begun_ = false;
  }
  const char* escaped() {
    if (at_ == text_.size()) return "nothing follows the backslash at its end";
    add(text_[at_++]);
    return nullptr;
  }
  const char* single_quotes() {
    begun_ = true;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\'') return ++at_, nullptr;
      add(text_[at_]);
    }
    return "a quote is not closed";
  }
  const char* double_quotes() {
    begun_ = true;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') return ++at_, nullptr;
      if (is_in(kOfShellsInQuotes, text_[at_]))
        return "\"$\" and \"`\" mean something to a shell, and none is used";
      const bool escapes =
          text_[at_] == '\\' && at_ + 1 < text_.size() && is_in(kEscapedInQuotes, text_[at_ + 1]);
      if (escapes) ++at_;
      add(text_[at_]);
    }
    return "a quote is not closed";
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_;
  bool begun_ = false;
};

std::string shell_word(const std::string& word) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           is_in("_-./:=,@%+", c);
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\"'\"'") : std::string(1, c);
  return text + "'";
}

}  // namespace

Result<std::vector<std::string>> command_words(std::string_view text, std::string_view option) {
  Words words(text);
  if (const auto wrong = words.read()) {
    return Failure(usage_error(std::string(option) + ": " + *wrong + ".",
                               "Write a program and its arguments; for more: " +
                                   std::string(option) + " \"sh -c '...'\"."));
  }
  return std::move(words.words);
}

std::string shell_text(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + shell_word(word);
  return text;
}

}  // namespace dockerhub::cli
