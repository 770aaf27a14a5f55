#include "json_merge.hpp"

#include <algorithm>
#include <vector>

namespace dockerhub::cli {

namespace {

constexpr std::string_view kJsonBlanks = " \t\r\n";
constexpr std::size_t kIndentOfPretty = 2;

bool is_ours(MemberNames ours, std::string_view name) {
  return std::find(ours.begin(), ours.end(), name) != ours.end();
}

bool has_item(const json::Value& list, const json::Value& item) {
  const auto& items = list.GetArray();
  return std::any_of(items.begin(), items.end(), [&](const json::Value& known) {
    return known.IsObject() && json::text_of(known, "id") == json::text_of(item, "id");
  });
}

struct TextMember {
  std::string name;        // of a list's item: empty
  std::size_t begin, end;  // of the value
};

struct TextContainer {
  std::size_t open, close;  // where the brackets are
  std::vector<TextMember> members;
};

// Finds its way in a text that is known to be JSON.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  std::size_t after_blanks(std::size_t at) const {
    return std::min(text_.find_first_not_of(kJsonBlanks, at), text_.size());
  }

  TextContainer container(std::size_t open) const {
    TextContainer container{open, open, {}};
    const bool is_object = text_[open] == '{';
    std::size_t at = after_blanks(open + 1);
    while (text_[at] != '}' && text_[at] != ']') {
      TextMember member{};
      if (is_object) {
        const std::size_t end = after_string(at);
        member.name = name_of(text_.substr(at, end - at));
        at = after_blanks(after_blanks(end) + 1);
      }
      member.begin = at;
      member.end = after_value(at);
      at = after_blanks(member.end);
      if (text_[at] == ',') at = after_blanks(at + 1);
      container.members.push_back(std::move(member));
    }
    container.close = at;
    return container;
  }

 private:
  static std::string name_of(std::string_view quoted) {
    const auto name = json::parse(quoted);
    return name ? std::string(json::view(*name)) : std::string();
  }

  std::size_t after_string(std::size_t at) const {
    for (++at; text_[at] != '"'; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return at + 1;
  }

  std::size_t after_value(std::size_t at) const {
    if (text_[at] == '"') return after_string(at);
    if (text_[at] != '{' && text_[at] != '[')
      return std::min(text_.find_first_of(",]} \t\r\n", at), text_.size());
    std::size_t depth = 0;
    do {
      if (text_[at] == '"') {
        at = after_string(at);
        continue;
      }
      if (text_[at] == '{' || text_[at] == '[') ++depth;
      if (text_[at] == '}' || text_[at] == ']') --depth;
      ++at;
    } while (depth > 0);
    return at;
  }

  std::string_view text_;
};

class JsonTextMerge {
 public:
  JsonTextMerge(std::string_view text, MemberNames ours)
      : text_(text), scanner_(text), ours_(ours) {}

  std::string run(const json::Value& wanted) {
    // A byte order mark may stand before it.
    const TextContainer root = scanner_.container(text_.find('{'));
    unit_ = unit_of(root);
    merge(root, wanted, 0);
    std::string result(text_);
    std::sort(edits_.begin(), edits_.end(),
              [](const Change& a, const Change& b) { return a.begin > b.begin; });
    for (const Change& change : edits_)
      result.replace(change.begin, change.end - change.begin, change.text);
    return result;
  }

 private:
  struct Change {
    std::size_t begin, end;
    std::string text;
  };

  std::string_view inside(const TextContainer& container) const {
    return text_.substr(container.open, container.close - container.open);
  }

  bool is_one_line(const TextContainer& container) const {
    return !container.members.empty() && inside(container).find('\n') == std::string_view::npos;
  }

  // What the first member of the whole is indented by.
  std::string unit_of(const TextContainer& root) const {
    const std::size_t first = scanner_.after_blanks(root.open + 1);
    const std::string_view before = text_.substr(root.open + 1, first - root.open - 1);
    const std::size_t line = before.rfind('\n');
    const bool tells =
        !root.members.empty() && line != std::string_view::npos && line + 1 < before.size();
    return std::string(tells ? before.substr(line + 1) : "  ");
  }

  std::string margin(std::size_t depth) const {
    std::string text;
    while (depth-- > 0) text += unit_;
    return text;
  }

  // The value as lines, of which all but the first have a margin.
  std::string lines_of(const json::Value& value, std::size_t depth) const {
    const std::string pretty = json::indented(json::write(value));
    std::string text;
    std::size_t at = 0;
    while (at < pretty.size()) {
      const std::size_t begin = std::min(pretty.find_first_not_of(' ', at), pretty.size());
      const std::size_t end = std::min(pretty.find('\n', begin), pretty.size());
      if (at > 0) text += "\n" + margin(depth + (begin - at) / kIndentOfPretty);
      text += pretty.substr(begin, end - begin);
      at = end + 1;
    }
    return text;
  }

  // The last one, as readers take it.
  static const TextMember* find(const TextContainer& container, std::string_view name) {
    const auto found = std::find_if(container.members.rbegin(), container.members.rend(),
                                    [&](const TextMember& member) { return member.name == name; });
    return found == container.members.rend() ? nullptr : &*found;
  }

  void merge(const TextContainer& object, const json::Value& wanted, std::size_t depth) {
    const bool one_line = is_one_line(object);
    std::vector<std::string> added;
    for (const auto& member : wanted.GetObject()) {
      const TextMember* known = find(object, json::view(member.name));
      if (known != nullptr) {
        change(*known, member, depth + 1);
      } else {
        added.push_back(json::write(member.name) + ": " +
                        (one_line ? json::write(member.value) : lines_of(member.value, depth + 1)));
      }
    }
    add(object, added, depth);
  }

  void change(const TextMember& known, const json::Value::Member& wanted, std::size_t depth) {
    const char first = text_[known.begin];
    const std::string_view name = json::view(wanted.name);
    if (text_.substr(known.begin, known.end - known.begin) == "null" || is_ours(ours_, name)) {
      edits_.push_back({known.begin, known.end, lines_of(wanted.value, depth)});
    } else if (wanted.value.IsObject() && first == '{') {
      merge(scanner_.container(known.begin), wanted.value, depth);
    } else if (wanted.value.IsArray() && first == '[') {
      extend(known, wanted.value, depth);
    }
  }

  void extend(const TextMember& known, const json::Value& items, std::size_t depth) {
    const auto list = json::parse(text_.substr(known.begin, known.end - known.begin));
    const TextContainer container = scanner_.container(known.begin);
    std::vector<std::string> added;
    for (const auto& item : items.GetArray()) {
      if (list && has_item(*list, item)) continue;
      added.push_back(is_one_line(container) ? json::write(item) : lines_of(item, depth + 1));
    }
    add(container, added, depth);
  }

  void add(const TextContainer& container, const std::vector<std::string>& added,
           std::size_t depth) {
    if (added.empty()) return;
    const std::string line = is_one_line(container) ? " " : "\n" + margin(depth + 1);
    std::string text;
    for (const std::string& one : added) text += (text.empty() ? "" : ",") + line + one;
    if (container.members.empty()) {
      edits_.push_back({container.open + 1, container.close, text + "\n" + margin(depth)});
    } else {
      const std::size_t end = container.members.back().end;
      edits_.push_back({end, end, "," + text});
    }
  }

  std::string_view text_;
  JsonScanner scanner_;
  MemberNames ours_;
  std::string unit_;
  std::vector<Change> edits_;
};

void add_items(json::Value& list, const json::Value& items, json::Document& document) {
  for (const auto& item : items.GetArray()) {
    if (has_item(list, item)) continue;
    list.PushBack(json::Value(item, document.GetAllocator()), document.GetAllocator());
  }
}

bool fits(const json::Value& known, const json::Value& wanted) {
  return (known.IsObject() || !wanted.IsObject()) && (known.IsArray() || !wanted.IsArray());
}

}  // namespace

tl::expected<void, std::string> merge_json(json::Value& object, const json::Value& wanted,
                                           MemberNames ours, json::Document& document) {
  auto& allocator = document.GetAllocator();
  for (const auto& member : wanted.GetObject()) {
    const std::string_view name = json::view(member.name);
    if (!object.HasMember(member.name)) {
      object.AddMember(json::Value(member.name, allocator), json::Value(member.value, allocator),
                       allocator);
      continue;
    }
    json::Value& known = object[member.name];
    if (known.IsNull() || is_ours(ours, name)) {
      known.CopyFrom(member.value, allocator);
    } else if (!fits(known, member.value)) {
      return tl::unexpected("its \"" + std::string(name) + "\" is no " +
                            (member.value.IsObject() ? "object" : "list"));
    } else if (member.value.IsObject()) {
      if (auto merged = merge_json(known, member.value, ours, document); !merged) return merged;
    } else if (member.value.IsArray()) {
      add_items(known, member.value, document);
    }
  }
  return {};
}

std::string merge_json_text(std::string_view text, const json::Value& wanted, MemberNames ours) {
  return JsonTextMerge(text, ours).run(wanted);
}

}  // namespace dockerhub::cli
