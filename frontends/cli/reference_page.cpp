#include "reference_page.hpp"

#include <algorithm>

#include "example.hpp"
#include "option_parser.hpp"
#include "row_text.hpp"

namespace dockerhub::cli {

namespace {

// A text of a module as Markdown shows it literally, in one line; what stands in backticks stays code.
std::string plain(std::string_view text) {
  const std::string line = visible(text);
  const bool has_code = std::count(line.begin(), line.end(), '`') % 2 == 0;
  std::string escaped;
  bool in_code = false;
  for (const char c : line) {
    if (c == '`' && has_code) in_code = !in_code;
    const std::string_view special = in_code ? "|" : has_code ? "\\*<>|[]" : "\\*<>|[]`";
    if (special.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code(std::string_view text) {
  return "`" + visible(text) + "`";
}

std::string heading(const Tool& tool) {
  std::string page = "# " + plain(tool.name) + "\n\n";
  page += "<!-- Made from the module's rows by `dockerhub help --markdown " + visible(tool.name) +
          "`. -->\n\n";
  const std::string& text = tool.description.empty() ? tool.summary : tool.description;
  return text.empty() ? page : page + plain(text) + "\n\n";
}

std::string contents(const Tool& tool) {
  std::string table = "| action | effect | what it does |\n| --- | --- | --- |\n";
  for (const Action& action : tool.actions) {
    table += "| [" + code(action.name) + "](#" + visible(action.name) + ") | " +
             plain(effects_of(action)) + " | " + plain(action.summary) + " |\n";
  }
  return table;
}

std::string sentence(const std::string& text) {
  const bool ends = !text.empty() && text.back() == '.';
  return text.empty() || ends ? plain(text) : plain(text) + ".";
}

std::string point(const char* name, const std::string& text) {
  return text.empty() ? std::string() : "- " + std::string(name) + ": " + text + "\n";
}

std::string codes(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + code(text);
  return all;
}

// What is sent: a row is one request, a function may send several.
std::string request_of(const Action& action) {
  if (!action.request) return {};
  const RequestRow& row = *action.request;
  const std::string to = row.surface == "hub" ? "" : ", to " + row.surface;
  return code(row.method + " " + row.path) + plain(to);
}

std::string route_of(const Action& action) {
  if (action.request || action.rest_path.empty()) return {};
  return code(action.rest_method + " " + action.rest_path) + ", sent by a function";
}

std::string parameters_of(const Action& action) {
  if (action.parameters.empty()) return "It takes no parameters.\n\n";
  std::string table = "| parameter | type | |\n| --- | --- | --- |\n";
  for (const Parameter& parameter : action.parameters) {
    table += "| " + code(parameter.name) + " | " + plain(type_of(parameter)) + " | " +
             plain(rules_of(parameter)) + " |\n";
  }
  return table + "\n";
}

std::string groups_of(const Action& action) {
  std::string text;
  for (const auto& names : action.at_least_one) text += "- At least one of " + codes(names) + ".\n";
  for (const auto& names : action.at_most_one) text += "- At most one of " + codes(names) + ".\n";
  return text;
}

std::string examples_text(const Tool& tool, const Action& action) {
  std::string text = "```sh\n";
  for (const std::string& line : examples_of(tool, action)) text += visible(line) + "\n";
  return text + "```\n";
}

std::string section(const Tool& tool, const Action& action) {
  std::string page = "\n## " + plain(action.name) + "\n\n" + sentence(action.summary);
  if (!action.description.empty() && action.description != action.summary)
    page += " " + sentence(action.description);
  page += "\n\n";
  if (const std::string text = deprecation_of(action); !text.empty()) page += plain(text) + "\n\n";
  page += point("Command", code(command_of(tool, action)));
  if (const auto line = short_form_line(action)) page += point("Short form", code(usage_of(*line)));
  page += point("Effect", plain(effects_of(action)));
  page += point("Request", request_of(action)) + point("Route", route_of(action));
  page += point("Shown once", codes(action.answer.shown_once));
  page += groups_of(action) + "\n";
  return page + parameters_of(action) + examples_text(tool, action);
}

}  // namespace

std::string reference_page(const Tool& tool) {
  std::string page = heading(tool) + contents(tool);
  for (const Action& action : tool.actions) page += section(tool, action);
  return page;
}

}  // namespace dockerhub::cli
