#include "progress_notices.hpp"

namespace dockerhub::mcp {

ProgressNotices::Track ProgressNotices::sum() const {
  if (const auto whole = tracks_.find(std::string_view()); whole != tracks_.end()) {
    return whole->second;
  }
  Track all;
  bool bounded = true;
  for (const auto& [name, track] : tracks_) {
    all.done += track.done;
    all.total += track.total;
    bounded = bounded && track.total != 0;
  }
  if (!bounded || all.total < all.done) all.total = 0;
  return all;
}

void ProgressNotices::report(const Progress& step, const std::string& message) {
  tracks_[std::string(step.track)] = {step.done, step.total};
  const Track all = sum();
  const bool complete = all.total != 0 && all.done == all.total;
  const auto now = Clock::now();
  if (reported_ && (all.done <= *reported_ || (!complete && now - reported_at_ < kInterval)))
    return;
  reported_ = all.done;
  reported_at_ = now;
  send_(notification_message("notifications/progress", json::object([&](json::Writer& writer) {
                               writer.Key("progressToken");
                               json::put_raw(writer, token_);
                               writer.Key("progress");
                               writer.Uint64(all.done);
                               if (all.total != 0) {
                                 writer.Key("total");
                                 writer.Uint64(all.total);
                               }
                               if (!message.empty()) json::put_member(writer, "message", message);
                             })));
}

}  // namespace dockerhub::mcp
