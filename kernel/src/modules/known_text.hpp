// The text of a manifest that was found to keep all rules before, read as far as a start needs it. That is its
// outline: of actions with a short form what a list of those says, of other actions nothing. All of that is read when
// somebody looks at an action; it is six sevenths of the text.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "dockerhub/catalogue.hpp"

namespace dockerhub {

// The outline of a text that keeps all rules: JSON in one line, with null for an action without a short form. Any thread.
std::string outline_of(std::string_view manifest_text);

// All functions: any thread.
class KnownText {
 public:
  // `outline`: what outline_of() gave for the text.
  KnownText(std::string manifest_text, std::string_view outline);
  KnownText(const KnownText&) = delete;
  KnownText& operator=(const KnownText&) = delete;

  const json::Document& outline() const { return outline_; }

  // The actions of a tool, by its place in the manifest. They keep the text as long as they need it.
  static Actions actions(std::shared_ptr<const KnownText> known, rapidjson::SizeType tool);

 private:
  using Place = rapidjson::SizeType;

  const json::Value& row(Place tool, Place action) const;

  mutable std::string text_;
  std::string outline_text_;  // what the outline's strings are in
  json::Document outline_;
  mutable std::once_flag is_read_;
  mutable json::Document document_;  // of the whole text, from then on
};

}  // namespace dockerhub
