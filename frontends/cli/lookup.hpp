// Finds what a user named on the command line: tools with or without `hub_`, `-` and `_` alike,
// with the likely name or the reason of a module's absence in the error. Free functions; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The pointer lives as long as the catalogue. The kernel is asked about its modules, which reads all
// their files, only to say why the tool is not there.
Result<const Tool*> find_tool(const Catalogue& catalogue, const Kernel& kernel,
                              std::string_view name);
// An action of the tool, or `describe`, which every tool has.
Result<const Action*> find_action(const Tool& tool, std::string_view name);

// Of all actions that have one.
std::vector<ShortFormLine> short_forms(const Catalogue& catalogue);

// An action by its short form, with the positionals of that.
struct ShortCommand {
  const Tool* tool = nullptr;
  Action action;
};
// Every action with that short form.
std::vector<ShortCommand> with_short_form(const Catalogue& catalogue, std::string_view name);
// nullopt where no action has it, or a module has that name. Of several that of the installation's module is
// meant; an error where that does not decide.
Result<std::optional<ShortCommand>> find_short_form(const Catalogue& catalogue,
                                                    const Kernel& kernel, std::string_view name);

// What is meant where a word names a store: "untag oci:DIR:TAG" is "untag-layout oci:DIR:TAG", if some action has that
// short form; else the name as it is.
std::string short_form_meant(const Catalogue& catalogue, const std::string& name,
                             const std::vector<std::string>& words);

// Whether a tool that can be called has the name, and whether any module that was found has it. The second reads all
// their files.
bool names_tool(const Catalogue& catalogue, std::string_view name);
bool names_module(const Kernel& kernel, std::string_view name);

// A tool's or action's name as help shows it: dashes, no `hub_`.
std::string shown_name(std::string_view name);

}  // namespace dockerhub::cli
