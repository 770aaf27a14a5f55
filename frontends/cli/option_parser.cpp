#include "option_parser.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <set>
#include <utility>

namespace dockerhub::cli {

namespace {

struct Spelling {
  const OptionRow* row = nullptr;
  bool negated = false;
};

using Spellings = std::map<std::string, Spelling, std::less<>>;

constexpr std::string_view kNegation = "no-";

Spellings spellings_of(const std::vector<OptionRow>& rows) {
  Spellings spellings;
  for (const OptionRow& row : rows) {
    spellings.try_emplace("--" + row.name, Spelling{&row, false});
    for (const std::string& alias : row.aliases) {
      spellings.try_emplace("--" + dashed(alias), Spelling{&row, false});
    }
    if (row.letter != 0)
      spellings.try_emplace(std::string("-") + row.letter, Spelling{&row, false});
  }
  for (const OptionRow& row : rows) {
    if (!row.takes_value) {
      spellings.try_emplace("--" + std::string(kNegation) + row.name, Spelling{&row, true});
    }
  }
  return spellings;
}

// The arguments as CLI11 takes them without doubt: canonical names, `--name=` (an empty value, for
// which CLI11 would take the next argument) as two arguments, and nothing after `--`.
struct Normalised {
  std::vector<std::string> options, rest;
  std::set<const OptionRow*> named;
  bool has_unknown = false;  // letters that stand together, too, and one with its value
};

class Normaliser {
 public:
  Normaliser(const Spellings& spellings, Until until) : spellings_(spellings), until_(until) {}

  Normalised run(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string& argument = arguments[i];
      const bool option = argument.size() > 1 && argument.front() == '-' && !is_number(argument);
      if (argument == "--" || (!option && until_ == Until::first_positional)) {
        const std::size_t next = argument == "--" ? i + 1 : i;
        result_.rest.assign(arguments.begin() + static_cast<std::ptrdiff_t>(next), arguments.end());
        break;
      }
      if (!option) {
        result_.options.push_back(argument);
      } else if (const OptionRow* row = takes_next(argument)) {
        const bool is_last = i + 1 == arguments.size();
        if (row->value_may_lack && (is_last || arguments[i + 1].compare(0, 1, "-") == 0)) {
          result_.options.emplace_back();
        } else if (!is_last) {
          result_.options.push_back(arguments[++i]);
        }
      }
    }
    return std::move(result_);
  }

 private:
  static bool is_number(const std::string& argument) {
    return (argument[1] >= '0' && argument[1] <= '9') || argument[1] == '.';
  }

  // Adds an option; gives its row when its value is the next argument.
  const OptionRow* takes_next(const std::string& argument) {
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const auto found = spellings_.find(argument.compare(0, 2, "--") == 0 ? dashed(name) : name);
    if (found == spellings_.end()) {
      result_.options.push_back(argument);
      result_.has_unknown = true;
      return nullptr;
    }
    const OptionRow& row = *found->second.row;
    result_.named.insert(&row);
    const std::string canonical =
        "--" + (found->second.negated ? std::string(kNegation) : "") + row.name;
    if (!row.takes_value) {
      result_.options.push_back(equals == std::string::npos ? canonical
                                                            : canonical + argument.substr(equals));
      return nullptr;
    }
    result_.options.push_back(canonical);
    if (equals == std::string::npos) return &row;
    result_.options.push_back(argument.substr(equals + 1));
    return nullptr;
  }

  const Spellings& spellings_;
  Until until_;
  Normalised result_;
};

CLI::Option* add_option(CLI::App& app, const OptionRow& row, const Spellings& spellings) {
  std::string names = "--" + row.name;
  if (row.letter != 0) names = std::string("-") + row.letter + "," + names;
  if (!row.takes_value) {
    names += "{true}";
    const auto negation = spellings.find("--" + std::string(kNegation) + row.name);
    if (negation != spellings.end() && negation->second.negated) {
      names += ",!--" + std::string(kNegation) + row.name;
    }
    return app.add_flag(names)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
  // Every occurrence is kept and takes exactly one argument, whatever it looks like.
  return app.add_option(names)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

Error unknown_option(const std::string& argument, const Spellings& spellings) {
  const std::string name = argument.substr(0, argument.find('='));
  std::vector<std::string> candidates;
  for (const auto& [spelling, unused] : spellings) {
    if (spelling.size() > 2) candidates.push_back(spelling.substr(2));
  }
  const std::string meant =
      name.size() > 2 ? likely(std::string_view(name).substr(2), candidates) : std::string();
  return usage_error("Unknown option " + name + ".",
                     meant.empty() ? "Add --help to see the options of this command."
                                   : "Did you mean --" + meant + "?");
}

// The error for what CLI11 did not know, if there is any; the others are positionals.
void sort_remaining(const std::vector<std::string>& remaining, const Spellings& spellings,
                    ParsedOptions& parsed) {
  for (const std::string& argument : remaining) {
    const bool option = argument.size() > 1 && argument.front() == '-' &&
                        !(argument[1] >= '0' && argument[1] <= '9') && argument[1] != '.';
    if (!option) {
      parsed.positionals.push_back(argument);
    } else if (!parsed.error) {
      parsed.error = unknown_option(argument, spellings);
    }
  }
}

}  // namespace

const std::vector<std::string>* ParsedOptions::find(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? nullptr : &found->second;
}

ParsedOptions parse_options(const std::vector<OptionRow>& rows,
                            const std::vector<std::string>& arguments, Until until) {
  const Spellings spellings = spellings_of(rows);
  Normalised normalised = Normaliser(spellings, until).run(arguments);
  ParsedOptions parsed;
  // Most commands have none at most levels, and the parser with its rows takes longer than all else here.
  if (normalised.options.empty()) {
    parsed.positionals = std::move(normalised.rest);
    return parsed;
  }

  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  // To know an option takes the parser longer than to read it: only what may be there.
  std::vector<std::pair<const OptionRow*, CLI::Option*>> options;
  for (const OptionRow& row : rows) {
    if (normalised.has_unknown || normalised.named.contains(&row))
      options.emplace_back(&row, add_option(app, row, spellings));
  }
  try {
    std::reverse(normalised.options.begin(), normalised.options.end());
    app.parse(std::move(normalised.options));
  } catch (const CLI::ParseError& failure) {
    parsed.error = usage_error(std::string(failure.what()) + ".",
                               "Add --help to see what the options of this command take.");
  }
  for (const auto& [row, option] : options) {
    if (!option->results().empty()) parsed.values[row->name] = option->results();
  }
  sort_remaining(app.remaining(), spellings, parsed);
  parsed.positionals.insert(parsed.positionals.end(), normalised.rest.begin(),
                            normalised.rest.end());
  return parsed;
}

std::string dashed(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

Error usage_error(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

}  // namespace dockerhub::cli
