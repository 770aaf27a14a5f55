// verify: every manifest and every blob of an image, read and compared with its digest and size.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actions.hpp"
#include "blob_proof.hpp"
#include "hub/composed.hpp"
#include "hub/plan_text.hpp"
#include "image_tree.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

sdk::Status refuse(sdk::Context& ctx, const ImageTree& tree, const ProofCounts& counts) {
  std::vector<sdk::Json> problems;
  std::string named;
  constexpr std::size_t kMostNamed = 5;
  for (const BlobProblem& problem : counts.problems) {
    const std::string& digest = problem.blob.digest.text();
    problems.push_back(
        {{"digest", digest}, {"size", problem.blob.size}, {"problem", problem.what}});
    if (problems.size() <= kMostNamed)
      hub::add_named(named, hub::composed("{} ({})", {digest, problem.what}));
  }
  const std::string message = hub::composed("{} of {} blobs are not what they are called: {}",
                                            {counts.problems.size(), tree.blobs.size(), named});
  const std::string details = sdk::Json{{"problems", sdk::Json::array(problems)}}.text();
  sdk::Failure failure;
  failure.type = "ApiError";
  failure.message = message;
  failure.hint = "The image cannot be trusted or pulled: push it again.";
  failure.details = details;
  return ctx.fail(failure);
}

}  // namespace

sdk::Status verify(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto platform = platform_parameter(ctx);
  if (!platform) return platform.status();
  Client& client = target->client;
  auto root = remote_manifest(client, target->reference, {});
  if (!root) return root.status();
  const auto tree = read_tree(ctx, *std::move(root), *platform, remote_entries(client));
  if (!tree) return tree.status();
  ProofCounts counts;
  std::vector<std::unique_ptr<Transfer>> proofs;
  proofs.reserve(tree->blobs.size());
  for (const BlobName& blob : tree->blobs)
    proofs.push_back(std::make_unique<BlobProof>(client, blob, counts));
  const auto parallel = static_cast<std::size_t>(ctx.params().integer("parallel"));
  const sdk::Status proved = run_transfers(ctx, std::move(proofs), parallel);
  if (!proved) return proved;
  if (!counts.problems.empty()) return refuse(ctx, *tree, counts);
  if (tree->foreign > 0) {
    ctx.warn(
        hub::composed("{} layers are kept by their publisher and were not read.", {tree->foreign}));
  }
  const ImageName& image = client.image();
  return ctx.answer({{"registry", image.registry},
                     {"repository", image.repository},
                     {"reference", target->reference.text()},
                     {"digest", tree->root().digest.text()},
                     {"verified", true},
                     {"manifests", tree->manifests.size()},
                     {"blobs", counts.blobs},
                     {"bytes", counts.bytes},
                     {"foreign", tree->foreign}});
}

}  // namespace dockerhub::registry
