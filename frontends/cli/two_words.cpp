#include "two_words.hpp"

#include <utility>

#include "commands.hpp"
#include "lookup.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

// A name of several actions is one: who calls it is told of them.
bool is_no_short_form(const Catalogue& catalogue, const Kernel& kernel, const std::string& name) {
  const auto found = find_short_form(catalogue, kernel, name);
  return found && !*found;
}

std::vector<Candidate> second_words(const Catalogue& catalogue, const Kernel& kernel,
                                    const std::string& first, const std::string& typed) {
  const std::string beginning = dashed(first) + "-";
  std::vector<Candidate> seconds;
  for (Candidate& candidate : complete(catalogue, {beginning + typed})) {
    candidate.word.erase(0, beginning.size());
    if (!two_word_form(catalogue, kernel, first, candidate.word).empty())
      seconds.push_back(std::move(candidate));
  }
  return seconds;
}

}  // namespace

std::string two_word_form(const Catalogue& catalogue, const Kernel& kernel,
                          const std::string& first, const std::string& second) {
  const std::string name = first + "-" + second;
  if (is_no_short_form(catalogue, kernel, name) || is_builtin(first)) return {};
  const bool is_free = is_no_short_form(catalogue, kernel, first) &&
                       !names_tool(catalogue, first) && !names_module(kernel, first);
  return is_free ? name : std::string();
}

std::vector<std::string> as_one_word(const Catalogue& catalogue, const Kernel& kernel,
                                     std::vector<std::string> words) {
  std::string form =
      words.size() > 2 ? two_word_form(catalogue, kernel, words[0], words[1]) : std::string();
  if (form.empty()) return words;
  words.erase(words.begin());
  words.front() = std::move(form);
  return words;
}

std::vector<Candidate> complete_with_two_words(const Catalogue& catalogue, const Kernel& kernel,
                                               const std::vector<std::string>& words) {
  std::vector<Candidate> candidates = complete(catalogue, words);
  if (candidates.empty() && words.size() == 2)
    candidates = second_words(catalogue, kernel, words[0], words[1]);
  return candidates;
}

}  // namespace dockerhub::cli
