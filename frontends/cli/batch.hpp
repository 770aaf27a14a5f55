// Many calls in one process: a line of JSON each, answers as lines of JSON in the same order. Several calls run
// at the same time. One thread; the calls run on others, which end with the function.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "global_options.hpp"
#include "interruption.hpp"
#include "option_parser.hpp"
#include "output_stream.hpp"

namespace dockerhub::cli {

struct BatchOptions {
  std::size_t parallel = 4;  // calls at the same time, from 1
  bool yes = false;          // consents to what destroys something
  CallOptions call;          // of every call
};

struct BatchEnd {
  // Calls, by how they ended; a condition that is met is a good end.
  std::size_t good = 0, partial = 0, failed = 0;
  // Answers that are shown once and could not be written, a line each.
  std::string unread;
};

OptionRow batch_parallel_option();
// Refuses options of one answer, which mean nothing to many.
Result<void> check_batch_options(const GlobalOptions& options);
// 9 where something, and not everything, went wrong.
int exit_code(const BatchEnd& end);
std::string batch_help();

// `lines`: {"tool", "action", "params"}, empty lines are passed over. A line that is none is answered with an
// error and does not end the others. Ends early when nobody reads the answers any more, or a signal came.
BatchEnd run_batch(Kernel& kernel, std::string_view lines, const BatchOptions& options,
                   OutputStream& out, const Interruption& interruption);

}  // namespace dockerhub::cli
