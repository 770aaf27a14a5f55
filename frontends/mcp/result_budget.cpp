#include "result_budget.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "json_size.hpp"
#include "lists_by_size.hpp"
#include "rest_of_list.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::size_t kBytesPerToken = 4;
constexpr std::size_t kNoteRoom = 512;       // bytes that what is said of one cut may take
constexpr std::size_t kShortText = 128;      // no text is cut to less
constexpr std::size_t kMostListNotes = 8;    // lists of which each is told; the others are counted
constexpr std::size_t kMostPathBytes = 200;  // of a list, that are told
constexpr std::size_t kMostNamedFields = 3;  // that an advice names
constexpr std::size_t kNotesFrame = 9;       // of the member "cut" around its notes

// Where UTF-8 may be cut so that at most `most` bytes stay.
std::string_view cut_text(std::string_view text, std::size_t most) {
  constexpr unsigned char kKindOfByte = 0xC0, kContinuation = 0x80;
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & kKindOfByte) == kContinuation)
    --most;
  return text.substr(0, most);
}

std::string shortened(std::string_view text, std::size_t most) {
  const std::string_view kept = cut_text(text, most);
  return std::string(kept) + " [cut: " + std::to_string(kept.size()) + " of " +
         std::to_string(text.size()) + " bytes]";
}

// The path from a value to a list within it, in front of which it puts its steps.
bool put_path(const json::Value& from, const json::Value& list, std::string& path) {
  if (&from == &list) return true;
  if (from.IsArray()) {
    for (rapidjson::SizeType index = 0; index < from.Size(); ++index) {
      if (!put_path(from[index], list, path)) continue;
      path.insert(0, "[" + std::to_string(index) + "]");
      return true;
    }
  } else if (from.IsObject()) {
    for (const auto& member : from.GetObject()) {
      if (!put_path(member.value, list, path)) continue;
      path.insert(0, "." + std::string(json::view(member.name)));
      return true;
    }
  }
  return false;
}

struct LongText {
  json::Value* value;
  std::string_view text;  // stays in the document's memory
  std::size_t quoted;     // bytes as JSON
};

struct CutNote {
  std::string text;
  bool of_data;
  const json::Value* list = nullptr;  // of a list that ends early
  std::size_t count = 0;              // of its items before
};

class Fitting {
 public:
  Fitting(json::Document& envelope, const Answered& answered, std::size_t max_tokens)
      : envelope_(envelope), answered_(answered), most_(max_tokens * kBytesPerToken) {}

  void run() {
    measure();
    if (!too_long()) return;
    // A list that is shorter than a text that is cut anyway may stay whole.
    end_lists(longest_text());
    if (too_long()) cut_texts();
    if (too_long()) {
      measure();
      end_lists(0);
    }
    if (too_long() && shown_once().empty()) withhold();
    put_notes();
  }

 private:
  json::Document::AllocatorType& memory() { return envelope_.GetAllocator(); }
  std::size_t size() const { return written_ + noted_; }
  bool too_long() const { return size() > most_; }

  const std::vector<std::string>& shown_once() const {
    static const std::vector<std::string> kNothing;
    return answered_.action == nullptr ? kNothing : answered_.action->answer.shown_once;
  }

  bool is_verbatim() const {
    return answered_.action != nullptr && answered_.action->answer.verbatim;
  }

  // What the reader needs to judge the rest is left alone.
  static bool is_mark(std::string_view member) { return member == "from_outside"; }

  bool lists_end_in(std::string_view member) const {
    if (member == "data" && (is_verbatim() || !shown_once().empty())) return false;
    return !is_mark(member);
  }

  bool texts_end_in(std::string_view member) const {
    return !is_mark(member) && !(member == "data" && is_verbatim());
  }

  void measure() {
    lists_ = ListsBySize();
    written_ = frame_size(envelope_.MemberCount());
    for (auto& member : json::members(envelope_)) {
      const std::string name(json::view(member.name));
      const std::size_t own =
          lists_end_in(name) ? lists_.add(member.value) : size_within(member.value);
      before_.emplace(name, own);
      written_ += scalar_size(member.name) + 1 + own;
    }
    lists_.sort();
  }

  void end_lists(std::size_t shortest) {
    while (too_long()) {
      SizedList* list = lists_.largest();
      if (list == nullptr || list->size < shortest) return;
      end_a_list(*list);
    }
  }

  void end_a_list(SizedList& list) {
    const std::size_t others = size() - list.size + kNoteRoom;
    std::size_t bytes = list.first;
    const std::size_t count = list.count;
    const std::size_t shown = others < most_ ? items_within(list, most_ - others, bytes) : 1;
    const json::Value& value = *list.value;
    if (const std::size_t before = forget_note_of(value); before > 0) {
      note_list(value, shown, before);
    } else if (ended_++ < kMostListNotes) {
      note_list(value, shown, count);
    } else if (ended_ == kMostListNotes + 1) {
      noted_ += kNoteRoom;  // for the note that counts these
    }
    written_ -= lists_.end(list, shown, bytes);
  }

  // How many items stay, and their bytes; at least one, of which the bytes are given.
  static std::size_t items_within(const SizedList& list, std::size_t room, std::size_t& bytes) {
    std::size_t count = 1;
    while (count + 1 < list.count) {
      const std::size_t used = bytes + frame_size(count) + 1;
      if (used > room) break;
      const json::Value& item = (*list.value)[static_cast<rapidjson::SizeType>(count)];
      const std::size_t own = size_within(item, room - used);
      if (own > room - used) break;
      bytes += own;
      ++count;
    }
    return count;
  }

  std::string path_of(const json::Value& list) const {
    std::string path;
    put_path(envelope_, list, path);
    if (!path.empty()) path.erase(0, 1);
    if (path.size() <= kMostPathBytes) return path;
    return std::string(cut_text(path, kMostPathBytes)) + "...";
  }

  void note_list(const json::Value& list, std::size_t shown, std::size_t count) {
    const std::string path = path_of(list);
    const json::Value* data = json::find(envelope_, "data");
    const bool own = answered_.action != nullptr && data != nullptr;
    std::string rest;
    if (own && paged_items(*answered_.action, *data) == &list)
      rest = rest_of_list(*answered_.action, answered_.params, list, shown);
    std::vector<std::string> fields;
    if (own && row_items(*answered_.action, *data) == &list) fields = named_fields(list);
    note(path == "data" || path.starts_with("data.") || path.starts_with("data["),
         [&](json::Writer& writer) {
           json::put_member(writer, "list", path);
           put_number(writer, "shown", shown);
           put_number(writer, "of", count);
           if (!rest.empty()) {
             writer.Key("rest");
             json::put_raw(writer, rest);
           }
           json::put_member(writer, "hint", list_hint(rest, fields));
         });
    notes_.back().list = &list;
    notes_.back().count = count;
  }

  // Of a list that was not ended far enough: how many items it had; 0: it is none.
  std::size_t forget_note_of(const json::Value& list) {
    const auto found = std::find_if(notes_.begin(), notes_.end(),
                                    [&](const CutNote& each) { return each.list == &list; });
    if (found == notes_.end()) return 0;
    const std::size_t count = found->count;
    noted_ -= found->text.size() + 1;
    notes_.erase(found);
    return count;
  }

  bool takes_fields() const {
    if (answered_.action == nullptr) return false;
    const std::string& kind = answered_.action->answer.kind;
    return !is_verbatim() && kind != "text" && kind != "bytes";
  }

  // Of the first item those that the row thinks most of.
  std::vector<std::string> named_fields(const json::Value& list) const {
    std::vector<std::string> names;
    if (!takes_fields() || !list[0].IsObject()) return names;
    for (const std::string& column : answered_.action->answer.columns) {
      if (names.size() < kMostNamedFields && list[0].HasMember(column.c_str()))
        names.push_back(column);
    }
    return names;
  }

  // An option of the call as the model gives it.
  std::string option_name(const char* name) const {
    return (answered_.mode == ToolMode::verbose ? "_" : "") + std::string(name);
  }

  std::string narrowing() const {
    if (answered_.describes) {
      return answered_.mode == ToolMode::dynamic
                 ? R"(Name one action: describe_action with {"tool": "...", "action": "..."})"
                 : R"(Name one action: {"action": "describe", "params": {"action": "..."}})";
    }
    if (answered_.action == nullptr) return "The operator can raise MCP_MAX_RESULT_TOKENS";
    return "Narrow the call down by the action's own parameters";
  }

  std::string list_hint(const std::string& rest, const std::vector<std::string>& fields) const {
    std::string hint = narrowing();
    if (!rest.empty()) {
      hint = "Call again with the parameters in `rest`, the others as before and without " +
             option_name("all_pages") + " and " + option_name("max_items");
    }
    if (fields.empty()) return hint + ".";
    hint += "; or ask for less of each item: " + option_name("fields") + " = [";
    for (const std::string& name : fields) {
      hint += json::quote(name) + (name == fields.back() ? "]." : ", ");
    }
    return hint;
  }

  void cut_texts() {
    const std::vector<LongText> texts = long_texts();
    if (texts.empty()) return;
    const std::size_t excess = size() + kNoteRoom - most_;
    std::size_t cap = 0;
    for (const LongText& each : texts) cap = std::max(cap, each.text.size());
    const std::size_t longest = cap;
    while (cap > kShortText && won(texts, cap) < excess) {
      cap = std::max(cap - cap / 4, kShortText);
    }
    std::size_t cut = 0;
    for (const LongText& each : texts) cut += shorten(each, cap) ? 1 : 0;
    if (cut == 0) return;
    measure();
    note(true, [&](json::Writer& writer) {
      put_number(writer, "texts", cut);
      put_number(writer, "shown_bytes", cap);
      put_number(writer, "longest_bytes", longest);
      json::put_member(writer, "hint",
                       "Each cut text says how much of it is missing; the operator can raise "
                       "MCP_MAX_RESULT_TOKENS.");
    });
  }

  std::vector<LongText> long_texts() const {
    std::vector<LongText> texts;
    for (auto& member : json::members(envelope_)) {
      if (texts_end_in(json::view(member.name))) collect(member.value, texts);
    }
    return texts;
  }

  std::size_t longest_text() const {
    std::size_t longest = 0;
    for (const LongText& each : long_texts()) longest = std::max(longest, each.quoted);
    return longest;
  }

  void collect(json::Value& value, std::vector<LongText>& texts) const {
    if (value.IsString() && value.GetStringLength() > kShortText) {
      texts.push_back({&value, json::view(value), scalar_size(value)});
    } else if (value.IsArray()) {
      for (json::Value& each : value.GetArray()) collect(each, texts);
    } else if (value.IsObject()) {
      for (auto& member : json::members(value)) {
        const std::vector<std::string>& kept = shown_once();
        if (std::find(kept.begin(), kept.end(), json::view(member.name)) == kept.end())
          collect(member.value, texts);
      }
    }
  }

  // Bytes of JSON that are saved when no text is longer than that; what it says of the cut takes some, too.
  // Only what stays is looked at: all caps together cost no more than the texts.
  static std::size_t won(const std::vector<LongText>& texts, std::size_t cap) {
    constexpr std::size_t kCutMark = 40;
    std::size_t bytes = 0;
    for (const LongText& each : texts) {
      if (each.text.size() <= cap + kCutMark) continue;
      const std::size_t kept = json::quote(cut_text(each.text, cap)).size() + kCutMark;
      bytes += each.quoted - std::min(each.quoted, kept);
    }
    return bytes;
  }

  bool shorten(const LongText& each, std::size_t cap) {
    if (each.text.size() <= cap) return false;
    const std::string text = shortened(each.text, cap);
    if (text.size() >= each.text.size()) return false;
    each.value->SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()), memory());
    return true;
  }

  // The largest members first: what is short is not taken for the sake of what is not.
  void withhold() {
    while (too_long()) {
      json::Value::Member* largest = nullptr;
      std::size_t bytes = kNoteRoom;
      for (auto& member : json::members(envelope_)) {
        const std::string_view name = json::view(member.name);
        if (is_mark(name) || name == "error") continue;
        const std::size_t own = size_within(member.value);
        if (own <= bytes) continue;
        bytes = own;
        largest = &member;
      }
      if (largest == nullptr) return;
      withhold(*largest, bytes);
    }
  }

  // Data is null then, as its place is asked for; other members go.
  void withhold(json::Value::Member& member, std::size_t bytes) {
    constexpr std::size_t kNullSize = 4;
    const std::string name(json::view(member.name));
    const bool is_data = name == "data";
    if (is_data) {
      member.value.SetNull();
      written_ -= bytes - kNullSize;
      forget_notes_of_data();
    } else {
      written_ -= scalar_size(member.name) + bytes + 2;
      envelope_.EraseMember(name.c_str());
    }
    note(false, [&](json::Writer& writer) {
      json::put_member(writer, "withheld", cut_text(name, kMostPathBytes));
      put_number(writer, "bytes", before_[name]);
      json::put_member(writer, "hint", is_data ? withheld_hint() : operator_hint());
    });
  }

  static std::string operator_hint() { return "The operator can raise MCP_MAX_RESULT_TOKENS."; }

  std::string withheld_hint() const {
    if (is_verbatim())
      return "Its bytes are not shown in part; the command line writes them whole. " +
             operator_hint();
    if (answered_.action == nullptr && !answered_.describes) return operator_hint();
    const std::string less =
        takes_fields() && !answered_.describes ? " or by `" + option_name("fields") + "`" : "";
    return narrowing() + less + ". " + operator_hint();
  }

  template <typename Fill>
  void note(bool of_data, const Fill& fill) {
    if (notes_.empty() && noted_ == 0) noted_ = kNotesFrame;
    notes_.push_back({json::object(fill), of_data, nullptr, 0});
    noted_ += notes_.back().text.size() + 1;
  }

  void forget_notes_of_data() {
    std::erase_if(notes_, [this](const CutNote& each) {
      if (each.of_data) noted_ -= each.text.size() + 1;
      return each.of_data;
    });
  }

  void put_notes() {
    if (ended_ > kMostListNotes) {
      note(false, [&](json::Writer& writer) {
        put_number(writer, "more_lists", ended_ - kMostListNotes);
        json::put_member(writer, "hint", narrowing() + ".");
      });
    }
    if (notes_.empty()) return;
    json::Value notes(rapidjson::kArrayType);
    for (const CutNote& each : notes_) {
      notes.PushBack(json::Value(*json::parse(each.text), memory()), memory());
    }
    envelope_.AddMember("cut", notes, memory());
  }

  static void put_number(json::Writer& writer, const char* key, std::size_t number) {
    writer.Key(key);
    writer.Uint64(number);
  }

  json::Document& envelope_;
  const Answered& answered_;
  const std::size_t most_;
  ListsBySize lists_;
  std::map<std::string, std::size_t> before_;  // bytes of the members before anything was cut
  std::vector<CutNote> notes_;
  std::size_t written_ = 0, noted_ = 0, ended_ = 0;
};

}  // namespace

std::size_t estimated_tokens(std::string_view text) {
  return (text.size() + kBytesPerToken - 1) / kBytesPerToken;
}

void fit(json::Document& envelope, const Answered& answered, std::size_t max_tokens) {
  if (max_tokens > 0) Fitting(envelope, answered, max_tokens).run();
}

void fit(std::string& text, std::size_t max_tokens) {
  if (max_tokens == 0 || estimated_tokens(text) <= max_tokens) return;
  text = shortened(text, max_tokens * kBytesPerToken);
}

void fit_document(std::string& text, std::size_t max_tokens) {
  if (max_tokens == 0 || estimated_tokens(text) <= max_tokens) return;
  const auto document = json::parse(text);
  if (!document || !(document->IsObject() || document->IsArray())) return fit(text, max_tokens);
  json::Document whole(rapidjson::kObjectType);
  whole.AddMember("data", json::Value(*document, whole.GetAllocator()), whole.GetAllocator());
  fit(whole, {}, max_tokens);
  text = json::write(whole);
}

}  // namespace dockerhub::mcp
