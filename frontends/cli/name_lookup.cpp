#include "name_lookup.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "account_choice.hpp"
#include "dockerhub/logins.hpp"
#include "json.hpp"
#include "kernel_session.hpp"
#include "name_cache.hpp"

namespace dockerhub::cli {

namespace {

// What shells put into a line as it is, without quotes: anything else could become a command there.
bool is_plain_word(std::string_view word) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/:";
  return !word.empty() && word.front() != '-' &&
         word.find_first_not_of(kPlain) == std::string_view::npos;
}

std::string current_account(const Configuration& configuration) {
  const auto accounts = Logins(configuration).accounts();
  if (!accounts) return {};
  const auto current = std::find_if(accounts->begin(), accounts->end(),
                                    [](const KnownLogin& login) { return login.current; });
  return current == accounts->end() ? std::string() : current->account;
}

// Who asks whom for what. nullopt: whose names they are cannot be told, so that they are not kept.
std::optional<std::string> cache_key(const NameQuestion& question,
                                     const Configuration& configuration) {
  if (configuration.has("account.jwt")) return std::nullopt;
  const std::string named = configuration.text("account.name");
  // A namespace and what stands below it are two lists.
  const std::size_t slash = question.value.rfind('/');
  std::string key;
  for (const std::string& part :
       {configuration.text("hub.url"), configuration.text("account.user"),
        configuration.text("account.oidc_connection"),
        named.empty() ? current_account(configuration) : named, question.target, question.argument,
        question.before, question.known,
        slash == std::string::npos ? std::string() : question.value.substr(0, slash + 1)})
    key += part + "\n";
  return key;
}

std::string completion_request_of(const NameQuestion& question) {
  return R"({"of":"action","name":)" + json::quote(question.target) + R"(,"argument":)" +
         json::quote(question.argument) + R"(,"value":)" + json::quote(question.value) +
         R"(,"arguments":)" + question.known + "}";
}

OfferedNames names_in(std::string_view envelope) {
  OfferedNames offered;
  const auto document = json::parse(envelope);
  const json::Value* data = document ? json::find(*document, "data") : nullptr;
  const json::Value* values = data != nullptr ? json::find(*data, "values") : nullptr;
  const json::Value* more = data != nullptr ? json::find(*data, "has_more") : nullptr;
  offered.has_more = more != nullptr && more->IsBool() && more->GetBool();
  if (values == nullptr || !values->IsArray()) return offered;
  for (const auto& value : values->GetArray()) {
    if (value.IsString() && is_plain_word(json::view(value)))
      offered.names.emplace_back(json::view(value));
  }
  return offered;
}

OfferedNames ask_kernel(const NameQuestion& question, GlobalOptions options,
                        std::chrono::milliseconds time, const std::stop_token& stop) {
  options.timeout = std::to_string(time.count()) + "ms";
  KernelSession session;
  if (!session.open_unattended(options)) return {};
  Caller caller;
  caller.principal = "command line";
  caller.stop = stop;
  const CallResult result = session.kernel().complete(completion_request_of(question), caller);
  return result.error ? OfferedNames() : names_in(result.envelope);
}

std::vector<std::string> offered_words(const NameQuestion& question, const OfferedNames& offered) {
  std::vector<std::string> words;
  for (const std::string& name : offered.names) {
    if (name.compare(0, question.value.size(), question.value) == 0)
      words.push_back(question.before + name);
  }
  return words;
}

// The options that stand on the line, and the account that its namespace stands for.
bool take_line(const NameQuestion& question, GlobalOptions& options) {
  if (!take_global_options(question.given, &question.action, options)) return false;
  if (!chooses_by_namespace(options)) return true;
  const auto configuration = preliminary_configuration(options);
  if (!configuration) return false;
  std::string account =
      account_of_namespace(*configuration, namespace_of(question.action, question.given));
  if (!account.empty()) options.as = std::move(account);
  return true;
}

}  // namespace

std::vector<std::string> names_for(const NameQuestion& question, GlobalOptions options,
                                   const std::stop_token& stop) {
  if (!take_line(question, options)) return {};
  const auto configuration = preliminary_configuration(options);
  if (!configuration) return {};
  const std::chrono::milliseconds time(configuration->number("completion.time"));
  if (time.count() == 0) return {};
  const auto key = cache_key(question, *configuration);
  NameCache cache(key ? NameCache::usual_path() : std::filesystem::path());
  const auto now = std::chrono::system_clock::now();
  const auto kept = cache.find(key.value_or(""), question.value, now);
  if (kept && kept->is_fresh) return offered_words(question, kept->offered);
  const OfferedNames offered = ask_kernel(question, std::move(options), time, stop);
  if (offered.names.empty())
    return kept ? offered_words(question, kept->offered) : std::vector<std::string>();
  // Nothing at all may also mean that the server was not there.
  cache.keep(key.value_or(""), question.value, offered, now);
  return offered_words(question, offered);
}

}  // namespace dockerhub::cli
