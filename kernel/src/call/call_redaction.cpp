#include "call/call_redaction.hpp"

namespace dockerhub {

void CallRedaction::learn(std::string_view value) {
  if (value.empty()) return;
  if (!own_) {
    book_ = std::make_shared<SecretBook>();
    own_ = std::make_unique<Redactor>(book_);
  }
  leases_.push_back(book_->learn(value));
}

std::string CallRedaction::text(std::string_view text) const {
  return own_ ? own_->text(shared_.text(text)) : shared_.text(text);
}

Result<std::string> CallRedaction::json(std::string_view json,
                                        const std::vector<std::string>& shown_once,
                                        KeyRule key_rule) const {
  Result<std::string> clean = shared_.json(json, shown_once, key_rule);
  return own_ && clean ? own_->json(*clean, shown_once, key_rule) : clean;
}

Error CallRedaction::error(Error error) const {
  error = shared_.error(std::move(error));
  return own_ ? own_->error(std::move(error)) : error;
}

}  // namespace dockerhub
