// `dockerhub api [METHOD] PATH`: a request to one of Docker's APIs that no module has an action for, with the log-in,
// gate and redaction of an action. Free functions; one thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "global_options.hpp"
#include "option_parser.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// Options of its own, beside the global ones.
std::vector<OptionRow> api_options();

// The values that --api takes.
std::vector<std::string> api_names();

// `parsed` is what stood after "api", at least one positional. Reads files and standard input.
Result<RawRequest> raw_request(const ParsedOptions& parsed, const Kernel& kernel,
                               TextSource& source);

// What a printer needs to know of the answer.
Answer answer_of(const RawRequest& request);

// Refuses global options that mean nothing here.
Result<void> check_api_options(const GlobalOptions& options);

std::string api_help();

}  // namespace dockerhub::cli
