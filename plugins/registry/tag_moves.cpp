#include "tag_moves.hpp"

#include <utility>
#include <vector>

#include "hub/answer.hpp"
#include "hub/composed.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {

std::optional<DigestName> TagMove::replaced() const {
  return old == digest ? std::nullopt : old;
}

std::string reference_name(const ImageName& image, const Reference& reference) {
  return hub::composed("{}/{}{}{}", {image.registry, image.repository,
                                     reference.digest() ? "@" : ":", reference.text()});
}

sdk::Reply<std::optional<DigestName>> named_now(Client& client, const Reference& reference) {
  auto head = client.send("HEAD", manifests(reference), kManifestTypes);
  if (!head) return head.status();
  if (head->status_code == kNotFound) return std::optional<DigestName>();
  if (!head->good()) return client.reject(*head);
  auto digest = client.digest_of(*head, reference);
  if (!digest) return digest.status();
  return std::optional<DigestName>(*std::move(digest));
}

sdk::Reply<TagMove> look_up(Client& client, const Reference& reference, const DigestName& digest) {
  auto now = named_now(client, reference);
  if (!now) return now.status();
  TagMove move{reference, digest, *std::move(now)};
  move.is_done = move.old == digest;
  return move;
}

sdk::Status consent_to_move(sdk::Context& ctx, const std::string& where,
                            const std::optional<DigestName>& old, const DigestName& digest) {
  if (!old || *old == digest) return {};
  if (ctx.params().flag("no_overwrite")) {
    return hub::wrong_parameter(
        ctx, "no_overwrite",
        hub::composed("{} names {} already, and is not to be moved to {}",
                      {where, old->text(), digest.text()}),
        "Nothing was changed. Choose another tag, or leave no_overwrite out.");
  }
  if (ctx.dry_run()) return {};
  return ctx.ask().approve(
      sdk::write, hub::composed("Move {} from {} to {}", {where, old->text(), digest.text()}),
      where);
}

sdk::Reply<FaultPtr> moved_meanwhile(Client& client, const TagMove& move) {
  if (move.reference.digest()) return FaultPtr();
  const auto now = named_now(client, move.reference);
  if (!now) return now.status();
  if (*now == move.old || *now == move.digest) return FaultPtr();
  Fault fault;
  fault.type = "ApiError";
  fault.message =
      hub::composed("{} was moved by somebody else while the image was sent: it {} now",
                    {reference_name(client.image(), move.reference),
                     *now ? hub::composed("names {}", {(*now)->text()}) : std::string("is gone")});
  fault.hint = "The tag was not touched. Look at it, then call again.";
  return failed(std::move(fault)).value();
}

sdk::Status consent_to_all(Client& client, const std::list<TagMove>& moves) {
  sdk::Context& ctx = client.context();
  for (const TagMove& move : moves) {
    const std::string name = reference_name(client.image(), move.reference);
    if (move.is_left) {
      ctx.warn(
          hub::composed("{} names {} already, and is left as it is.", {name, move.old->text()}));
      continue;
    }
    if (const sdk::Status agreed = consent_to_move(ctx, name, move.old, move.digest); !agreed)
      return agreed;
  }
  return {};
}

sdk::Json told_moves(const std::list<TagMove>& moves, bool has_ended) {
  std::vector<sdk::Json> list;
  for (const TagMove& move : moves) {
    const auto replaced = move.is_left ? std::nullopt : move.replaced();
    const sdk::Json told = {{"reference", move.reference.text()},
                            {"replaced", digest_or_null(replaced)}};
    list.push_back(has_ended
                       ? with(told, {{"done", move.is_done}, {"error", text_or_null(move.error)}})
                       : told);
  }
  return sdk::Json::array(list);
}

std::optional<std::string_view> digest_or_null(const std::optional<DigestName>& digest) {
  return digest ? std::optional<std::string_view>(digest->text()) : std::nullopt;
}

}  // namespace dockerhub::registry
