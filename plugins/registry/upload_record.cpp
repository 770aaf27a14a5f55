#include "upload_record.hpp"

#include <chrono>
#include <utility>

#include "hub/composed.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

// No registry is known to keep a session for longer.
constexpr std::chrono::hours kLifeOfSession{24};

// Whether a location says where it leads without the answer that gave it.
bool stands_alone(std::string_view location) {
  return location.starts_with('/') || location.find("://") != std::string_view::npos;
}

}  // namespace

std::string session_text(const UploadSession& session, std::uint64_t size) {
  const sdk::Json json = {{"location", session.location},
                          {"sent", session.sent},
                          {"size", size},
                          {"least_chunk", session.least_chunk}};
  return json.text();
}

std::optional<UploadSession> session_of(std::string_view text, std::uint64_t size) {
  const auto json = sdk::parse_json(text);
  if (!json || size_member(*json, "size") != size) return std::nullopt;
  const auto sent = size_member(*json, "sent");
  const auto least_chunk = size_member(*json, "least_chunk");
  UploadSession session;
  session.location = text_member(*json, "location");
  if (!sent || *sent > size || !least_chunk || !stands_alone(session.location)) return std::nullopt;
  session.sent = *sent;
  session.least_chunk = *least_chunk;
  return session;
}

void UploadRecord::open(sdk::Context& ctx, const ImageName& target, const BlobName& blob) {
  size_ = blob.size;
  auto record = ctx.kept(hub::composed("upload\n{}\n{}\n{}",
                                       {target.registry, target.repository, blob.digest.text()}));
  if (record) record_.emplace(*std::move(record));
}

std::optional<UploadSession> UploadRecord::read() {
  if (!record_) return std::nullopt;
  const auto text = record_->read();
  return text ? session_of(*text, size_) : std::nullopt;
}

void UploadRecord::write(const UploadSession& session) {
  if (!record_ || !stands_alone(session.location)) return;
  static_cast<void>(record_->write(session_text(session, size_), kLifeOfSession));
}

void UploadRecord::remove() {
  if (record_) static_cast<void>(record_->remove());
}

}  // namespace dockerhub::registry
