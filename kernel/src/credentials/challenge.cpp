#include "credentials/challenge.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/lower_case.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kMostBytes = 16 * 1024;
constexpr std::size_t kMostChallenges = 16;
constexpr std::size_t kMostParameters = 32;

bool is_alphanumeric(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9');
}

// RFC 9110 5.6.2.
bool is_token_letter(char letter) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return is_alphanumeric(letter) || kOthers.find(letter) != std::string_view::npos;
}

// RFC 9110 11.2, without the "=" at the end.
bool is_token68_letter(char letter) {
  constexpr std::string_view kOthers = "-._~+/";
  return is_alphanumeric(letter) || kOthers.find(letter) != std::string_view::npos;
}

// Reads one field; each function takes what it recognises and leaves the rest.
class Field {
 public:
  explicit Field(std::string_view text) : rest_(text) {}

  // The next challenge; nothing at the end and where the grammar is broken.
  std::optional<Challenge> challenge() {
    separators();
    const std::string_view scheme = token();
    if (scheme.empty()) return std::nullopt;
    Challenge read;
    read.scheme = lower_case(scheme);
    if (rest_.empty() || rest_.front() == ',') return read;
    if (blanks() == 0) return std::nullopt;
    if (auto value = token68()) {
      read.token68 = *value;
      return read;
    }
    if (!parameters(read)) return std::nullopt;
    return read;
  }

 private:
  std::size_t blanks() {
    const std::size_t count = std::min(rest_.find_first_not_of(" \t"), rest_.size());
    rest_.remove_prefix(count);
    return count;
  }

  void separators() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t,"), rest_.size()));
  }

  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view token() {
    const auto* const end = std::find_if_not(rest_.begin(), rest_.end(), is_token_letter);
    return take(static_cast<std::size_t>(end - rest_.begin()));
  }

  bool at_end_of_item() const { return rest_.empty() || rest_.front() == ','; }

  // A value alone, as in "Negotiate abc==": it is one only where nothing else follows.
  std::optional<std::string> token68() {
    const Field before = *this;
    const auto* letters = std::find_if_not(rest_.begin(), rest_.end(), is_token68_letter);
    const auto* const end =
        std::find_if_not(letters, rest_.end(), [](char letter) { return letter == '='; });
    const std::string_view value = take(static_cast<std::size_t>(end - rest_.begin()));
    blanks();
    if (!value.empty() && at_end_of_item()) return std::string(value);
    *this = before;
    return std::nullopt;
  }

  // False where the grammar is broken. Ends before the comma of the next challenge, which is told from a
  // parameter by having no "=" after its first word.
  bool parameters(Challenge& challenge) {
    for (;;) {
      const std::string name = lower_case(token());
      blanks();
      if (name.empty() || take(1) != "=") return false;
      blanks();
      std::optional<std::string> value = this->value();
      blanks();
      if (!value || !at_end_of_item()) return false;
      if (!add(challenge, name, std::move(*value))) return false;
      const Field before_comma = *this;
      separators();
      if (rest_.empty()) return true;
      if (!parameter_follows()) {
        *this = before_comma;
        return true;
      }
    }
  }

  bool parameter_follows() const {
    Field ahead = *this;
    const bool named = !ahead.token().empty();
    ahead.blanks();
    return named && !ahead.rest_.empty() && ahead.rest_.front() == '=';
  }

  static bool add(Challenge& challenge, const std::string& name, std::string value) {
    const auto known = challenge.parameters.find(name);
    if (known == challenge.parameters.end()) {
      challenge.parameters.emplace(name, std::move(value));
      return challenge.parameters.size() <= kMostParameters;
    }
    if (name == "scope") known->second += ' ' + value;
    return true;
  }

  std::optional<std::string> value() {
    if (rest_.empty() || rest_.front() != '"') {
      const std::string_view word = token();
      return word.empty() ? std::nullopt : std::optional<std::string>(word);
    }
    std::string out;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return out;
      }
      if (rest_[i] == '\\' && ++i == rest_.size()) break;
      out += rest_[i];
    }
    return std::nullopt;
  }

  std::string_view rest_;
};

}  // namespace

std::string_view Challenge::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<Challenge> parse_challenges(const std::vector<std::string_view>& fields) {
  std::vector<Challenge> challenges;
  std::size_t bytes = 0;
  for (const std::string_view text : fields) {
    bytes += text.size();
    if (bytes > kMostBytes) break;
    Field field(text);
    while (challenges.size() < kMostChallenges) {
      std::optional<Challenge> challenge = field.challenge();
      if (!challenge) break;
      challenges.push_back(std::move(*challenge));
    }
  }
  return challenges;
}

std::vector<Challenge> challenges_of(const http::Headers& headers) {
  return parse_challenges(headers.all("WWW-Authenticate"));
}

const Challenge* preferred(const std::vector<Challenge>& challenges) {
  for (const std::string_view scheme : {"bearer", "basic"}) {
    const auto found = std::find_if(challenges.begin(), challenges.end(),
                                    [&](const Challenge& each) { return each.scheme == scheme; });
    if (found != challenges.end()) return &*found;
  }
  return nullptr;
}

}  // namespace dockerhub
