#include "credentials/secret.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <mutex>
#include <utility>

#include "credentials/wiping_allocator.hpp"

namespace dockerhub {
namespace {

// The place of a value, or the number of values when it is not among them.
std::size_t index_of(const std::vector<Secret>& values, std::string_view value) {
  const auto same = [value](const Secret& known) { return known.reveal() == value; };
  const auto found = std::find_if(values.begin(), values.end(), same);
  return static_cast<std::size_t>(found - values.begin());
}

}  // namespace

void wipe(void* bytes, std::size_t size) noexcept {
  if (bytes != nullptr) ::explicit_bzero(bytes, size);
}

Secret::Secret(std::string_view value)
    : bytes_(std::make_unique<char[]>(value.size())), size_(value.size()) {
  std::copy(value.begin(), value.end(), bytes_.get());
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe(bytes_.get(), size_);
  bytes_ = std::move(other.bytes_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Secret::~Secret() {
  wipe(bytes_.get(), size_);
}

// The values, by how many want each kept. Handles may outlive the book, so they share it.
class SecretBook::Shelf {
 public:
  void hold(std::string_view value) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const std::size_t index = index_of(known_->values, value);
    if (index < holders_.size()) {
      ++holders_[index];
      return;
    }
    std::vector<Secret> values = copies(index);
    values.push_back(Secret(value));
    holders_.push_back(1);
    publish(std::move(values));
  }

  void release(std::string_view value, After after) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (after == After::forgotten) return forget(value);
    remember(value);
  }

  std::shared_ptr<const Known> known() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return known_;
  }

 private:
  // What the last holder held is held by the memory from now on.
  void remember(std::string_view value) {
    const auto known = std::find_if(remembered_.begin(), remembered_.end(),
                                    [&](const Secret& each) { return each.reveal() == value; });
    const bool anew = known == remembered_.end();
    if (anew && remembered_.size() < kRemembered) {
      remembered_.push_back(Secret(value));
      return;
    }
    const auto leaving = anew ? remembered_.begin() : known;
    const Secret left = std::move(*leaving);
    remembered_.erase(leaving);
    remembered_.push_back(Secret(value));
    forget(left.reveal());
  }

  void forget(std::string_view value) {
    const std::size_t index = index_of(known_->values, value);
    if (--holders_[index] > 0) return;
    holders_.erase(holders_.begin() + static_cast<std::ptrdiff_t>(index));
    publish(copies(index));
  }

  std::vector<Secret> copies(std::size_t without) const {
    std::vector<Secret> values;
    values.reserve(known_->values.size() + 1);
    for (std::size_t i = 0; i < known_->values.size(); ++i) {
      if (i != without) values.push_back(Secret(known_->values[i].reveal()));
    }
    return values;
  }

  void publish(std::vector<Secret> values) {
    known_ = std::make_shared<const Known>(Known{known_->version + 1, std::move(values)});
  }

  mutable std::mutex mutex_;
  std::shared_ptr<const Known> known_ = std::make_shared<const Known>();
  std::vector<std::size_t> holders_;  // of known_->values[i]
  std::deque<Secret> remembered_;     // each a holder of its value; the oldest first
};

SecretBook::SecretBook() : shelf_(std::make_shared<Shelf>()) {}

SecretBook::~SecretBook() = default;

Secret SecretBook::make(std::string_view value) {
  if (!value.empty()) shelf_->hold(value);
  return Secret(value);
}

std::shared_ptr<const Secret> SecretBook::learn(std::string_view value, After after) {
  if (value.empty()) return nullptr;
  auto held = std::make_unique<const Secret>(Secret(value));
  shelf_->hold(value);
  const auto drop = [shelf = shelf_, after](const Secret* secret) {
    shelf->release(secret->reveal(), after);
    delete secret;
  };
  return {held.release(), drop};
}

std::shared_ptr<const Secret> SecretBook::with_scheme(std::string_view scheme,
                                                      std::shared_ptr<const Secret> value) {
  struct Header {
    Secret text;
    std::shared_ptr<const Secret> value;
  };
  SecretBytes text(scheme.begin(), scheme.end());
  text.push_back(' ');
  text.insert(text.end(), value->reveal().begin(), value->reveal().end());
  auto header = std::make_shared<Header>(
      Header{Secret(std::string_view(text.data(), text.size())), std::move(value)});
  const Secret* const shown = &header->text;
  return {std::move(header), shown};
}

std::shared_ptr<const SecretBook::Known> SecretBook::known() const {
  return shelf_->known();
}

}  // namespace dockerhub
