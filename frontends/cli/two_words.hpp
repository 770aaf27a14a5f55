// A short form whose name has a dash, written as two words: `dockerhub readme push` is `dockerhub readme-push`. Only
// where the first word is no command, module or short form itself. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "completion.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The name of the short form that the two words are; empty where they are none. The kernel is asked about its modules,
// which reads all their files, only where there is such a short form.
std::string two_word_form(const Catalogue& catalogue, const Kernel& kernel,
                          const std::string& first, const std::string& second);

// The words of a line that is being typed, with the one word in place of such two.
std::vector<std::string> as_one_word(const Catalogue& catalogue, const Kernel& kernel,
                                     std::vector<std::string> words);

// complete() that offers the second word, too. words: as as_one_word() gives them.
std::vector<Candidate> complete_with_two_words(const Catalogue& catalogue, const Kernel& kernel,
                                               const std::vector<std::string>& words);

}  // namespace dockerhub::cli
