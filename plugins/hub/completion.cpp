#include "completion.hpp"

#include <dockerhub/sdk/filled_text.hpp>
#include <dockerhub/sdk/raw_member.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "completion_sources.hpp"
#include "members.hpp"

namespace dockerhub::hub {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBudget{1000};
constexpr std::size_t kMostValues = 100;  // more are not carried by the protocol

// What is half typed: the value that is looked for, and what stands before and after it in what is offered.
struct Typed {
  std::string argument, value, before, after;
};

struct Offer {
  std::vector<std::string> values;
  bool has_more = false;
};

// A repository with its namespace; "alpine" is library's. A tag or digest behind it is left out.
std::pair<std::string_view, std::string_view> parts_of(std::string_view repo) {
  repo = repo.substr(0, repo.find_first_of(":@"));
  const std::size_t slash = repo.find('/');
  if (slash == std::string_view::npos) return {"library", repo};
  return {repo.substr(0, slash), repo.substr(slash + 1)};
}

Typed typed_of(const sdk::Params& params) {
  const std::string argument(params.text("argument", ""));
  const std::string value(params.text("value", ""));
  if (argument != "repo") return {argument, value, {}, {}};
  const std::size_t slash = value.find('/');
  if (slash == std::string::npos) return {"namespace", value, {}, "/"};
  return {"repository", value.substr(slash + 1), value.substr(0, slash + 1), {}};
}

// What sources have places for: the arguments that are known, and what `repo` says of them.
sdk::Params known_to(const sdk::Params& params, const Typed& typed) {
  const sdk::Value* known = params.find("arguments");
  const std::string_view repo = !typed.before.empty() ? std::string_view(typed.before)
                                : known == nullptr    ? std::string_view()
                                                      : text_member(*known, "repo");
  const sdk::Json json = sdk::Json::write([&](sdk::JsonWriter& writer) {
    const auto put = [&](std::string_view name, std::string_view value) {
      sdk::put_key(writer, name);
      sdk::put(writer, value);
    };
    writer.StartObject();
    put("value", typed.value);
    for (const std::string_view name : {"namespace", "repository"}) {
      const auto [space, repository] = parts_of(repo);
      const std::string_view of_repo = name == "namespace" ? space : repository;
      const std::string_view said =
          known == nullptr ? std::string_view() : text_member(*known, name);
      put(name, repo.empty() ? said : of_repo);
    }
    writer.EndObject();
  });
  return sdk::Params(json.text());
}

void add(const Typed& typed, std::string_view value, Offer& offer) {
  if (value.empty() || !value.starts_with(typed.value)) return;
  std::string whole = typed.before + std::string(value) + typed.after;
  if (std::find(offer.values.begin(), offer.values.end(), whole) != offer.values.end()) return;
  if (offer.values.size() == kMostValues) {
    offer.has_more = true;
  } else {
    offer.values.push_back(std::move(whole));
  }
}

void take(const CompletionSource& source, const sdk::Value& data, const Typed& typed,
          Offer& offer) {
  if (source.list.empty()) return add(typed, text_member(data, source.member), offer);
  const sdk::Value* items = array_member(data, source.list);
  if (items == nullptr) return;
  for (const sdk::Value& item : items->GetArray())
    add(typed, text_member(item, source.member), offer);
  offer.has_more = offer.has_more || !text_member(data, "next").empty();
}

// Only a suspended status is of interest: it has to be passed on.
sdk::Status ask_source(sdk::Context& ctx, const CompletionSource& source, const std::string& params,
                       std::chrono::milliseconds time, const Typed& typed, Offer& offer) {
  const sdk::CallOutcome outcome = ctx.run(source.tool, source.action, sdk::Json::raw(params),
                                           {{"timeout_ms", std::int64_t{time.count()}}});
  const auto data = outcome.status ? sdk::raw_member(outcome.envelope, "data")
                                   : std::optional<std::string_view>();
  const auto document = data ? sdk::parse_json(*data) : std::nullopt;
  if (document) take(source, *document, typed, offer);
  return outcome.status;
}

}  // namespace

sdk::Status complete(sdk::Context& ctx) {
  const auto end = Clock::now() + kBudget;
  const Typed typed = typed_of(ctx.params());
  const sdk::Params known = known_to(ctx.params(), typed);
  Offer offer;
  for (const CompletionSource& source : kCompletionSources) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    const auto params =
        source.argument == typed.argument ? sdk::filled(source.params, known) : std::nullopt;
    if (!params || left.count() <= 0) continue;
    const sdk::Status asked = ask_source(ctx, source, *params, left, typed, offer);
    if (asked.suspended()) return asked;
  }
  return ctx.answer({{"values", sdk::Json::array(offer.values)}, {"has_more", offer.has_more}});
}

}  // namespace dockerhub::hub
