// One blob on its way into a repository: looked for, mounted from a neighbour, or uploaded; in one piece
// when it is small, else in chunks that go on where they broke, also where an earlier process was killed. Its
// last byte is sent only when all of it was verified. Source: OCI distribution-spec 1.1.1, "Pushing blobs".
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "blob_check.hpp"
#include "blob_source.hpp"
#include "transfer.hpp"
#include "upload_record.hpp"

namespace dockerhub::registry {

// What became of the blobs of a push, in numbers.
struct UploadCounts {
  std::size_t uploaded = 0, mounted = 0, existing = 0;
  std::uint64_t bytes = 0;  // uploaded
};

struct UploadPlan {
  BlobName blob;
  std::string mount_from;  // a repository of the same registry that has it; empty: none is known
  OpenSource open_source;
  std::uint64_t chunk = 0;  // most bytes of one request, unless the registry wants more
};

class BlobUpload final : public Transfer {
 public:
  // `target` and `counts` outlive it.
  BlobUpload(Client& target, UploadPlan plan, UploadCounts& counts);
  sdk::Reply<bool> step(std::span<char> buffer) override;
  const sdk::Exchange* waits_on() const override;

 private:
  enum class State {
    probe,      // HEAD is to be sent
    probing,    // ... and its answer read
    resuming,   // of GET of the session that an earlier process left
    rereading,  // the source is read as far as that process sent it
    mounting,   // the same of POST ?mount=
    starting,   // of POST
    part,       // a PATCH or PUT is to be opened
    writing,    // ... its body written
    part_sent,  // ... its answer read
    asking,     // of GET of the session, after an answer that was lost
    settling,   // of HEAD, after a lost answer to the last request
    done
  };

  RequestParts probe_parts() const;
  RequestParts mount_parts() const;
  RequestParts start_parts() const;
  RequestParts part_parts() const;
  RequestParts session_parts(std::string_view method) const;
  bool is_whole() const;  // the part to be sent is the blob in one PUT
  bool is_last() const;   // it is a PUT

  sdk::Status open(const RequestParts& parts, State next);
  sdk::Status advance(std::span<char> buffer);
  sdk::Status end_probe();
  sdk::Status begin_upload();
  sdk::Status begin_anew();
  // At `location_`, where an earlier process was.
  sdk::Status resume();
  sdk::Status resume_again(sdk::Status reason);
  sdk::Status end_resume();
  sdk::Status reread(std::span<char> buffer);
  sdk::Status start();
  sdk::Status end_mount();
  sdk::Status end_start();
  sdk::Status begin_session(Received answer);
  // Source and check at their beginning, for a session that has so many bytes.
  sdk::Status prepare(std::uint64_t sent);
  void note_session();
  sdk::Status open_part();
  sdk::Status write(std::span<char> buffer);
  sdk::Status write_all(std::string_view bytes);
  sdk::Status verify();
  sdk::Status ended_early();
  sdk::Status rewind();
  sdk::Status end_part();
  sdk::Status end_last(Received answer);
  sdk::Status end_chunk(Received answer);
  sdk::Status ask();
  sdk::Status end_ask();
  sdk::Status end_settling();
  // Takes over where the session is now.
  sdk::Status locate(Received answer);
  sdk::Status go_on_from(std::optional<std::uint64_t> received);
  // An answer that no repetition changes.
  sdk::Status refused(Received& answer);
  sdk::Status stalled();
  sdk::Status gone();
  // An answer did not come, or says that the registry is in trouble.
  sdk::Status recover(sdk::Status reason);
  sdk::Status restart(sdk::Status reason);
  sdk::Status finish(std::size_t UploadCounts::*kind);

  Client& target_;
  UploadPlan plan_;
  UploadCounts& counts_;
  BlobProgress progress_;
  State state_ = State::probe;
  std::unique_ptr<BlobSource> source_;
  std::optional<BlobCheck> check_;
  std::optional<sdk::Exchange> exchange_;  // not answered yet
  std::optional<Received> session_;        // the answer whose location is the session's now
  std::string location_;
  UploadRecord record_;
  bool is_resumed_ = false;  // the session has bytes that an earlier process sent
  std::uint64_t least_chunk_ = 0;
  std::uint64_t chunk_ = 0;     // bytes of one
  std::uint64_t sent_ = 0;      // that the registry has
  std::uint64_t best_ = 0;      // that it ever had
  std::uint64_t part_end_ = 0;  // of the part on its way
  std::uint64_t at_ = 0;        // written of the blob
  int failures_ = 0;            // in a row
  int restarts_ = 0;
};

}  // namespace dockerhub::registry
