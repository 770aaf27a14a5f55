// Putting manifests: byte for byte, confirmed, and with the list of referrers kept up where a registry
// does not keep it itself. Sources: OCI distribution-spec 1.1.1, "Pushing Manifests" and "Pushing
// Manifests with Subject". Errors are put on the call.
#pragma once

#include <string>
#include <string_view>

#include "client.hpp"

namespace dockerhub::registry {

struct PutAnswer {
  Received received;
  // It is that of a look-up, because the one to the PUT was lost: OCI-Subject is unknown.
  bool is_looked_up = false;
};

// Sends the bytes under the reference. The digest that the registry names has to be theirs. A lost answer
// is looked up, and the request repeated only where it did not happen. `refusal`: where the call goes on after one, its
// words, in place of the error of the call; empty where it failed otherwise.
sdk::Reply<PutAnswer> put_manifest_bytes(Client& client, const Reference& reference,
                                         std::string_view bytes, std::string_view media_type,
                                         const DigestName& digest, std::string* refusal = nullptr);

// After a manifest was put: where it has a subject and the registry did not say that it took note
// (OCI-Subject), the fallback tag of the subject gets an entry for it. After a look-up the referrers API
// is asked: where there is one, it took note.
sdk::Status note_referrer(Client& client, const PutAnswer& answer, const Manifest& manifest,
                          const DigestName& digest, std::size_t size);

// After a manifest was deleted: its entry under the fallback tag of its subject goes, where there is one.
sdk::Status forget_referrer(Client& client, const Manifest& manifest, const DigestName& digest);

}  // namespace dockerhub::registry
