#include "yaml_entry.hpp"

#include <algorithm>
#include <vector>

#include "dockerhub/yaml.hpp"

namespace dockerhub::cli {

namespace {

using YamlLines = std::vector<std::string>;

constexpr std::size_t kUsualIndent = 2;

YamlLines yaml_lines(std::string_view text) {
  YamlLines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

bool says_nothing(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos || line[first] == '#';
}

// Behind `begin`: the first line that is indented by no more than `indent`.
std::size_t end_of_block(const YamlLines& lines, std::size_t begin, std::size_t indent) {
  std::size_t end = begin + 1;
  for (std::size_t i = end; i < lines.size(); ++i) {
    if (says_nothing(lines[i])) continue;
    if (indent_of(lines[i]) <= indent) break;
    end = i + 1;
  }
  return end;
}

// The line "name:" with that indentation in a range, or its end.
std::size_t line_of(const YamlLines& lines, std::size_t begin, std::size_t end, std::size_t indent,
                    std::string_view name) {
  for (; begin < end; ++begin) {
    const std::string_view line = lines[begin];
    if (indent_of(line) == indent && line.substr(indent, name.size()) == name &&
        line.substr(indent + name.size(), 1) == ":")
      break;
  }
  return begin;
}

// What stands behind "name:" in a line with that indentation.
std::string_view behind_name(std::string_view line, std::size_t indent, std::string_view name) {
  return line.substr(indent + name.size() + 1);
}

// With the blanks before it. A quoted text may have a number sign.
std::string_view comment_of(std::string_view behind) {
  const std::size_t first = std::min(behind.find_first_not_of(' '), behind.size());
  const std::string_view quote = behind.substr(first, 1);
  const bool is_quoted = quote == "\"" || quote == "'";
  const std::size_t end = is_quoted ? behind.find(quote, first + 1) : 0;
  const std::size_t at = behind.find(" #", end);
  if (at == std::string_view::npos) return {};
  return behind.substr(behind.find_last_not_of(' ', at) + 1);
}

Result<YamlLines> indented_lines(const json::Value& value, std::size_t indent) {
  const Result<std::string> text = yaml_of_json(json::write(value));
  if (!text) return Failure(text.error());
  YamlLines lines = yaml_lines(*text);
  for (std::string& line : lines) line.insert(0, indent, ' ');
  return lines;
}

Result<YamlLines> entry_lines(std::string_view name, const json::Value& value, std::size_t indent) {
  Result<YamlLines> lines = indented_lines(value, indent + kUsualIndent);
  if (lines) lines->insert(lines->begin(), std::string(indent, ' ') + std::string(name) + ":");
  return lines;
}

Result<YamlLines> member_lines(const json::Value& name, const json::Value& value,
                               std::size_t indent) {
  json::Document one(rapidjson::kObjectType);
  one.AddMember(json::Value(name, one.GetAllocator()), json::Value(value, one.GetAllocator()),
                one.GetAllocator());
  return indented_lines(one, indent);
}

std::size_t indent_inside(const YamlLines& lines, std::size_t begin, std::size_t end,
                          std::size_t otherwise) {
  const auto last = lines.begin() + static_cast<std::ptrdiff_t>(end);
  const auto first =
      std::find_if_not(lines.begin() + static_cast<std::ptrdiff_t>(begin), last, says_nothing);
  return first == last ? otherwise : indent_of(*first);
}

void replace_lines(YamlLines& lines, std::size_t begin, std::size_t end, const YamlLines& by) {
  const auto at = lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                              lines.begin() + static_cast<std::ptrdiff_t>(end));
  lines.insert(at, by.begin(), by.end());
}

// Of the entry whose head is at `begin`.
Result<void> change_members(YamlLines& lines, std::size_t begin, std::size_t indent,
                            const json::Value* known, const json::Value& value) {
  for (const auto& member : value.GetObject()) {
    const std::string_view name = json::view(member.name);
    const json::Value* before = known == nullptr ? nullptr : json::find(*known, name);
    if (before != nullptr && *before == member.value) continue;
    std::size_t end = end_of_block(lines, begin, indent);
    const std::size_t inside = indent_inside(lines, begin + 1, end, indent + kUsualIndent);
    const std::size_t line = line_of(lines, begin + 1, end, inside, name);
    Result<YamlLines> changed = member_lines(member.name, member.value, inside);
    if (!changed) return Failure(changed.error());
    if (line < end) {
      changed->front() += comment_of(behind_name(lines[line], inside, name));
      end = std::min(end, end_of_block(lines, line, inside));
    }
    replace_lines(lines, line, end, *changed);
  }
  return {};
}

}  // namespace

Result<std::string> with_yaml_entry(std::string_view text, std::string_view section,
                                    std::string_view name, const json::Value* known,
                                    const json::Value& value) {
  YamlLines lines = yaml_lines(text);
  const std::size_t head = line_of(lines, 0, lines.size(), 0, section);
  const std::string heading = std::string(section) + ":";
  if (head == lines.size()) lines.push_back(heading);
  std::size_t end = end_of_block(lines, head, 0);
  // "section: {}" or "section: null".
  if (end == head + 1 && !says_nothing(behind_name(lines[head], 0, section))) lines[head] = heading;
  const std::size_t indent = indent_inside(lines, head + 1, end, kUsualIndent);
  const std::size_t begin = line_of(lines, head + 1, end, indent, name);
  const bool is_there = begin < end;
  if (is_there) end = std::min(end, end_of_block(lines, begin, indent));
  if (is_there && says_nothing(behind_name(lines[begin], indent, name))) {
    if (auto done = change_members(lines, begin, indent, known, value); !done)
      return Failure(done.error());
  } else {
    const Result<YamlLines> entry = entry_lines(name, value, indent);
    if (!entry) return Failure(entry.error());
    replace_lines(lines, begin, end, *entry);
  }
  std::string result;
  for (const std::string& line : lines) result += line + "\n";
  return result;
}

}  // namespace dockerhub::cli
