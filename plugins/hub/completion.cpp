#include "completion.hpp"

#include <dockerhub/sdk/filled_text.hpp>
#include <dockerhub/sdk/raw_member.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "completion_sources.hpp"
#include "contains.hpp"
#include "members.hpp"

namespace dockerhub::hub {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBudget{1000};
constexpr std::size_t kMostBeginnings = 32;  // of what is typed that are looked for among the kept
constexpr std::size_t kMostValues = 100;     // more are not carried by the protocol

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

// What sources have places for: so much of what is typed, the arguments that are known, and what `repo` says of
// them.
sdk::Params known_to(const sdk::Params& params, const Typed& typed, std::size_t length) {
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
    put("value", std::string_view(typed.value).substr(0, length));
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
  if (contains(offer.values, whole)) return;
  if (offer.values.size() == kMostValues) {
    offer.has_more = true;
  } else {
    offer.values.push_back(std::move(whole));
  }
}

NameList names_in(const CompletionSource& source, const sdk::Value& data) {
  NameList list;
  if (source.list.empty()) {
    list.names.emplace_back(text_member(data, source.member));
    return list;
  }
  const sdk::Value* items = array_member(data, source.list);
  if (items == nullptr) return list;
  for (const sdk::Value& item : items->GetArray())
    list.names.emplace_back(text_member(item, source.member));
  list.has_more = !text_member(data, "next").empty();
  return list;
}

void take(const NameList& list, const Typed& typed, Offer& offer) {
  for (const std::string& name : list.names) add(typed, name, offer);
  offer.has_more = offer.has_more || list.has_more;
}

// One list has the values of several arguments: names and digests of tags.
std::string key_of(const CompletionSource& source, const std::string& params) {
  std::string key(source.tool);
  for (const std::string_view part : {source.action, source.member, std::string_view(params)})
    key.append(" ").append(part);
  return key;
}

// A fresh list for what is typed, or a whole one for its beginning; else an old one, or nothing.
std::optional<KeptLists::Kept> kept_for(sdk::Context& ctx, const KeptLists& kept,
                                        const CompletionSource& source, const Typed& typed) {
  std::optional<KeptLists::Kept> old;
  const std::size_t least = typed.value.size() - std::min(typed.value.size(), kMostBeginnings);
  for (std::size_t length = typed.value.size() + 1; length-- > least;) {
    const auto params = sdk::filled(source.params, known_to(ctx.params(), typed, length));
    auto found = params ? kept.find(key_of(source, *params)) : std::nullopt;
    if (!found || (length < typed.value.size() && found->list->has_more)) continue;
    if (found->is_fresh) return found;
    if (!old) old = std::move(found);
  }
  return old;
}

// Only a suspended status is of interest: it has to be passed on.
sdk::Status ask_source(sdk::Context& ctx, KeptLists& kept, const CompletionSource& source,
                       std::chrono::milliseconds time, const Typed& typed, Offer& offer) {
  const auto params = sdk::filled(source.params, known_to(ctx.params(), typed, typed.value.size()));
  if (!params) return DH_OK;
  // What is kept was asked for by somebody who may run the action.
  const bool may_run = static_cast<bool>(ctx.offered(source.tool, source.action));
  const auto known =
      may_run ? kept_for(ctx, kept, source, typed) : std::optional<KeptLists::Kept>();
  if (known && (known->is_fresh || time.count() <= 0)) {
    take(*known->list, typed, offer);
    return DH_OK;
  }
  if (time.count() <= 0) return DH_OK;
  const sdk::CallOutcome outcome = ctx.run(source.tool, source.action, sdk::Json::raw(*params),
                                           {{"timeout_ms", std::int64_t{time.count()}}});
  const auto data = outcome.status ? sdk::raw_member(outcome.envelope, "data")
                                   : std::optional<std::string_view>();
  const auto document = data ? sdk::parse_json(*data) : std::nullopt;
  if (document) {
    NameList list = names_in(source, *document);
    take(list, typed, offer);
    kept.keep(key_of(source, *params), std::move(list));
  } else if (known && !outcome.status.suspended()) {
    take(*known->list, typed, offer);
  }
  return outcome.status;
}

}  // namespace

sdk::Status complete(KeptLists& kept, sdk::Context& ctx) {
  const auto end = Clock::now() + kBudget;
  const Typed typed = typed_of(ctx.params());
  Offer offer;
  for (const CompletionSource& source : kCompletionSources) {
    if (source.argument != typed.argument) continue;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    const sdk::Status asked = ask_source(ctx, kept, source, left, typed, offer);
    if (asked.suspended()) return asked;
  }
  return ctx.answer({{"values", sdk::Json::array(offer.values)}, {"has_more", offer.has_more}});
}

sdk::Status complete_once(sdk::Context& ctx) {
  KeptLists none;
  return complete(none, ctx);
}

}  // namespace dockerhub::hub
