#include "blob_download.hpp"

#include <utility>

#include "hub/composed.hpp"

namespace dockerhub::registry {

BlobDownload::BlobDownload(Client& source, OciLayout& layout, BlobName blob, DownloadCounts& counts)
    : source_(source),
      layout_(layout),
      blob_(std::move(blob)),
      counts_(counts),
      progress_(source.context(), blob_.digest.text(), blob_.size) {}

const sdk::Exchange* BlobDownload::waits_on() const {
  return state_ == State::reading && remote_ ? remote_->waits_on() : nullptr;
}

sdk::Reply<bool> BlobDownload::step(std::span<char> buffer) {
  const sdk::Status advanced = advance(buffer);
  if (!advanced) return advanced;
  return state_ == State::done;
}

sdk::Status BlobDownload::advance(std::span<char> buffer) {
  switch (state_) {
    case State::look:
      return look();
    case State::proving:
      return prove(buffer);
    case State::begin:
      return begin();
    case State::reading:
      return read(buffer);
    case State::done:
      break;
  }
  return {};
}

sdk::Status BlobDownload::open_check() {
  at_ = 0;
  auto check = BlobCheck::open(source_.context(), blob_);
  if (!check) return check.status();
  check_.emplace(*std::move(check));
  return {};
}

sdk::Status BlobDownload::look() {
  state_ = State::begin;
  auto present = layout_.blob(blob_.digest);
  if (present.status().value() == DH_E_NOT_FOUND) return {};
  if (!present) return present.status();
  if (present->size() != blob_.size) return {};
  present_.emplace(*std::move(present));
  state_ = State::proving;
  return open_check();
}

// A damaged entry is no failure: it is replaced.
sdk::Status BlobDownload::prove(std::span<char> buffer) {
  const auto got = present_->read_at(at_, buffer.data(), buffer.size());
  if (!got) return got.status();
  if (*got > 0) {
    if (const sdk::Status checked = check_->update(at_, {buffer.data(), *got}); !checked)
      return checked;
    at_ += *got;
    return {};
  }
  present_.reset();
  if (!check_->verify("the image layout")) {
    source_.context().warn(hub::composed("The image layout had a damaged {}: it was fetched again.",
                                         {blob_.digest.text()}));
    state_ = State::begin;
    return {};
  }
  ++counts_.existing;
  progress_.at(blob_.size);
  state_ = State::done;
  return {};
}

sdk::Status BlobDownload::begin() {
  if (const sdk::Status opened = open_check(); !opened) return opened;
  auto entry = layout_.create_blob(blob_.digest);
  if (!entry) return entry.status();
  entry_.emplace(*std::move(entry));
  remote_.emplace(source_, blob_.digest);
  state_ = State::reading;
  return remote_->seek(0);
}

sdk::Status BlobDownload::read(std::span<char> buffer) {
  const auto got = remote_->read(buffer);
  if (!got) return got.status();
  if (*got == 0) return commit();
  const std::string_view bytes(buffer.data(), *got);
  if (const sdk::Status checked = check_->update(at_, bytes); !checked) return checked;
  at_ += *got;
  progress_.at(at_);
  return entry_->write(bytes);
}

sdk::Status BlobDownload::commit() {
  if (const sdk::Status same = check_->verify(source_.image().registry); !same) return same;
  if (const sdk::Status committed = entry_->commit(); !committed) return committed;
  ++counts_.downloaded;
  counts_.bytes += blob_.size;
  remote_.reset();
  state_ = State::done;
  return {};
}

}  // namespace dockerhub::registry
