#include "redaction/json_filter.hpp"

#include <rapidjson/error/en.h>

#include <algorithm>
#include <utility>

#include "base/json.hpp"
#include "redaction/key_rule.hpp"
#include "redaction/redactor.hpp"
#include "redaction/shapes.hpp"

namespace dockerhub {
namespace {

using rapidjson::SizeType;

// Reader events in, Writer events out.
class Filter {
 public:
  // size: of what is read, in bytes.
  Filter(const KnownValues& known, const std::vector<std::string>& shown_once, KeyRule key_rule,
         std::size_t size)
      : known_(known),
        shown_once_(shown_once),
        key_rule_(key_rule),
        buffer_(size + kRoom),
        writer_(buffer_) {}

  bool Null() { return skips() || (next_value(), writer_.Null()); }
  bool Bool(bool value) {
    if (skips()) return true;
    return next_value().secret && value ? mask() : writer_.Bool(value);
  }
  bool RawNumber(const char* text, SizeType size, bool) { return number({text, size}); }
  bool String(const char* text, SizeType size, bool) { return string({text, size}); }
  bool Key(const char* text, SizeType size, bool) {
    if (skips()) return true;
    const std::string_view key(text, size);
    next_.shown_once = std::find(shown_once_.begin(), shown_once_.end(), key) != shown_once_.end();
    next_.secret = key_rule_ == KeyRule::apply && !next_.shown_once && is_secret_key(key);
    const std::string_view safe = safe_text(key, true);
    return writer_.Key(safe.data(), static_cast<SizeType>(safe.size()));
  }
  bool StartObject() { return enter() && (skips_from_ != 0 || writer_.StartObject()); }
  bool EndObject(SizeType) {
    return leave() ? (skipped_any_ ? mask() : empty_object()) : ended(true);
  }
  bool StartArray() { return enter() && (skips_from_ != 0 || writer_.StartArray()); }
  bool EndArray(SizeType) {
    return leave() ? (skipped_any_ ? mask() : empty_array()) : ended(false);
  }

  // The other number events do not occur: numbers are asked for as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  bool too_deep() const { return depth_ > json::kMaxDepth; }
  std::string result() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  // For masks that are longer than what they stand for, in bytes: few texts need more.
  static constexpr std::size_t kRoom = 256;

  // What the key before a value says about it.
  struct Next {
    bool secret = false, shown_once = false;
  };

  Next next_value() { return std::exchange(next_, Next{}); }

  // Inside a value that is masked as a whole; remembers that there was something.
  bool skips() {
    if (skips_from_ == 0) return false;
    skipped_any_ = true;
    return true;
  }

  bool enter() {
    if (++depth_ > json::kMaxDepth) return false;
    if (!skips() && next_value().secret) {
      skips_from_ = depth_;
      skipped_any_ = false;
    }
    return true;
  }

  // True at the end of a value that is masked as a whole.
  bool leave() {
    const bool last = skips_from_ == depth_;
    --depth_;
    if (last) skips_from_ = 0;
    return last;
  }

  bool ended(bool object) {
    if (skips_from_ != 0) return true;
    return object ? writer_.EndObject() : writer_.EndArray();
  }
  bool empty_object() { return writer_.StartObject() && writer_.EndObject(); }
  bool empty_array() { return writer_.StartArray() && writer_.EndArray(); }

  bool mask() { return writer_.String(kMask.data(), static_cast<SizeType>(kMask.size())); }

  bool string(std::string_view text) {
    if (skips()) return true;
    const Next next = next_value();
    if (next.secret && !text.empty()) return mask();
    const std::string_view safe = safe_text(text, !next.shown_once);
    return writer_.String(safe.data(), static_cast<SizeType>(safe.size()));
  }

  bool number(std::string_view text) {
    // Whoever reads the answer has to be able to: most numbers are seen to be small enough by their length.
    constexpr std::size_t kShort = 300;
    const bool is_short =
        text.size() < kShort && text.find_first_of("eE") == std::string_view::npos;
    if (!is_short && bounded_json::is_too_large(text)) return false;
    if (skips()) return true;
    const std::string_view digits = text.substr(0, text.find_first_of("eE"));
    const bool zero = digits.find_first_of("123456789") == std::string_view::npos;
    if (next_value().secret && !zero) return mask();
    if (known_.occur_in(text)) return mask();
    return writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }

  // The text, or safe_ with what has to be masked. Valid until the next use.
  std::string_view safe_text(std::string_view text, bool by_shape) {
    spans_.clear();
    known_.find(text, spans_);
    if (by_shape) find_shapes(text, spans_);
    if (spans_.empty()) return text;
    safe_ = masked(text, spans_);
    return safe_;
  }

  const KnownValues& known_;
  const std::vector<std::string>& shown_once_;
  const KeyRule key_rule_;
  json::Buffer buffer_;
  json::Writer writer_;
  Next next_;
  std::size_t depth_ = 0;
  std::size_t skips_from_ = 0;  // depth of the value that is masked as a whole; 0 = none
  bool skipped_any_ = false;
  Spans spans_;
  std::string safe_;
};

// Ends the reading at the first text that holds a known value.
class Finder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Finder> {
 public:
  explicit Finder(const KnownValues& known) : known_(known) {}

  bool String(const char* text, SizeType size, bool) { return !known_.occur_in({text, size}); }
  bool Key(const char* text, SizeType size, bool copy) { return String(text, size, copy); }

 private:
  const KnownValues& known_;
};

Failure not_json(const std::string& problem) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message =
      "the answer is not valid JSON (" + problem + ") and cannot be checked for secrets";
  error.hint = "Report this to the publisher of the module.";
  return Failure(std::move(error));
}

}  // namespace

Result<std::string> filter_json(std::string_view json, const KnownValues& known,
                                const std::vector<std::string>& shown_once, KeyRule key_rule) {
  if (const auto fault = bounded_json::fault_of_bytes(json)) return not_json(fault->text());
  Filter filter(known, shown_once, key_rule, json.size());
  const auto parsed = bounded_json::read_checked<rapidjson::kParseIterativeFlag>(json, filter);
  if (filter.too_deep())
    return not_json("nested deeper than " + std::to_string(json::kMaxDepth) + " levels");
  if (!parsed) {
    return not_json(std::string(rapidjson::GetParseError_En(parsed.Code())) + " at byte " +
                    std::to_string(parsed.Offset()));
  }
  return filter.result();
}

bool texts_hold(std::string_view json, const KnownValues& known) {
  // Without escapes every text stands there as it is read, and a longer value is found there.
  if (!known.any_short() && json.find('\\') == std::string_view::npos) return false;
  Finder finder(known);
  return bounded_json::fault_of_bytes(json) ||
         bounded_json::read_checked<rapidjson::kParseIterativeFlag>(json, finder).IsError();
}

}  // namespace dockerhub
