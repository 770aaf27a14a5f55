#include "blob_source.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "hub/composed.hpp"
#include "interruption.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {

sdk::Reply<std::size_t> StoreSource::read(std::span<char> buffer) {
  const auto got = entry_.read_at(position_, buffer.data(), buffer.size());
  if (got) position_ += *got;
  return got;
}

sdk::Status StoreSource::seek(std::uint64_t position) {
  position_ = position;
  return {};
}

RequestParts RemoteSource::get() const {
  RequestParts parts{"GET", blobs(digest_)};
  parts.is_transfer = true;
  if (position_ > 0) {
    parts.extra_header = "Range";
    parts.extra_value = hub::composed("bytes={}-", {position_});
  }
  return parts;
}

sdk::Status RemoteSource::open() {
  answer_.reset();
  auto exchange = client_.open(get());
  if (!exchange) return exchange.status();
  exchange_.emplace(*std::move(exchange));
  return {};
}

sdk::Status RemoteSource::seek(std::uint64_t position) {
  const bool is_there = position == position_ && waits_on() != nullptr;
  if (is_there) return {};
  position_ = position;
  failures_ = 0;
  return open();
}

const sdk::Exchange* RemoteSource::waits_on() const {
  if (exchange_) return &*exchange_;
  return answer_ ? &answer_->exchange : nullptr;
}

sdk::Status RemoteSource::begin() {
  if (!exchange_) {
    if (const sdk::Status opened = open(); !opened) return opened;
  }
  auto answer = client_.finish(*std::move(exchange_), get());
  exchange_.reset();
  if (!answer) return answer.status();
  // The connection broke behind the last byte. Of the error's own body nothing is content.
  const bool is_at_end = answer->status_code == kRangeNotSatisfiable && position_ > 0;
  if (!answer->good() && !is_at_end) {
    refused_with_ = answer->status_code;
    return client_.reject(*answer);
  }
  to_skip_ = is_at_end                                ? std::numeric_limits<std::uint64_t>::max()
             : answer->status_code == kPartialContent ? 0
                                                      : position_;
  answer_.emplace(*std::move(answer));
  return {};
}

sdk::Status RemoteSource::skip(std::span<char> buffer) {
  while (to_skip_ > 0) {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(to_skip_, buffer.size()));
    const auto got = answer_->exchange.read(buffer.data(), most);
    if (!got) return got.status();
    if (*got == 0) return {};
    to_skip_ -= *got;
  }
  return {};
}

sdk::Reply<std::size_t> RemoteSource::read_once(std::span<char> buffer) {
  if (!answer_) {
    if (const sdk::Status begun = begin(); !begun) return begun;
  }
  if (const sdk::Status skipped = skip(buffer); !skipped) return skipped;
  return answer_->exchange.read(buffer.data(), buffer.size());
}

sdk::Reply<std::size_t> RemoteSource::read(std::span<char> buffer) {
  for (;;) {
    const auto got = read_once(buffer);
    if (got) {
      position_ += *got;
      if (*got > 0) failures_ = 0;
      return got;
    }
    if (!is_interruption(got.status())) return got;
    answer_.reset();
    exchange_.reset();
    if (const sdk::Status waited = wait_before_repeat(client_.context(), failures_++, got.status());
        !waited) {
      return waited;
    }
  }
}

}  // namespace dockerhub::registry
