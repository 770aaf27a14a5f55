#include "config/user_file_edit.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/private_file.hpp"
#include "config/values.hpp"
#include "config/yaml_file.hpp"

namespace dockerhub {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kIndent = "  ";
constexpr std::chrono::seconds kLongestWait{10};  // for others that change the file

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append(1, '\n');
  return text;
}

// Plain where YAML reads it as this very text, else in double quotes, whose escapes are JSON's.
std::string scalar(std::string_view value) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:-+=@";
  constexpr std::string_view kFirst =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/";
  constexpr std::array<std::string_view, 3> kNothing = {"null", "Null", "NULL"};
  const bool plain = !value.empty() && kFirst.find(value[0]) != std::string_view::npos &&
                     value.find_first_not_of(kPlain) == std::string_view::npos &&
                     value.back() != ':' &&
                     std::find(kNothing.begin(), kNothing.end(), value) == kNothing.end();
  return plain ? std::string(value) : json::quote(value);
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Where the value after "key:" begins and ends in that line; what follows is blanks and a comment.
// nullopt: the line is not of the form "key: value".
struct Range {
  std::size_t begin, end;
};
std::optional<Range> value_in(std::string_view line, std::string_view key) {
  const std::size_t start = indentation(line);
  if (line.substr(start, key.size()) != key || line.substr(start + key.size(), 1) != ":")
    return std::nullopt;
  const std::size_t colon = start + key.size() + 1;
  const std::size_t begin = std::min(line.find_first_not_of(' ', colon), line.size());
  if (begin == line.size() || line[begin] == '#') return Range{colon, colon};
  const char first = line[begin];
  if (first == '"' || first == '\'') {
    std::size_t end = begin + 1;
    while (end < line.size() && line[end] != first)
      end += line[end] == '\\' && first == '"' ? 2 : 1;
    return Range{begin, std::min(end + 1, line.size())};
  }
  const std::size_t comment = std::min(line.find(" #", begin), line.size());
  return Range{begin, line.find_last_not_of(" \r", comment - 1) + 1};
}

// The member of an object node.
const yaml::Member* find(const yaml::Node& node, std::string_view name) {
  const auto found = std::find_if(node.members.begin(), node.members.end(),
                                  [&](const yaml::Member& member) { return member.name == name; });
  return found == node.members.end() ? nullptr : &*found;
}

// One edit of a text that was parsed.
class Edit {
 public:
  Edit(std::string_view text, std::string_view file, const Setting& setting)
      : lines_(lines_of(text)),
        file_(file),
        section_(setting.key.substr(0, setting.key.find('.'))),
        key_(setting.key.substr(setting.key.find('.') + 1)) {}

  Result<Lines> apply(const yaml::Node& root, const std::optional<std::string>& value) && {
    const yaml::Member* section = find(root, section_);
    const yaml::Member* key = section == nullptr ? nullptr : find(section->value, key_);
    Result<void> done;
    if (key != nullptr) {
      done = value ? replace(*key, *value) : remove(*key);
    } else if (value) {
      done = section == nullptr ? append(root, *value) : insert(*section, *value);
    }
    if (!done) return Failure(std::move(done.error()));
    return std::move(lines_);
  }

 private:
  Failure by_hand(std::size_t line) const {
    return refused(file_ + ":" + std::to_string(line) + ": " + section_ + "." + key_ +
                       " cannot be changed here without touching other lines",
                   "Change it with an editor; then run `dockerhub config validate`.");
  }

  Result<void> replace(const yaml::Member& key, const std::string& value) {
    std::string& line = lines_[key.line - 1];
    const auto range = value_in(line, key_);
    if (!range || key.value.kind == yaml::Node::Kind::array) return by_hand(key.line);
    const bool empty = range->begin == range->end;
    line.replace(range->begin, range->end - range->begin, (empty ? " " : "") + scalar(value));
    return {};
  }

  Result<void> remove(const yaml::Member& key) {
    if (!value_in(lines_[key.line - 1], key_) || key.value.kind == yaml::Node::Kind::array)
      return by_hand(key.line);
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(key.line) - 1);
    return {};
  }

  Result<void> insert(const yaml::Member& section, const std::string& value) {
    const auto range = value_in(lines_[section.line - 1], section_);
    if (!range || range->begin != range->end) return by_hand(section.line);
    std::string indent(kIndent);
    if (!section.value.members.empty())
      indent.assign(indentation(lines_[section.value.members.front().line - 1]), ' ');
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(section.line),
                  indent + key_ + ": " + scalar(value));
    return {};
  }

  Result<void> append(const yaml::Node& root, const std::string& value) {
    const bool braces = root.kind == yaml::Node::Kind::object &&
                        lines_[root.line - 1].find('{') != std::string::npos;
    if (braces) return by_hand(root.line);
    lines_.push_back(section_ + ":");
    lines_.push_back(std::string(kIndent) + key_ + ": " + scalar(value));
    return {};
  }

  Lines lines_;
  std::string file_, section_, key_;
};

// What a text says, but for one key: what an edit has to leave alone.
std::vector<std::string> all_but(const UserFile& file, const Setting& setting) {
  std::vector<std::string> rows;
  for (const UserFile::Entry& entry : file.entries) {
    if (entry.setting != &setting)
      rows.push_back(std::string(entry.setting->key) + "=" + entry.text);
  }
  for (const UserFile::ModuleEntry& entry : file.modules)
    rows.push_back(entry.module + "." + entry.key + "=" + entry.json);
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::optional<std::string> value_of(const UserFile& file, const Setting& setting) {
  for (const UserFile::Entry& entry : file.entries) {
    if (entry.setting == &setting) return entry.text;
  }
  return std::nullopt;
}

Result<const Setting*> known_setting(std::string_view key) {
  if (const Setting* row = find_setting(key)) return row;
  const std::string meant = likely(key, setting_keys());
  return refused("unknown setting " + shown(key),
                 meant.empty() ? "Run `dockerhub config show` for all of them."
                               : "Did you mean " + meant + "?");
}

// The file to be replaced: what a link names, so that the link stays.
std::filesystem::path real_file(const std::filesystem::path& file) {
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(file, problem);
  return problem ? file : real;
}

Result<std::string> old_text(const std::filesystem::path& file) {
  if (is_missing(file)) return std::string();
  Result<FileText> old = read_file(file, kUserFileLimit);
  if (!old) return Failure(std::move(old.error()));
  if (old->only_ours()) return std::move(old->text);
  return refused(file.string() + ": another user owns this file or may write it",
                 "Check its content, then make it yours alone: chown to you and chmod 600.");
}

}  // namespace

Result<std::string> with_setting(std::string_view text, std::string_view file,
                                 const Setting& setting, const std::optional<std::string>& value) {
  const Result<UserFile> old = parse_user_file(text, file);
  if (!old) return Failure(old.error());
  const Result<yaml::Node> root = yaml::parse(text, file);
  if (!root) return Failure(root.error());
  Result<Lines> lines = Edit(text, file, setting).apply(*root, value);
  if (!lines) return Failure(std::move(lines.error()));
  std::string changed = text_of(*lines);
  const Result<UserFile> now = parse_user_file(changed, file);
  if (now && value_of(*now, setting) == value && all_but(*now, setting) == all_but(*old, setting))
    return changed;
  return refused(std::string(file) + ": " + std::string(setting.key) +
                     " cannot be changed without touching other lines",
                 "Change it with an editor; then run `dockerhub config validate`.");
}

Result<void> write_setting(const std::filesystem::path& file, std::string_view key,
                           const std::optional<std::string>& value, const AcceptUserFile& accept) {
  const Result<const Setting*> setting = known_setting(key);
  if (!setting) return Failure(setting.error());
  if (value) {
    if (auto checked = checked_value(**setting, *value, "the given value"); !checked)
      return Failure(std::move(checked.error()));
  }
  const std::filesystem::path target = real_file(file);
  const Result<UniqueFd> lock = PrivateFile(target, 1).lock(kLongestWait);
  if (!lock) return Failure(lock.error());
  const Result<std::string> old = old_text(target);
  if (!old) return Failure(old.error());
  Result<std::string> changed = with_setting(*old, file.string(), **setting, value);
  if (!changed) return Failure(std::move(changed.error()));
  const Result<UserFile> entries = parse_user_file(*changed, file.string());
  if (!entries) return Failure(entries.error());
  if (auto accepted = accept(*entries); !accepted) return accepted;
  return write_file(target, *changed);
}

}  // namespace dockerhub
