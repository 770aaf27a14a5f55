// The requests of one call to one repository. What is read is verified before anybody sees it; the
// registry's warnings are told once each; an answer that is no success becomes the error of the call
// with a hint for this operation. Functions that give a Reply have put their error on the call.
// Lives as long as its Context, on its thread. Source: OCI distribution-spec 1.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/sdk/context.hpp"
#include "headers.hpp"
#include "image_name.hpp"
#include "manifest.hpp"
#include "warning.hpp"

namespace dockerhub::registry {

// An answer whose body has not been read.
struct Received {
  sdk::Exchange exchange;
  int status_code = 0;
  std::int64_t content_length = -1;  // -1 = unknown
  Headers headers;
  std::string request;  // "METHOD path", for errors

  bool good() const { return status_code >= 200 && status_code < 300; }
};

// A path under /v2/{repository}/ and the value of its placeholder.
struct Endpoint {
  std::string_view path;
  std::string_view placeholder;
  std::string value;
};
Endpoint manifests(const Reference& reference);
Endpoint blobs(const DigestName& digest);
Endpoint tags();
Endpoint referrers(const DigestName& digest);
Endpoint uploads();
Endpoint upload(std::string uuid);

struct RequestParts {
  RequestParts(std::string_view verb, Endpoint to, std::string_view wanted = {});

  std::string_view method;
  Endpoint endpoint;
  std::string_view accept;
  sdk::Json query;                  // null for none
  std::string_view media_type{};    // of the body
  std::string_view body{};          // a small one
  std::int64_t body_size = 0;       // of a streamed one
  std::string_view extra_header{};  // beside Accept
  std::string extra_value{};
  std::string scope{};       // of the token; empty: derived from method and path
  bool is_transfer = false;  // may take long: only pauses end it, not its length
};

// A body that was read to its end.
struct Verified {
  std::string bytes;
  std::string digest;       // of the content: as asked for, as the header says, or computed
  bool is_verified = true;  // false: the algorithm is none that can be computed here
};

struct ReadManifest {
  Manifest manifest;
  Verified body;
  Headers headers;
};

// What was sent, retries of the kernel not among it.
struct RequestCounts {
  std::size_t requests = 0;
  std::size_t pulls =
      0;  // of them those that Docker's registry counts: manifests that were read there
};

class Client {
 public:
  Client(sdk::Context& ctx, ImageName image)
      : ctx_(ctx),
        image_(std::move(image)),
        warnings_(std::make_shared<WarningFilter>()),
        counts_(std::make_shared<RequestCounts>()) {}

  // A client of another repository in the same call: what was told is told, and all requests are counted together.
  Client beside(ImageName image) const;

  const ImageName& image() const { return image_; }
  sdk::Context& context() const { return ctx_; }
  const RequestCounts& counts() const { return *counts_; }

  // Any status is a success here.
  sdk::Reply<Received> send(const RequestParts& parts);
  sdk::Reply<Received> send(std::string_view method, Endpoint endpoint,
                            std::string_view accept = {}, const sdk::Json& query = {});
  // The two halves of send(), for several exchanges at once.
  sdk::Reply<sdk::Exchange> open(const RequestParts& parts);
  // Of a streamed body status DH_REWIND: `exchange` stays, write the body again from its start.
  sdk::Reply<Received> finish(sdk::Exchange&& exchange, const RequestParts& parts);
  // The page behind a link that the registry gave in `page`.
  sdk::Reply<Received> follow(Received& page, std::string_view target, std::string_view accept);
  // A request to a location that the registry gave in `answer`; `parts.endpoint` names it in errors.
  sdk::Reply<sdk::Exchange> open_at(Received& answer, std::string_view location,
                                    const RequestParts& parts);
  // The same to a location from outside of this call: only an upload of this repository is one.
  sdk::Reply<sdk::Exchange> open_to(std::string_view location, const RequestParts& parts);
  sdk::Reply<Received> send_to(std::string_view location, const RequestParts& parts);

  // The answer as the error of the call, with what to do next where this module knows more than the
  // kernel.
  sdk::Status reject(Received& answer);
  // The same in words, where the call goes on: "HTTP 403 for METHOD path: the registry's own words", and what to do
  // next.
  std::string refusal(Received& answer);

  // The whole body of any answer, unverified; an error beyond `most` bytes.
  sdk::Reply<std::string> text(Received& answer, std::size_t most);

  // `accept` in place of the usual list; `size`: what the descriptor says.
  sdk::Reply<ReadManifest> manifest(const Reference& reference,
                                    std::optional<std::uint64_t> size = {},
                                    std::string_view accept = kManifestTypes);
  // The answer of a GET of a manifest, read and verified.
  sdk::Reply<ReadManifest> read_manifest(Received answer, const Reference& reference,
                                         std::optional<std::uint64_t> size);
  sdk::Reply<Verified> blob(const DigestName& digest, std::optional<std::uint64_t> size,
                            std::size_t most);
  // The answer of a GET of a blob, read and verified.
  sdk::Reply<Verified> read_blob(Received& answer, const DigestName& digest,
                                 std::optional<std::uint64_t> size, std::size_t most);
  // What a good HEAD of a manifest says of its digest; asks again by GET when it says nothing.
  sdk::Reply<DigestName> digest_of(const Received& head, const Reference& reference);

 private:
  Client(sdk::Context& ctx, ImageName image, std::shared_ptr<WarningFilter> warnings,
         std::shared_ptr<RequestCounts> counts)
      : ctx_(ctx),
        image_(std::move(image)),
        warnings_(std::move(warnings)),
        counts_(std::move(counts)) {}
  sdk::Reply<Received> received(sdk::Exchange&& exchange, std::string request);
  void tell_warnings(const Headers& headers);

  sdk::Context& ctx_;
  ImageName image_;
  std::shared_ptr<WarningFilter> warnings_;
  std::shared_ptr<RequestCounts> counts_;
};

// The token scope of pushing there.
std::string push_scope(const ImageName& image);

// The registry of a name without a host, as the kernel says.
ConfiguredRegistry configured_registry(const sdk::Host& host);

}  // namespace dockerhub::registry
