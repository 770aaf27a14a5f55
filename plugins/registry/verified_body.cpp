#include "verified_body.hpp"

#include <array>
#include <utility>
#include <vector>

namespace dockerhub::registry {
namespace {

Fault too_large(const std::string& request, std::size_t most, std::string_view parameter) {
  Fault fault;
  fault.type = parameter.empty() ? "ApiError" : "ParameterError";
  fault.message = "the answer is larger than " + std::to_string(most) + " bytes";
  fault.hint = parameter.empty() ? "Nothing of it was used: this is more than such an answer needs."
                                 : "Raise '" + std::string(parameter) + "' to read more at once.";
  fault.parameter = parameter;
  fault.request = request;
  return fault;
}

Fault wrong_size(const Received& answer, std::uint64_t expected) {
  Fault fault;
  fault.type = "ApiError";
  fault.message = "digest mismatch: the content has not the " + std::to_string(expected) +
                  " bytes that its descriptor says";
  fault.hint = "The registry, or something on the way, gave other content. Nothing of it was used.";
  fault.request = answer.request;
  return fault;
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
        return fail(ctx_, mismatch(check.expected, *actual, request_));
    }
    return {};
  }

 private:
  sdk::Context& ctx_;
  const std::string& request_;
  std::vector<Check> checks_;
};

// Calls take(piece) for each piece of the body.
template <typename Take>
sdk::Status drain(sdk::Exchange& exchange, Take take) {
  std::array<char, 32 * 1024> buffer{};
  while (true) {
    const auto got = exchange.read(buffer.data(), buffer.size());
    if (!got) return got.status();
    if (*got == 0) return {};
    if (const sdk::Status taken = take(std::string_view(buffer.data(), *got)); !taken) return taken;
  }
}

// The body up to `most` bytes; `more` says what is wrong with a longer one.
template <typename See>
sdk::Reply<std::string> read_up_to(sdk::Context& ctx, Received& answer, std::size_t most,
                                   const Fault& more, See see) {
  if (answer.content_length > 0 && static_cast<std::uint64_t>(answer.content_length) > most)
    return fail(ctx, more);
  std::string bytes;
  const sdk::Status read = drain(answer.exchange, [&](std::string_view piece) -> sdk::Status {
    if (bytes.size() + piece.size() > most) return fail(ctx, more);
    bytes += piece;
    return see(piece);
  });
  if (!read) return read;
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
    ctx.warn("Not verified: " + std::string(name->algorithm()) + " cannot be computed here.");
  }
  return Verified{std::move(bytes), name->text(), name->is_verifiable()};
}

}  // namespace

Fault mismatch(const DigestName& expected, const std::string& actual, const std::string& request) {
  Fault fault;
  fault.type = "ApiError";
  fault.message = "digest mismatch: asked for " + expected.text() + ", got " + actual;
  fault.hint =
      "The registry, or something on the way, gave other content. Nothing of it was used; try "
      "again, and distrust the registry when it stays so.";
  fault.request = request;
  return fault;
}

sdk::Status check_stored(sdk::Context& ctx, const Received& answer, const DigestName& digest) {
  const auto stored = DigestName::parse(answer.headers.find("docker-content-digest"));
  const bool is_other = stored && stored->algorithm() == digest.algorithm() && !(*stored == digest);
  if (!is_other) return {};
  auto refused = wrong_answer(
      "the registry stored " + quoted(stored->text()) + " in place of " + digest.text(),
      "It changed the content. Distrust the registry when it stays so.");
  refused.value().request = answer.request;
  return fail(ctx, refused.value());
}

sdk::Reply<std::string> read_text(sdk::Context& ctx, Received& answer, std::size_t most) {
  return read_up_to(ctx, answer, most, too_large(answer.request, most, {}),
                    [](std::string_view) { return sdk::Status(); });
}

sdk::Reply<Verified> read_verified(sdk::Context& ctx, Received& answer,
                                   const Expectation& expected) {
  Checks checks(ctx, answer.request);
  for (const auto& digest : {expected.digest, expected.announced}) {
    if (!digest) continue;
    if (const sdk::Status added = checks.add(*digest); !added) return added;
  }
  const bool is_sized = expected.size && *expected.size <= expected.most;
  const Fault more = is_sized ? wrong_size(answer, *expected.size)
                              : too_large(answer.request, expected.most, expected.limit_parameter);
  const std::size_t most = is_sized ? static_cast<std::size_t>(*expected.size) : expected.most;
  auto bytes = read_up_to(ctx, answer, most, more,
                          [&](std::string_view piece) { return checks.update(piece); });
  if (!bytes) return bytes.status();
  if (is_sized && bytes->size() != most) return fail(ctx, more);
  if (const sdk::Status same = checks.compare(); !same) return same;
  return named(ctx, *std::move(bytes), expected);
}

}  // namespace dockerhub::registry
