#include "redaction/redactor.hpp"

#include <mutex>

#include "redaction/json_filter.hpp"
#include "redaction/known_values.hpp"
#include "redaction/shapes.hpp"

namespace dockerhub {

struct Redactor::Impl {
  std::shared_ptr<SecretBook> book;
  std::mutex mutex;
  std::shared_ptr<const KnownValues> values;

  // Made ready once for each state of the book; a late thread with an older state does no harm,
  // since it uses its own and the next call asks again.
  std::shared_ptr<const KnownValues> current() {
    const std::shared_ptr<const SecretBook::Known> known = book->known();
    const std::lock_guard<std::mutex> lock(mutex);
    if (values == nullptr || values->version() != known->version) {
      values = std::make_shared<const KnownValues>(*known);
    }
    return values;
  }
};

Redactor::Redactor(std::shared_ptr<SecretBook> book) : impl_(std::make_unique<Impl>()) {
  impl_->book = std::move(book);
}

Redactor::~Redactor() = default;

Spans Redactor::find(std::string_view text) const {
  Spans spans;
  impl_->current()->find(text, spans);
  find_shapes(text, spans);
  return spans;
}

std::size_t Redactor::reach() const {
  return impl_->current()->reach();
}

std::string Redactor::text(std::string_view text) const {
  if (text.empty()) return {};
  Spans spans = find(text);
  return spans.empty() ? std::string(text) : masked(text, std::move(spans));
}

Result<std::string> Redactor::json(std::string_view json,
                                   const std::vector<std::string>& shown_once,
                                   KeyRule key_rule) const {
  return filter_json(json, *impl_->current(), shown_once, key_rule);
}

bool Redactor::holds_secret(std::string_view bytes) const {
  return impl_->current()->occur_in(bytes);
}

bool Redactor::json_holds_secret(std::string_view json) const {
  const std::shared_ptr<const KnownValues> known = impl_->current();
  return known->occur_in(json) || texts_hold(json, *known);
}

Error Redactor::error(Error error) const {
  for (std::string* text : {&error.message, &error.hint, &error.parameter, &error.request}) {
    *text = this->text(*text);
  }
  if (!error.details.empty()) error.details = json(error.details).value_or(std::string());
  return error;
}

}  // namespace dockerhub
