#include "readme_links.hpp"

#include <algorithm>
#include <vector>

namespace dockerhub::repos {
namespace {

bool has_scheme(std::string_view target) {
  const std::size_t end = target.find_first_of(":/?#");
  return end != std::string_view::npos && target[end] == ':';
}

bool is_beside(std::string_view target) {
  return !target.empty() && target.front() != '#' && target.substr(0, 2) != "//" &&
         !has_scheme(target);
}

std::string whole(std::string_view target, std::string_view base) {
  if (base.empty() || !is_beside(target)) return std::string(target);
  while (!base.empty() && base.back() == '/') base.remove_suffix(1);
  while (target.substr(0, 2) == "./") target.remove_prefix(2);
  if (target.substr(0, 1) == "/") target.remove_prefix(1);
  return std::string(base).append("/").append(target);
}

// Takes the text apart from the front; what is no link goes over as it is.
class Rewriting {
 public:
  Rewriting(std::string_view text, const LinkBases& bases) : rest_(text), bases_(bases) {}

  std::string run() {
    while (!rest_.empty()) {
      if (take_code() || take_bracket() || take_attribute()) continue;
      take(1);
    }
    return std::move(done_);
  }

 private:
  void take(std::size_t count) {
    done_.append(rest_.substr(0, count));
    rest_.remove_prefix(std::min(count, rest_.size()));
  }
  bool is_line_start() const { return done_.empty() || done_.back() == '\n'; }

  // A block between fences, or a span between as many backticks.
  bool take_code() {
    for (const char mark : {'`', '~'}) {
      const std::size_t count = std::min(rest_.find_first_not_of(mark), rest_.size());
      const bool is_fence = count >= 3 && is_line_start();
      if (count == 0 || (mark == '~' && !is_fence)) continue;
      const std::string end = (is_fence ? "\n" : "") + std::string(count, mark);
      const std::size_t at = rest_.find(end, count);
      // A fence without an end goes to the end of the text, a span without one is none.
      if (at == std::string_view::npos) {
        take(is_fence ? rest_.size() : count);
      } else {
        take(at + end.size());
      }
      return true;
    }
    return false;
  }

  bool take_bracket() {
    if (rest_.front() == '[') {
      is_image_.push_back(!done_.empty() && done_.back() == '!');
      begins_line_ = is_line_start();
      take(1);
      return true;
    }
    if (rest_.front() != ']' || is_image_.empty()) return false;
    const bool is_image = is_image_.back();
    is_image_.pop_back();
    const bool is_inline = rest_.substr(1, 1) == "(";
    const bool is_definition = begins_line_ && is_image_.empty() && rest_.substr(1, 2) == ": ";
    take(is_inline ? 2 : (is_definition ? 3 : 1));
    if (is_inline || is_definition) take_target(is_image ? bases_.images : bases_.links);
    return true;
  }

  void take_target(std::string_view base) {
    const bool is_bracketed = rest_.substr(0, 1) == "<";
    if (is_bracketed) take(1);
    const std::string_view ends = is_bracketed ? "\n>" : " \t\n)";
    const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
    done_ += whole(rest_.substr(0, end), base);
    rest_.remove_prefix(end);
  }

  bool take_attribute() {
    const bool is_source = rest_.substr(0, 5) == "src=\"";
    if (!is_source && rest_.substr(0, 6) != "href=\"") return false;
    take(is_source ? 5 : 6);
    const std::size_t end = std::min(rest_.find('"'), rest_.size());
    done_ += whole(rest_.substr(0, end), is_source ? bases_.images : bases_.links);
    rest_.remove_prefix(end);
    return true;
  }

  std::string_view rest_;
  const LinkBases& bases_;
  std::string done_;
  std::vector<bool> is_image_;  // of brackets that are open
  bool begins_line_ = false;    // the outermost of them
};

}  // namespace

std::string with_whole_links(std::string_view markdown, const LinkBases& bases) {
  return Rewriting(markdown, bases).run();
}

}  // namespace dockerhub::repos
