// Another program that gets a text on its standard input. It is started directly, without a shell; what it
// prints goes to standard error, since standard output is for the answer. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "interruption.hpp"

namespace dockerhub::cli {

// The file of a program: as it is where it has a slash, else the first of that name in the folders of PATH.
// An empty or relative folder there is passed over.
Result<std::string> find_program(const std::string& name);

// Runs the file with these words (the first is the program's name), hands over the text and waits. An error
// where it does not take all of it, does not end with 0, or a signal to us comes first, which ends it, too.
Result<void> run_program(const std::string& file, const std::vector<std::string>& words,
                         std::string_view input, const Interruption& interruption);

}  // namespace dockerhub::cli
