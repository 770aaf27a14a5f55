// The text of a manifest that was found to keep all rules before, read as far as a start needs it: that is its outline,
// which has of actions no more than what a list of short forms says. Of the actions' rows the text itself is read, when
// somebody looks at one.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "dockerhub/catalogue.hpp"

namespace dockerhub {

// The outline of a text that keeps all rules: JSON in one line, with null for an action without a short form. Any
// thread.
std::string outline_of(std::string_view manifest_text);

// All functions: any thread.
class KnownText {
 public:
  // `outline`: of what outline_of() gave for the text.
  KnownText(std::string manifest_text, json::Document outline);
  KnownText(const KnownText&) = delete;
  KnownText& operator=(const KnownText&) = delete;

  const json::Document& outline() const { return outline_; }

  // The actions of a tool, by its place in the manifest. They keep the text as long as they need it.
  static Actions actions(std::shared_ptr<const KnownText> known, std::size_t tool);

 private:
  Action action(std::size_t tool, std::size_t place) const;

  mutable std::string text_;
  json::Document outline_;
  mutable std::once_flag is_read_;
  mutable json::Document document_;  // of the whole text, from then on
};

}  // namespace dockerhub
