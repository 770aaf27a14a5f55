// The kernel as a library, for the frontends and for programs that embed it.
//
// A Kernel is built from a Configuration and holds the modules; call() carries one action through
// the whole pipeline (resolve, policy, validate, dry run, gate, approve, invoke, envelope, redact,
// audit) and comes back with an envelope. There is no global state: several kernels with different
// accounts may live in one process. All const and non-const member functions of Kernel may be
// called from any thread at once; the callbacks of a Caller run on the thread of their call().
//
// JSON crosses this header as UTF-8 text. Everything that leaves through it (envelopes, errors,
// items, questions, log lines) has been redacted.
//
// This is a C++ interface without a promise of binary compatibility: build against the version that
// runs. The stable interface is abi.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/catalogue.hpp"
#include "dockerhub/error.hpp"

namespace dockerhub {

struct WebAnswer;
struct WebRequest;

// ----------------------------------------------------------------------------------------------
// modules

enum class ModuleState { not_loaded, loaded, refused, disabled, draining };
DOCKERHUB_API std::string_view module_state_name(ModuleState state);

// One file that was found, and what became of it.
struct ModuleInfo {
  std::string name;  // empty when the manifest could not be read
  std::string version, title, publisher, license, abi, toggle;
  std::filesystem::path file;
  std::string place;  // "configured", "installed", "user"
  std::string sha256;
  ModuleState state = ModuleState::not_loaded;
  std::string reason;                        // why refused, disabled or draining
  std::vector<std::string> refused_actions;  // "action: reason", of a module that was accepted
};

enum class UnloadOutcome {
  unmapped,  // the library has left the process
  pinned,    // instance destroyed, but something keeps the library mapped
  draining,  // calls still run after grace and cancellation; it goes when the last one returns
};

// ----------------------------------------------------------------------------------------
// configuration

// Where a configuration is read from. The defaults are those of a program of ours.
struct ConfigurationSources {
  // server: dockerhub-mcp; rest: dockerhub-rest.
  enum class Program { command_line, server, embedded, rest };
  Program program = Program::embedded;
  // The process's environment; its secrets are then overwritten in the environment block. Otherwise
  // `environment` alone counts.
  bool process_environment = false;
  std::map<std::string, std::string> environment;
  std::map<std::string, std::string>
      flags;  // key of the settings table -> text, the strongest source
  std::optional<std::filesystem::path> env_file;   // named by the user: may set everything
  std::optional<std::filesystem::path> dotenv;     // found by itself: harmless keys only
  std::optional<std::filesystem::path> user_file;  // default $XDG_CONFIG_HOME/dockerhub/config.yaml
  bool read_user_file = true;
  // Of the machine, below all others; believed where only root can change it (or, of another path than
  // this one, root and the user). Empty: none. The variable DOCKERHUB_SYSTEM_CONFIG names another one.
  std::filesystem::path system_file = "/etc/dockerhub/config.yaml";
};

// A row of the settings table, with what is in force.
struct SettingValue {
  std::string key, type, description;
  std::string value;   // as a person writes it ("30s", "32MiB"); of a secret empty
  std::string origin;  // as Configuration::origin
  std::string fallback;
  std::vector<std::string> variables, choices;
  std::string option;
  bool secret = false;
  bool set = false;  // somebody set it
};

// A file that a configuration is read from.
struct ConfigurationFile {
  std::string kind;  // "system file", "user file", "env file"
  std::filesystem::path path;
  bool present = false;  // it was there and was read
};

// Settings with their origins (docs/configuration.md has the table). Immutable; cheap to copy.
class DOCKERHUB_API Configuration {
 public:
  // Reads and checks all sources. Errors name file, line and the likely key.
  static Result<Configuration> load(const ConfigurationSources& sources);

  Configuration(const Configuration&);
  Configuration(Configuration&&) noexcept;
  Configuration& operator=(const Configuration&);
  Configuration& operator=(Configuration&&) noexcept;
  ~Configuration();

  // Value of a setting as text, its default when unset, empty for secret ones and unknown keys.
  std::string text(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::int64_t number(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;
  bool has(std::string_view key) const;  // somebody set it
  std::string origin(
      std::string_view key) const;  // "default", "user file PATH:LINE", "environment NAME"...
  const std::vector<std::string>& warnings() const;

  // Every row of the settings table, in its order.
  std::vector<SettingValue> settings() const;
  std::vector<ConfigurationFile> files() const;

  // Sets a key in the user file of these sources (nullopt: removes it) and gives the file's path. All
  // other lines stay as they are; the file is replaced at once or not at all, mode 0600. Errors
  // (configuration): an unknown key, a bad value, a file that is wrong already or is written in a form
  // that has to be changed by hand; then nothing was changed.
  static Result<std::filesystem::path> write_user_setting(const ConfigurationSources& sources,
                                                          std::string_view key,
                                                          const std::optional<std::string>& text);

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit Configuration(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

// ------------------------------------------------------------------------------------------------
// calls

struct CallOptions {
  bool dry_run = false;
  std::optional<std::chrono::milliseconds> timeout;  // for the whole call
  // Of lists: follow the server's pages to the end, and end after so many items (above zero).
  bool all_pages = false;
  std::optional<std::uint64_t> max_items;
  // Of each item of a list, or of an answer that is one object: only the members of these names. Empty:
  // all.
  std::vector<std::string> fields;
};

struct TraceContext {
  std::string traceparent, tracestate;
};

// Something that the call wants to know from the user, in a call that suspends.
struct Question {
  enum class Kind { approval, input, sampling, roots };
  Kind kind = Kind::input;
  std::string key;      // unique within the call; the answer comes back under it
  std::string request;  // JSON: {"message", "schema"|"url"} for input; MCP params for sampling
  // Of an approval:
  Effect effect = Effect::write;
  std::string text;    // exactly what is consented to
  std::string target;  // what the person types, or empty for yes or no
  // Whoever asks and waits gives up at this time, or when this is requested: the call is over then.
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::stop_token stop;
};

enum class Decision { approved, denied, unavailable };

struct Progress {
  std::string_view track;
  std::uint64_t done = 0, total = 0;  // total 0 = unknown
  std::string_view unit, message;
};

// Levels of RFC 5424.
enum class LogLevel { debug, info, notice, warning, error, critical, alert, emergency };

// Content that a frontend binds to a parameter of type `store`. Functions mirror store/1 of abi.h.
class DOCKERHUB_API Store {
 public:
  class Entry {
   public:
    virtual ~Entry() = default;
    virtual std::uint64_t size() const = 0;
    virtual Result<std::size_t> read_at(std::uint64_t offset, void* buffer,
                                        std::size_t capacity) = 0;
    virtual Result<void> write(std::string_view bytes) = 0;
    virtual Result<void> commit() = 0;
  };
  virtual ~Store() = default;
  virtual Result<std::vector<std::string>> list(std::string_view prefix,
                                                std::string_view after) = 0;
  virtual Result<std::unique_ptr<Entry>> open(std::string_view name) = 0;
  virtual Result<std::unique_ptr<Entry>> create(std::string_view name) = 0;
  virtual Result<void> remove(std::string_view name) = 0;
};

// Who calls, and how it can be reached while the call runs. Every function may be empty: then the
// caller cannot be asked, and consent counts as unavailable.
struct Caller {
  std::string principal;  // binds suspended calls to their caller
  // Questions are not asked but returned (CallResult::questions); the caller comes back with
  // answers.
  bool suspends = false;
  bool elicitation = false, elicitation_url = false, sampling = false, roots = false;
  std::optional<LogLevel> log_level;  // lines of this level and above go to `log`

  std::function<Decision(const Question&)> approve;
  std::function<Result<std::string>(const Question&)> answer;  // JSON as ask/1 says for the kind
  std::function<void(const Progress&)> progress;
  // Takes an item (JSON); an error ends the call quietly. Without it items are collected in the
  // answer.
  std::function<Result<void>(std::string_view)> item;
  std::function<void(LogLevel, std::string_view logger, std::string_view text)> log;
  std::function<Result<std::unique_ptr<Store>>(std::string_view parameter, std::string_view value,
                                               bool writable)>
      store;
  // Actions that this caller is not told of: they cannot be called, are not described and stand in no error.
  // Empty: none. Actions that an action calls are not asked about; those that a resource, a prompt or a
  // completion calls are.
  std::function<bool(const Tool&, const Action&)> hides;
  // Actions that `describe` and errors leave out for this caller though it may name them: it is then the
  // policy that refuses, and says why. Empty: none.
  std::function<bool(const Tool&, const Action&)> leaves_out;
  std::stop_token stop;  // cancels the call
};

struct CallRequest {
  std::string tool, action;
  std::string params = "{}";  // JSON object
  CallOptions options;
  TraceContext trace;
  std::string request_id;  // made when empty
  // Of a call that was suspended: the state it gave, and the answers by key (for an approval JSON
  // true or false).
  std::string state;
  std::map<std::string, std::string> answers;
};

// A request that its caller writes himself, for what no module has an action for. The kernel's rules of effects
// apply to it, what is no GET or HEAD to a registry is destructive, and routes whose answers hold a secret are
// refused. All texts but the body are UTF-8, and + is a blank in the query.
struct RawRequest {
  std::string surface = "hub";     // whose API: the name of one of raw_surfaces()
  std::string host;                // of another registry than the configured one: host[:port]
  std::string method = "GET";      // GET, HEAD, POST, PUT, PATCH or DELETE
  std::string path;                // from its first slash on, encoded, with its query
  std::string body;                // empty: none
  std::string media_type, accept;  // empty: JSON
  std::string
      items_key;  // with CallOptions' all_pages or max_items: the list in a page; empty: the API's usual one
};

// An API that such requests can be sent to.
struct RawSurface {
  std::string_view name;
  std::string_view paging;     // the style of its pages; empty: it has none
  std::string_view items_key;  // the list in a page, usually
};
DOCKERHUB_API std::span<const RawSurface> raw_surfaces();

struct Content {
  enum class Kind { text, image, audio, resource, link };
  Kind kind = Kind::text;
  std::string text, data, media_type, uri, name, annotations;
  bool binary = false;  // a resource with data instead of text
};

enum class Outcome { ok, partial, condition_met };

// What a server told of its rate budget: JSON, an integer or a text; empty: not told.
struct ToldRateLimit {
  std::string limit, remaining, reset;
};

struct CallResult {
  bool suspended = false;
  // {"status_code", "data", "rate_limit", ...}, or {"error": {...}, "rate_limit"}; empty if
  // suspended.
  std::string envelope;
  // For who looks at little of it:
  int status_code = 0;  // of an answer
  std::size_t answer_size =
      0;  // bytes it begins with that tell the answer: what is behind them may differ each time
  std::optional<ToldRateLimit> rate_limit;
  std::optional<Error> error;
  // Of an answer whose row is verbatim: its data, byte for byte.
  std::string verbatim;
  Outcome outcome = Outcome::ok;
  std::vector<Content> contents;
  std::size_t items = 0;  // how many went to Caller::item
  // If suspended:
  std::vector<Question> questions;
  std::string state;  // sealed: opaque to everybody but this kernel
};

// What the policy hook decides about and the audit hook records.
struct CallView {
  enum class Kind { action, resource, prompt, completion, health };
  Kind kind = Kind::action;
  std::string_view request_id, principal;
  std::string_view tool, action;  // of an action; otherwise the module, and the URI or name
  std::string_view params;        // JSON; secret ones left out, known secrets masked
  Effect effect = Effect::read;   // of this very call, and what a consent raises it to
  bool dry_run = false;
};

// Where the numbers of suspended calls are kept whose consent was used: each works once. Several kernels
// that open each other's states (the setting `state.key`) have to share one. Any thread.
class DOCKERHUB_API UsedStates {
 public:
  using Clock = std::chrono::system_clock;

  virtual ~UsedStates() = default;
  // True the first time that this number is used, false ever after; after `expires` it may be forgotten. An
  // error refuses the consent.
  virtual Result<bool> use(const std::string& number, Clock::time_point expires) = 0;
};

// The order of requests in a rate budget of a server that several kernels use up together. It is asked only
// where little of a budget is left, or after a 429. Any thread.
class DOCKERHUB_API BudgetTurns {
 public:
  // Between requests that waited for the same moment.
  static constexpr std::chrono::milliseconds kAfterWait{50};

  // What one kernel knows by itself, from now.
  struct Wish {
    std::chrono::milliseconds earliest{0};     // when its request may go at all
    std::chrono::milliseconds apart{0};        // from one request to the next before the reset
    std::chrono::milliseconds until_reset{0};  // or until all may go on
  };

  virtual ~BudgetTurns() = default;
  // The wait of a request behind those of all kernels; nullopt: not known, then this kernel's own order counts.
  // budget: any text, the same in all kernels.
  virtual std::optional<std::chrono::milliseconds> take(const std::string& budget,
                                                        const Wish& wish) = 0;
};

struct Hooks {
  // An error refuses the call; its kind should be ErrorKind::policy.
  std::function<Result<void>(const CallView&)> policy;
  // After each call that went past the policy, also a refused or failed one.
  std::function<void(const CallView&, const CallResult&, std::chrono::microseconds)> audit;
  // Lines of the kernel's own log (redacted); without it they go to stderr in `log.level` and
  // `log.format`.
  std::function<void(LogLevel, std::string_view)> log;
  // Without it they are kept in memory, for this kernel alone.
  std::shared_ptr<UsedStates> used_states;
  // Without it each kernel has an order of its own.
  std::shared_ptr<BudgetTurns> budget_turns;
};

// What changed, for list-changed notices. Called from any thread; must not block.
struct Change {
  enum class Kind { tools, prompts, resources, resource };
  Kind kind = Kind::tools;
  std::string uri;  // of one resource
};

// ------------------------------------------------------------------------------------------------
// diagnosis and trail

// One thing that a diagnosis looked at.
struct Finding {
  enum class Level { ok, note, warning, problem };
  Level level = Level::ok;
  std::string check;    // "configuration", "dns", "tls", "api", "credential", "clock", "modules"...
  std::string subject;  // the host, file or module; may be empty
  std::string message;  // what was found
  std::string hint;     // what to do about it; empty where all is well (ok)
};
DOCKERHUB_API std::string_view finding_level_name(Finding::Level level);

struct DiagnosisOptions {
  std::chrono::milliseconds time{10'000};  // longest time of one check
  bool network = true;                     // false: nothing is asked for over the network
  std::stop_token stop;                    // ends the checks that still run
};

// What somebody decided about a call of another that needs consent, or that the call makes use of it.
struct ConsentDecision {
  enum class Kind { approved, denied, used };
  Kind kind = Kind::approved;
  std::string_view principal;  // who decided
  std::string_view caller;     // whose call it is
  std::string_view tool, action;
  Effect effect = Effect::destructive;
  std::string_view request_id;  // of the call that uses it, else empty
};

// What a verification of the trail found (docs/trail.md).
struct TrailReport {
  std::filesystem::path file;
  bool exists = false;
  std::uint64_t entries = 0;         // whose chain is whole, from the first one on
  std::string last_hash;             // of the last of them
  std::vector<std::string> faults;   // what is wrong; empty: the chain is whole
  std::vector<std::string> remarks;  // what is no fault but worth knowing
};

class DOCKERHUB_API Kernel {
 public:
  // Finds the modules; loads none.
  static Result<std::unique_ptr<Kernel>> create(Configuration configuration, Hooks hooks = {});
  ~Kernel();
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;

  const Configuration& configuration() const;
  std::shared_ptr<const Catalogue> catalogue() const;

  // Runs one action and waits for its end (or suspension). Never throws; every failure is in the
  // result.
  CallResult call(const CallRequest& request, const Caller& caller);

  // Sends that request, in the steps of an action: policy, dry run, gate, consent, redaction, audit, under the
  // name "api request". Of `request`, everything but tool, action and params counts. Nothing of a module runs.
  CallResult send(const RawRequest& raw, const CallRequest& request, const Caller& caller);

  // Resources, prompts and completions of the modules; the envelope's data is what abi.h says of them.
  // Of the request, everything but tool and action counts; params are a prompt's arguments.
  CallResult read_resource(std::string_view uri, const CallRequest& request, const Caller& caller);
  CallResult get_prompt(std::string_view name, const CallRequest& request, const Caller& caller);
  // Nobody is asked anything by these.
  CallResult complete(std::string_view request, const Caller& caller);
  // What the module says of its own health: {"ok", "findings"}; ok where it says nothing.
  CallResult check_health(std::string_view module, const Caller& caller);
  // Tells the module whether somebody listens for changes of that resource (Change::Kind::resource), which
  // it has to take within ten seconds, or until `stop` is requested. Loads the module where it is not.
  Result<void> watch_resource(std::string_view uri, bool on, const std::stop_token& stop = {});

  // Modules, in the order in which they were found.
  std::vector<ModuleInfo> modules() const;
  Result<ModuleInfo> check_file(const std::filesystem::path& file) const;  // as found, not added
  Result<void> load(std::string_view module);
  // Takes it out of the catalogue, waits `grace` for its calls, cancels them, waits as long again.
  Result<UnloadOutcome> unload(std::string_view module, std::chrono::milliseconds grace);
  // Reads the file again (if it is still allowed); calls that run keep the old one.
  Result<void> reload(std::string_view module);
  // Looks at all places again; new modules are added, vanished ones unloaded, those in use whose file is
  // another one now reloaded (where that fails, the log says why and the old one runs on).
  void rescan();

  // Directories in their order, with what each is ("configured", "installed", "user").
  std::vector<std::pair<std::filesystem::path, std::string>> module_places() const;
  // Where it is recorded which modules are trusted; the file need not be there.
  std::filesystem::path trust_file() const;
  // Records path and sha256 of a module file as trusted in the user's configuration; gives what is
  // recorded and, where an older version was trusted, the texts and effects that changed.
  struct Trusted {
    ModuleInfo module;
    std::vector<std::string> changes;
  };
  Result<Trusted> trust(const std::filesystem::path& file);

  // Looks at configuration, network, credential, clock, modules and files, in the order of the table in
  // docs/cli.md. Checks of hosts run side by side. What ran out of time is a finding. Holds no secret.
  std::vector<Finding> diagnose(const DiagnosisOptions& options) const;

  // Records it in the trail, where one is kept, and in the log, which also tells where the trail could not take it.
  void record(const ConsentDecision& decision);
  // Reads the trail (of that folder; nullopt: the configured one) and checks its chain. Errors:
  // configuration (not ours, no key, a newer format), cancelled.
  Result<TrailReport> verify_trail(const std::optional<std::filesystem::path>& folder,
                                   const std::stop_token& stop) const;
  // The configured folder of the trail, or the one for the user's state; empty where there is no place.
  std::filesystem::path trail_folder() const;

  // What everybody may read at that address, asked for without a credential and within `time`. Errors:
  // parameter (neither https nor on this machine), api (a status other than 200, more than `most` bytes),
  // network, timeout, cancelled.
  Result<std::string> fetch_public(std::string_view url, std::size_t most,
                                   std::chrono::milliseconds time,
                                   const std::stop_token& stop) const;
  // Sends a request of this program itself; any status is an answer. Errors: parameter (an address that is
  // neither https nor on this machine, a header that may not be set), network, timeout, cancelled.
  Result<WebAnswer> exchange(const WebRequest& request) const;

  // A listener for changes; removed when the handle is destroyed.
  std::shared_ptr<void> on_change(std::function<void(const Change&)> listener);

  // The text with everything secret masked.
  std::string redact(std::string_view text) const;

 private:
  struct Impl;
  explicit Kernel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct Version {
  std::string_view version;  // "1.0.0"
  std::string_view abi;      // "1.0"
  std::string_view commit;   // short hash, or "unknown"
};
DOCKERHUB_API Version version();

// ---------------------------------------------------------------------------------- text for
// people

// C0, C1, DEL and bidirectional controls made visible ("\u202e"), invalid UTF-8 replaced. Newline
// and tab stay when `multiline`.
DOCKERHUB_API std::string visible(std::string_view text, bool multiline = false);

// The candidate that is probably meant (small edit distance, `-` and `_` alike), or empty.
DOCKERHUB_API std::string likely(std::string_view given,
                                 const std::vector<std::string>& candidates);

// "30", "30s", "500ms", "2m", "1h", "1.5s"; a number alone is seconds. nullopt: another text, or more than a year.
DOCKERHUB_API std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace dockerhub
