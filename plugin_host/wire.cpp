#include "wire.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace dockerhub::plugin_host {
namespace {

constexpr char kNumber = 'n';
constexpr char kBytes = 'b';

constexpr std::size_t kSizeBytes = sizeof(std::uint32_t);
// Kind, function and id, which the size counts too.
constexpr std::size_t kHeadBytes = 1 + sizeof(std::uint32_t) + sizeof(std::uint64_t);

// Memory grows with what has arrived, not with what was announced.
constexpr std::size_t kStep = 256U * 1024;

template <typename Number>
void append(std::string& text, Number number) {
  std::array<char, sizeof number> raw;
  std::memcpy(raw.data(), &number, sizeof number);
  text.append(raw.data(), raw.size());
}

template <typename Number>
Number read_raw(const char* data) {
  Number number;
  std::memcpy(&number, data, sizeof number);
  return number;
}

std::string head_of(const Message& message) {
  std::string head;
  append(head, static_cast<std::uint32_t>(kHeadBytes + message.fields.size()));
  append(head, static_cast<std::uint8_t>(message.kind));
  append(head, message.function);
  append(head, message.id);
  return head;
}

}  // namespace

void FieldWriter::number(std::int64_t value) {
  fields_ += kNumber;
  append(fields_, value);
}

void FieldWriter::bytes(std::string_view value) {
  fields_ += kBytes;
  append(fields_, static_cast<std::uint32_t>(value.size()));
  fields_ += value;
}

std::string_view FieldReader::take(std::size_t size) {
  if (size > rest_.size()) good_ = false;
  if (!good_) return {};
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

bool FieldReader::starts_with(char sort) {
  if (take(1) != std::string_view(&sort, 1)) good_ = false;
  return good_;
}

std::int64_t FieldReader::number() {
  if (!starts_with(kNumber)) return 0;
  const std::string_view raw = take(sizeof(std::int64_t));
  return good_ ? read_raw<std::int64_t>(raw.data()) : 0;
}

std::string_view FieldReader::bytes() {
  if (!starts_with(kBytes)) return {};
  const std::string_view raw = take(sizeof(std::uint32_t));
  return good_ ? take(read_raw<std::uint32_t>(raw.data())) : std::string_view();
}

bool Link::fits(std::string_view fields) {
  return fields.size() <= kMaxMessage - kHeadBytes;
}

bool Link::send(const Message& message) {
  if (!fits(message.fields)) return false;
  std::string head = head_of(message);
  std::array<iovec, 2> parts = {
      {{head.data(), head.size()},
       {const_cast<char*>(message.fields.data()), message.fields.size()}}};
  const std::lock_guard lock(sending_);
  while (parts[0].iov_len + parts[1].iov_len > 0) {
    msghdr rest = {};
    rest.msg_iov = parts.data();
    rest.msg_iovlen = parts.size();
    const ssize_t sent = ::sendmsg(descriptor_, &rest, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    auto done = static_cast<std::size_t>(sent);
    for (iovec& part : parts) {
      const std::size_t step = std::min(done, part.iov_len);
      part.iov_base = static_cast<char*>(part.iov_base) + step;
      part.iov_len -= step;
      done -= step;
    }
  }
  return true;
}

void Link::wait_for_bytes() {
  if (ended_ < 0) return;
  std::array<pollfd, 2> looked = {{{descriptor_, POLLIN, 0}, {ended_, POLLIN, 0}}};
  while (::poll(looked.data(), looked.size(), -1) < 0 && errno == EINTR) {
  }
  if (looked[1].revents == 0) return;
  ended_ = -1;
  ::shutdown(descriptor_, SHUT_RDWR);
}

bool Link::read_all(char* data, std::size_t size) {
  while (size > 0) {
    wait_for_bytes();
    const ssize_t got = ::recv(descriptor_, data, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    data += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

std::optional<Message> Link::receive() {
  std::array<char, kSizeBytes + kHeadBytes> head;
  if (!read_all(head.data(), head.size())) return std::nullopt;
  const std::size_t size = read_raw<std::uint32_t>(head.data());
  if (size < kHeadBytes || size > kMaxMessage) return std::nullopt;
  Message message;
  const char* at = head.data() + kSizeBytes;
  message.kind = static_cast<Kind>(read_raw<std::uint8_t>(at));
  message.function = read_raw<std::uint32_t>(at + 1);
  message.id = read_raw<std::uint64_t>(at + 1 + sizeof(std::uint32_t));
  for (std::size_t rest = size - kHeadBytes; rest > 0;) {
    const std::size_t step = std::min(rest, kStep);
    const std::size_t begin = message.fields.size();
    message.fields.resize(begin + step);
    if (!read_all(message.fields.data() + begin, step)) return std::nullopt;
    rest -= step;
  }
  return message;
}

}  // namespace dockerhub::plugin_host
