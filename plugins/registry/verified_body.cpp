#include "verified_body.hpp"

#include <array>
#include <functional>
#include <list>
#include <utility>

#include "hub/composed.hpp"

namespace dockerhub::registry {
namespace {

// How long a body may be.
struct Bound {
  std::size_t most;
  bool is_stated = false;      // by a descriptor: it has to be as long
  const char* parameter = "";  // that sets it, or empty
};

sdk::Status refuse_length(sdk::Context& ctx, const Received& answer, const Bound& bound) {
  Fault fault;
  fault.type = "ApiError";
  fault.request = answer.request;
  if (bound.is_stated) {
    fault.message = hub::composed(
        "digest mismatch: the content has not the {} bytes that its descriptor says", {bound.most});
    fault.hint =
        "The registry, or something on the way, gave other content. Nothing of it was used.";
    return fail(ctx, fault);
  }
  fault.message = hub::composed("the answer is larger than {} bytes", {bound.most});
  fault.hint = "Nothing of it was used: this is more than such an answer needs.";
  if (*bound.parameter != '\0') {
    fault.type = "ParameterError";
    fault.hint = hub::composed("Raise '{}' to read more at once.", {bound.parameter});
    fault.parameter = bound.parameter;
  }
  return fail(ctx, fault);
}

// One algorithm at work.
struct Check {
  DigestName expected;
  sdk::Digest digest;
};

class Checks {
 public:
  Checks(sdk::Context& ctx, const std::string& request) : ctx_(ctx), request_(request) {}

  // DH_OK also for an algorithm that cannot be computed.
  sdk::Status add(const DigestName& expected) {
    if (!expected.is_verifiable()) return {};
    for (const Check& check : checks_) {
      if (check.expected == expected) return {};
    }
    auto digest = ctx_.digest(expected.algorithm());
    if (!digest) return digest.status();
    checks_.push_back({expected, *std::move(digest)});
    return {};
  }
  sdk::Status update(std::string_view bytes) {
    for (Check& check : checks_) {
      if (const sdk::Status status = check.digest.update(bytes); !status) return status;
    }
    return {};
  }
  sdk::Status compare() {
    for (Check& check : checks_) {
      const auto actual = check.digest.finish();
      if (!actual) return actual.status();
      if (*actual != check.expected.text())
        return refuse_mismatch(ctx_, check.expected, *actual, request_);
    }
    return {};
  }

 private:
  sdk::Context& ctx_;
  const std::string& request_;
  std::list<Check> checks_;
};

using See = std::function<sdk::Status(std::string_view piece)>;

// The body, each piece of which see() gets.
sdk::Reply<std::string> read_within(sdk::Context& ctx, Received& answer, const Bound& bound,
                                    const See& see) {
  if (answer.content_length > 0 && static_cast<std::uint64_t>(answer.content_length) > bound.most)
    return refuse_length(ctx, answer, bound);
  std::string bytes;
  std::array<char, 32 * 1024> buffer{};
  while (true) {
    const auto got = answer.exchange.read(buffer.data(), buffer.size());
    if (!got) return got.status();
    if (*got == 0) break;
    const std::string_view piece(buffer.data(), *got);
    if (bytes.size() + piece.size() > bound.most) return refuse_length(ctx, answer, bound);
    bytes += piece;
    if (const sdk::Status seen = see(piece); !seen) return seen;
  }
  if (bound.is_stated && bytes.size() != bound.most) return refuse_length(ctx, answer, bound);
  return bytes;
}

sdk::Reply<std::string> sha256_of(sdk::Context& ctx, std::string_view bytes) {
  auto digest = ctx.digest("sha256");
  if (!digest) return digest.status();
  if (const sdk::Status updated = digest->update(bytes); !updated) return updated;
  return digest->finish();
}

// What the content is called, and whether that was proved.
sdk::Reply<Verified> named(sdk::Context& ctx, std::string bytes, const Expectation& expected) {
  const std::optional<DigestName>& name = expected.digest ? expected.digest : expected.announced;
  if (!name) {
    const auto computed = sha256_of(ctx, bytes);
    if (!computed) return computed.status();
    return Verified{std::move(bytes), *computed};
  }
  if (!name->is_verifiable()) {
    ctx.warn(hub::composed("Not verified: {} cannot be computed here.", {name->algorithm()}));
  }
  return Verified{std::move(bytes), name->text(), name->is_verifiable()};
}

}  // namespace

sdk::Status refuse_mismatch(sdk::Context& ctx, const DigestName& expected, std::string_view actual,
                            std::string_view request) {
  return refuse_answer(
      ctx, hub::composed("digest mismatch: asked for {}, got {}", {expected.text(), actual}),
      "The registry, or something on the way, gave other content. Nothing of it was used; try "
      "again, and distrust the registry when it stays so.",
      request);
}

sdk::Status check_stored(sdk::Context& ctx, const Received& answer, const DigestName& digest) {
  const auto stored = DigestName::parse(answer.headers.find("docker-content-digest"));
  const bool is_other = stored && stored->algorithm() == digest.algorithm() && !(*stored == digest);
  if (!is_other) return {};
  return refuse_answer(ctx,
                       hub::composed("the registry stored {} in place of {}",
                                     {quoted(stored->text()), digest.text()}),
                       "It changed the content. Distrust the registry when it stays so.",
                       answer.request);
}

sdk::Reply<std::string> read_text(sdk::Context& ctx, Received& answer, std::size_t most) {
  return read_within(ctx, answer, {most}, [](std::string_view) { return sdk::Status(); });
}

sdk::Reply<Verified> read_verified(sdk::Context& ctx, Received& answer,
                                   const Expectation& expected) {
  Checks checks(ctx, answer.request);
  for (const auto* digest : {&expected.digest, &expected.announced}) {
    if (!*digest) continue;
    if (const sdk::Status added = checks.add(**digest); !added) return added;
  }
  const bool is_sized = expected.size && *expected.size <= expected.most;
  const Bound bound{is_sized ? static_cast<std::size_t>(*expected.size) : expected.most, is_sized,
                    expected.limit_parameter};
  auto bytes =
      read_within(ctx, answer, bound, [&](std::string_view piece) { return checks.update(piece); });
  if (!bytes) return bytes.status();
  if (const sdk::Status same = checks.compare(); !same) return same;
  return named(ctx, *std::move(bytes), expected);
}

}  // namespace dockerhub::registry
