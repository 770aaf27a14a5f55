#include "config/user_file.hpp"

#include <algorithm>

#include "config/values.hpp"
#include "config/yaml_file.hpp"

namespace dockerhub {
namespace {

using yaml::Member;
using yaml::Node;

constexpr std::string_view kModules = "modules";

std::vector<std::string> section_names() {
  std::vector<std::string> names{std::string(kModules)};
  for (const Setting& row : settings()) {
    std::string name(row.key.substr(0, row.key.find('.')));
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> keys_of(std::string_view section) {
  const std::string prefix = std::string(section) + ".";
  std::vector<std::string> keys;
  for (const Setting& row : settings()) {
    if (row.key.substr(0, prefix.size()) == prefix)
      keys.emplace_back(row.key.substr(prefix.size()));
  }
  return keys;
}

// Walks over the parsed document; a member function fails with the first error of its part.
class Reading {
 public:
  explicit Reading(std::string_view file) : file_(file) {}

  Result<UserFile> document(const Node& root) && {
    if (root.kind == Node::Kind::null) return std::move(result_);
    if (root.kind != Node::Kind::object) {
      return at(root.line, "not a list of sections",
                "Write sections like \"log:\" with keys below them.");
    }
    for (const Member& member : root.members) {
      const Result<void> read = member.name == kModules ? modules(member) : section(member);
      if (!read) return Failure(read.error());
    }
    return std::move(result_);
  }

 private:
  Failure at(std::size_t line, const std::string& what, std::string hint) const {
    return refused(file_ + ":" + std::to_string(line) + ": " + what, std::move(hint));
  }

  Failure unknown(const Member& member, const std::string& what,
                  const std::vector<std::string>& names) const {
    const std::string meant = likely(member.name, names);
    std::string hint = meant.empty() ? "Known are:" : "Did you mean " + meant + "? Known are:";
    for (const std::string& name : names) hint += " " + name;
    return at(member.line, "unknown " + what + " " + shown(member.name), hint + ".");
  }

  Result<void> section(const Member& member) {
    const std::vector<std::string> names = section_names();
    if (std::find(names.begin(), names.end(), member.name) == names.end()) {
      return unknown(member, "section", names);
    }
    if (member.value.kind == Node::Kind::null) return {};
    if (member.value.kind != Node::Kind::object) {
      return at(member.line, member.name + " is not a section",
                "Write its keys below it, indented.");
    }
    for (const Member& key : member.value.members) {
      if (auto read = setting(member.name, key); !read) return read;
    }
    return {};
  }

  Result<void> setting(const std::string& section, const Member& member) {
    const Setting* row = find_setting(section + "." + member.name);
    if (row == nullptr) return unknown(member, "key in section " + section + ":", keys_of(section));
    if (member.value.kind == Node::Kind::null) return {};
    if (list_separator(row->type) != '\0' && member.value.kind == Node::Kind::array) {
      return list(*row, member);
    }
    if (member.value.kind != Node::Kind::scalar) {
      return at(
          member.line, std::string(row->key) + " is not a single value",
          "Write one value (" + std::string(setting_type_name(row->type)) + ") after the colon.");
    }
    result_.entries.push_back({row, member.value.text, member.line});
    return {};
  }

  Result<void> list(const Setting& row, const Member& member) {
    const char separator = list_separator(row.type);
    std::string joined;
    for (const Node& item : member.value.items) {
      if (item.kind != Node::Kind::scalar || item.text.find(separator) != std::string::npos) {
        return at(item.line,
                  "an item of " + std::string(row.key) + " is not a single text without a \"" +
                      separator + "\"",
                  "Write one text in each line of the list.");
      }
      joined += joined.empty() ? item.text : separator + item.text;
    }
    result_.entries.push_back({&row, std::move(joined), member.line});
    return {};
  }

  Result<void> modules(const Member& member) {
    if (member.value.kind == Node::Kind::null) return {};
    if (member.value.kind != Node::Kind::object) {
      return at(member.line, "modules is not a section",
                "Write the names of modules below it, indented.");
    }
    for (const Member& module : member.value.members) {
      if (module.value.kind == Node::Kind::null) continue;
      if (module.value.kind != Node::Kind::object) {
        return at(module.line, "modules." + shown(module.name) + " is not a section",
                  "Write the module's keys below its name, indented.");
      }
      for (const Member& key : module.value.members) {
        if (key.value.kind == Node::Kind::null) continue;
        result_.modules.push_back({module.name, key.name, yaml::to_json(key.value), key.line});
      }
    }
    return {};
  }

  std::string file_;
  UserFile result_;
};

}  // namespace

Result<UserFile> parse_user_file(std::string_view text, std::string_view file) {
  const Result<Node> root = yaml::parse(text, file);
  if (!root) return Failure(root.error());
  return Reading(file).document(*root);
}

}  // namespace dockerhub
