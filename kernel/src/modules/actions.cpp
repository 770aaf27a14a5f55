#include <algorithm>

#include "dockerhub/catalogue.hpp"

namespace dockerhub {

Actions::Actions(std::vector<Action> actions) : rows_(std::make_shared<Rows>()) {
  rows_->count = actions.size();
  rows_->made = std::move(actions);
  rows_->are_made = true;
}

Actions::Actions(Source source) : rows_(std::make_shared<Rows>()) {
  rows_->count = source.count;
  rows_->source = std::move(source);
}

const std::vector<Action>& Actions::all() const {
  static const std::vector<Action> kNone;
  if (!rows_) return kNone;
  if (rows_->are_made.load(std::memory_order_acquire)) return rows_->made;
  const std::lock_guard lock(rows_->mutex);
  if (rows_->are_made) return rows_->made;
  std::vector<Action> made;
  made.reserve(rows_->count);
  for (std::size_t i = 0; i < rows_->count; ++i) made.push_back(rows_->source.make(i));
  rows_->made = std::move(made);
  rows_->source = {};
  rows_->are_made.store(true, std::memory_order_release);
  return rows_->made;
}

std::vector<ShortFormLine> Actions::short_forms() const {
  std::vector<ShortFormLine> lines;
  if (!rows_) return lines;
  if (!rows_->are_made.load(std::memory_order_acquire)) {
    const std::lock_guard lock(rows_->mutex);
    if (!rows_->are_made) {
      for (const auto& [line, place] : rows_->source.short_forms) lines.push_back(line);
      return lines;
    }
  }
  for (const Action& action : rows_->made) {
    if (auto line = short_form_line(action)) lines.push_back(std::move(*line));
  }
  return lines;
}

std::vector<Action> Actions::with_short_form(
    const std::function<bool(std::string_view)>& wanted) const {
  std::vector<Action> found;
  if (!rows_) return found;
  if (!rows_->are_made.load(std::memory_order_acquire)) {
    const std::lock_guard lock(rows_->mutex);
    if (!rows_->are_made) {
      for (const auto& [line, place] : rows_->source.short_forms) {
        if (wanted(line.name)) found.push_back(rows_->source.make(place));
      }
      return found;
    }
  }
  std::copy_if(
      rows_->made.begin(), rows_->made.end(), std::back_inserter(found),
      [&](const Action& action) { return action.short_form && wanted(action.short_form->name); });
  return found;
}

}  // namespace dockerhub
