// Names at a registry that are to mean another manifest: what each means now, the consent to it before anything is
// written, and whether that still holds when it is put. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "client.hpp"

namespace dockerhub::registry {

struct TagMove {
  Reference reference;
  DigestName digest;              // what it is to name
  std::optional<DigestName> old;  // what it named at the start; nullopt: nothing
  bool is_left = false;           // it names something else, and that stays so
  bool is_done = false;           // it names the digest
  std::string error{};            // why it does not, where that keeps no other

  bool is_needed() const { return !is_left && !(old == digest); }
  // What it named, if something else.
  std::optional<DigestName> replaced() const;
};

// "registry/repository:tag", or with "@digest".
std::string reference_name(const ImageName& image, const Reference& reference);

// What a tag or digest names at the registry now; nullopt: nothing.
sdk::Reply<std::optional<DigestName>> named_now(Client& client, const Reference& reference);

sdk::Reply<TagMove> look_up(Client& client, const Reference& reference, const DigestName& digest);

// The consent to giving a tag another meaning (nothing happens without an old one, or with the same), or
// the refusal by the parameter `no_overwrite`. `where` is the full name of the tag. Only before anything
// is written.
sdk::Status consent_to_move(sdk::Context& ctx, const std::string& where,
                            const std::optional<DigestName>& old, const DigestName& digest);

// The same for each of them; of what is left as it is a warning.
sdk::Status consent_to_all(Client& client, const std::list<TagMove>& moves);

// With large blobs the consent is long ago: what is wrong where somebody else moved the tag meanwhile; null: it
// still holds.
sdk::Reply<FaultPtr> moved_meanwhile(Client& client, const TagMove& move);

// A list of {"reference", "replaced"}, with `has_ended` also "done" and "error".
sdk::Json told_moves(const std::list<TagMove>& moves, bool has_ended);

std::optional<std::string_view> digest_or_null(const std::optional<DigestName>& digest);

}  // namespace dockerhub::registry
