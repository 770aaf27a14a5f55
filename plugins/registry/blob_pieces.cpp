#include "blob_pieces.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>

#include "base64.hpp"
#include "blob_check.hpp"
#include "blob_source.hpp"
#include "fault.hpp"
#include "hub/composed.hpp"

namespace dockerhub::registry {
namespace {

// In base64 no piece but the last has padding.
constexpr std::size_t kPieceBytes = std::size_t{48} * 1024;

sdk::Reply<std::uint64_t> size_there(Client& client, const DigestName& digest) {
  auto head = client.send("HEAD", blobs(digest));
  if (!head) return head.status();
  if (!head->good()) return client.reject(*head);
  if (head->content_length >= 0) return static_cast<std::uint64_t>(head->content_length);
  return refuse_answer(client.context(),
                       hub::composed("the registry does not tell the size of {}", {digest.text()}),
                       "Leave 'pieces' out, or pull the image.", head->request);
}

// As many bytes as there are, up to the buffer's.
sdk::Reply<std::size_t> fill(RemoteSource& source, std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const auto got = source.read(buffer.subspan(filled));
    if (!got) return got;
    if (*got == 0) break;
    filled += *got;
  }
  return filled;
}

// Holds the latest piece back.
class Pieces {
 public:
  Pieces(sdk::Context& ctx, std::uint64_t size) : ctx_(ctx), size_(size) {}

  sdk::Status take(std::string_view bytes) {
    if (const sdk::Status given = kept_.empty() ? sdk::Status() : give(); !given) return given;
    kept_ = bytes;
    return {};
  }
  sdk::Status give() {
    const sdk::Status given = ctx_.item(
        {{"encoding", "base64"}, {"data", to_base64(kept_)}, {"offset", offset_}, {"size", size_}});
    offset_ += kept_.size();
    return given;
  }

 private:
  sdk::Context& ctx_;
  const std::uint64_t size_;
  std::uint64_t offset_ = 0;
  std::string kept_;
};

}  // namespace

sdk::Status give_pieces(Client& client, const DigestName& digest) {
  sdk::Context& ctx = client.context();
  const auto size = size_there(client, digest);
  if (!size) return size.status();
  auto check = BlobCheck::open(ctx, {digest, *size});
  if (!check) return check.status();
  RemoteSource source(client, digest);
  Pieces pieces(ctx, *size);
  std::array<char, kPieceBytes> buffer{};
  for (std::uint64_t at = 0;;) {
    const auto got = fill(source, buffer);
    if (!got) return got.status();
    if (*got == 0) break;
    const std::string_view bytes(buffer.data(), *got);
    if (const sdk::Status checked = check->update(at, bytes); !checked) return checked;
    if (const sdk::Status taken = pieces.take(bytes); !taken) return taken;
    at += *got;
  }
  if (const sdk::Status same = check->verify(client.image().registry); !same) return same;
  if (const sdk::Status given = pieces.give(); !given) return given;
  return ctx.done();
}

}  // namespace dockerhub::registry
