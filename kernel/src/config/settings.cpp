#include "config/settings.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

using enum SettingType;
using enum SettingSource;

constexpr std::int64_t kHour = std::int64_t{60} * 60 * 1000;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kKiB = 1024;
constexpr std::int64_t kGiB = kKiB * kKiB * kKiB;

constexpr auto kSettings = std::to_array<Setting>({
    {.key = "account.user",
     .type = text,
     .variables = {"DOCKER_HUB_USER", "DOCKERHUB_USERNAME"},
     .source = anywhere,
     .description = "Docker Hub user or organization to log in as."},
    {.key = "account.secret",
     .type = secret,
     .variables = {"DOCKER_HUB_TOKEN", "DOCKERHUB_TOKEN"},
     .source = anywhere,
     .description = "Password, personal or organization access token of that account."},
    {.key = "account.jwt",
     .type = secret,
     .variables = {"DOCKERHUB_JWT"},
     .source = anywhere,
     .description = "A ready bearer token; used as it is, instead of logging in."},
    {.key = "account.oidc_connection",
     .type = text,
     .variables = {"DOCKERHUB_OIDC_CONNECTIONID"},
     .description =
         "The organization's OIDC connection, to log in from GitHub Actions without a secret."},
    {.key = "account.oidc_lifetime",
     .type = number,
     .fallback = "300",
     .variables = {"DOCKERHUB_OIDC_EXPIREIN"},
     .minimum = 300,
     .maximum = std::int64_t{6} * 60 * 60,
     .description = "Seconds that such a log-in is asked for, 300 to 21600."},
    {.key = "account.oidc_request_token",
     .type = secret,
     .variables = {"ACTIONS_ID_TOKEN_REQUEST_TOKEN"},
     .description = "What GitHub gives a job to ask for its identity with."},
    {.key = "account.oidc_request_url",
     .type = text,
     .variables = {"ACTIONS_ID_TOKEN_REQUEST_URL"},
     .description = "Where a job of GitHub Actions asks for its identity."},
    {.key = "account.scim_token",
     .type = secret,
     .variables = {"DOCKERHUB_SCIM_TOKEN"},
     .source = anywhere,
     .description = "Bearer token of an organization's SCIM connection."},
    {.key = "call.timeout",
     .type = duration,
     .fallback = "0",
     .variables = {"DOCKERHUB_TIMEOUT"},
     .option = "--timeout",
     .maximum = kDay,
     .description = "Longest time for one call; 0 is no limit."},
    {.key = "credentials.auth_file",
     .type = text,
     .variables = {"REGISTRY_AUTH_FILE"},
     .description = "The auth.json to read instead of those at the usual places."},
    {.key = "credentials.docker_config",
     .type = text,
     .variables = {"DOCKER_CONFIG"},
     .description = "The folder with Docker's config.json, instead of ~/.docker."},
    {.key = "credentials.token_cache",
     .type = boolean,
     .fallback = "true",
     .variables = {"DOCKERHUB_TOKEN_CACHE"},
     .description = "Whether tokens are kept between runs, in $XDG_RUNTIME_DIR/dockerhub."},
    {.key = "http.connect_timeout",
     .type = duration,
     .fallback = "10s",
     .variables = {"DOCKERHUB_CONNECT_TIMEOUT"},
     .maximum = kHour,
     .description = "Longest time to find and connect to a host; 0 is no limit."},
    {.key = "http.first_byte_timeout",
     .type = duration,
     .fallback = "30s",
     .variables = {"DOCKERHUB_FIRST_BYTE_TIMEOUT"},
     .maximum = kHour,
     .description = "Longest wait for the first byte of an answer; 0 is no limit."},
    {.key = "http.http_proxy",
     .type = proxy,
     .variables = {"HTTP_PROXY", "http_proxy"},
     .description = "Proxy for http:// URLs, as http://[user:password@]host[:port]."},
    {.key = "http.https_proxy",
     .type = proxy,
     .variables = {"HTTPS_PROXY", "https_proxy"},
     .description = "Proxy for https:// URLs, as http://[user:password@]host[:port]."},
    {.key = "http.idle_timeout",
     .type = duration,
     .fallback = "30s",
     .variables = {"DOCKERHUB_IDLE_TIMEOUT"},
     .maximum = kHour,
     .description = "Longest pause between two bytes; 0 is no limit."},
    {.key = "http.max_answer",
     .type = size,
     .fallback = "32MiB",
     .variables = {"DOCKERHUB_MAX_ANSWER"},
     .minimum = 64 * kKiB,
     .maximum = kGiB,
     .description = "Largest answer that is held in memory, 64KiB to 1GiB."},
    {.key = "http.max_exchanges",
     .type = number,
     .fallback = "16",
     .variables = {"DOCKERHUB_MAX_EXCHANGES"},
     .minimum = 1,
     .maximum = 64,
     .description = "Requests that one call may have under way at once, 1 to 64."},
    {.key = "http.max_retries",
     .type = number,
     .fallback = "3",
     .variables = {"DOCKERHUB_MAX_RETRIES"},
     .maximum = 10,
     .description = "Repeats of a request that was refused for the moment, 0 to 10."},
    {.key = "http.no_proxy",
     .type = text,
     .variables = {"NO_PROXY", "no_proxy"},
     .description = "Hosts that are reached without a proxy, separated by commas."},
    {.key = "http.plain_hosts",
     .type = hosts,
     .variables = {"DOCKERHUB_PLAIN_HTTP_HOSTS"},
     .description = "Hosts that may be asked without TLS; this machine always may."},
    {.key = "http.retry_after_cap",
     .type = duration,
     .fallback = "15s",
     .variables = {"DOCKERHUB_RETRY_AFTER_CAP"},
     .maximum = kHour,
     .description = "Longest wait before a repeat; a server that wants more is an error."},
    {.key = "http.total_timeout",
     .type = duration,
     .fallback = "300s",
     .variables = {"DOCKERHUB_HTTP_TIMEOUT"},
     .maximum = kDay,
     .description = "Longest time for one request with its repeats; 0 is no limit."},
    {.key = "hub.url",
     .type = url,
     .fallback = "https://hub.docker.com",
     .variables = {"DOCKERHUB_URL"},
     .description = "Docker Hub's API."},
    {.key = "identity.url",
     .type = url,
     .fallback = "https://identity.docker.com",
     .variables = {"DOCKERHUB_IDENTITY_URL"},
     .description = "Docker's identity service, which exchanges identities of jobs."},
    {.key = "log.file",
     .type = text,
     .variables = {"DOCKERHUB_LOG_FILE"},
     .description = "File for the log lines, instead of standard error."},
    {.key = "log.format",
     .type = choice,
     .fallback = "text",
     .variables = {"DOCKERHUB_LOG_FORMAT"},
     .source = anywhere,
     .choices = {"text", "json"},
     .description = "Form of the log lines."},
    {.key = "log.level",
     .type = choice,
     .fallback = "warning",
     .variables = {"DOCKERHUB_LOG_LEVEL", "FASTMCP_LOG_LEVEL"},
     .source = anywhere,
     .choices = {"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"},
     .description = "Lines of this level and above are logged."},
    {.key = "log.max_files",
     .type = number,
     .fallback = "5",
     .variables = {"DOCKERHUB_LOG_MAX_FILES"},
     .minimum = 1,
     .maximum = 100,
     .description = "Full log files that are kept, 1 to 100."},
    {.key = "log.max_size",
     .type = size,
     .fallback = "10MiB",
     .variables = {"DOCKERHUB_LOG_MAX_SIZE"},
     .minimum = 64 * kKiB,
     .maximum = kGiB,
     .description = "Size at which a log file is full and the next one begins, 64KiB to 1GiB."},
    {.key = "mcp.allowed_hosts",
     .type = hosts,
     .variables = {"MCP_ALLOWED_HOSTS"},
     .reader = SettingReader::server,
     .description = "Names under which clients may reach the server, besides this machine's own."},
    {.key = "mcp.allowed_origins",
     .type = text,
     .variables = {"MCP_ALLOWED_ORIGINS"},
     .reader = SettingReader::server,
     .description = "Origins of web pages that may use the server, separated by commas."},
    {.key = "mcp.auth",
     .type = text,
     .fallback = "none",
     .variables = {"AUTH_TYPE"},
     .option = "--auth-type",
     .reader = SettingReader::server,
     .description = "How callers over HTTP log in: none, or static (tokens in a file)."},
    {.key = "mcp.disabled_tools",
     .type = text,
     .variables = {"MCP_DISABLED_TOOLS"},
     .option = "--disabled-tools",
     .reader = SettingReader::server,
     .description = "Tools, modules or actions (tool.action) not to offer, separated by commas."},
    {.key = "mcp.enabled_tools",
     .type = text,
     .variables = {"MCP_ENABLED_TOOLS"},
     .option = "--tools",
     .reader = SettingReader::server,
     .description = "The only tools, modules or actions (tool.action) to offer."},
    {.key = "mcp.host",
     .type = text,
     .fallback = "127.0.0.1",
     .variables = {"HOST"},
     .option = "--host",
     .reader = SettingReader::server,
     .description = "Address to listen on over HTTP."},
    {.key = "mcp.port",
     .type = text,
     .fallback = "8000",
     .variables = {"PORT"},
     .option = "--port",
     .reader = SettingReader::server,
     .description = "Port to listen on over HTTP; 0: one that is free."},
    {.key = "mcp.read_only",
     .type = boolean,
     .fallback = "false",
     .variables = {"MCP_READ_ONLY"},
     .option = "--read-only",
     .reader = SettingReader::server,
     .description = "Whether the server offers nothing but reads."},
    {.key = "mcp.static_tokens",
     .type = text,
     .variables = {"DOCKERHUB_STATIC_TOKENS_FILE"},
     .reader = SettingReader::server,
     .description = "File of the tokens that are accepted over HTTP, where the log-in is static."},
    {.key = "mcp.tool_mode",
     .type = choice,
     .fallback = "condensed",
     .variables = {"MCP_TOOL_MODE"},
     .option = "--tool-mode",
     .reader = SettingReader::server,
     .choices = {"condensed", "verbose", "both", "dynamic"},
     .description = "Tools that models see: one a module, one an action, both, or a search."},
    {.key = "mcp.transport",
     .type = text,
     .fallback = "stdio",
     .variables = {"TRANSPORT"},
     .option = "--transport",
     .reader = SettingReader::server,
     .description = "How clients are connected: stdio, streamable-http or sse."},
    {.key = "output.format",
     .type = choice,
     .fallback = "table",
     .variables = {"DOCKERHUB_OUTPUT"},
     .option = "--output",
     .source = anywhere,
     .reader = SettingReader::command_line,
     .choices = {"table", "wide", "csv", "ndjson", "json", "data", "yaml"},
     .description =
         "Form of the results: rows (table, wide, csv, ndjson), the whole envelope (json), or its "
         "data alone (data, yaml)."},
    {.key = "plugins.path",
     .type = list,
     .variables = {"DOCKERHUB_PLUGIN_PATH"},
     .description = "Further folders with modules, searched first; separated by colons."},
    {.key = "registry.auth_url",
     .type = url,
     .fallback = "https://auth.docker.io/token",
     .variables = {"DOCKER_REGISTRY_AUTH_URL"},
     .description = "Token service of the registry."},
    {.key = "registry.realms",
     .type = host_pairs,
     .description = "Token services that may get a registry's credential, as registry=service."},
    {.key = "registry.url",
     .type = url,
     .fallback = "https://registry-1.docker.io",
     .variables = {"DOCKER_REGISTRY_URL"},
     .description = "The registry that is meant where a repository names none."},
    {.key = "safety.allow_destructive",
     .type = boolean,
     .fallback = "false",
     .variables = {"DOCKERHUB_ALLOW_DESTRUCTIVE"},
     .option = "--allow-destructive",
     .description = "Opens the gate for destructive actions; each call still needs consent."},
    {.key = "safety.confirm",
     .type = choice,
     .fallback = "ask",
     .variables = {"DOCKERHUB_CONFIRM"},
     .choices = {"ask", "never"},
     .description =
         "Whether a call that needs consent asks for it; never: the open gate is enough."},
    {.key = "scout.url",
     .type = url,
     .fallback = "https://api.scout.docker.com",
     .variables = {"DOCKER_SCOUT_URL"},
     .description = "Docker Scout's API."},
    {.key = "state.key",
     .type = secret,
     .variables = {"DOCKERHUB_STATE_KEY"},
     .description = "Seals suspended calls, so that another process can resume them."},
    {.key = "tls.ca_directory",
     .type = text,
     .variables = {"SSL_CERT_DIR"},
     .description = "Folder of certificates to trust, named by hash, instead of the system's."},
    {.key = "tls.ca_file",
     .type = text,
     .variables = {"SSL_CERT_FILE"},
     .description = "File of certificates to trust, instead of the system's."},
    {.key = "tls.verify",
     .type = boolean,
     .fallback = "true",
     .variables = {"DOCKERHUB_SSL_VERIFY"},
     .description = "Whether servers have to prove who they are; false gives secrets to anybody."},
    {.key = "trail.directory",
     .type = text,
     .variables = {"DOCKERHUB_TRAIL_DIR"},
     .description = "Folder of the audit trail, instead of the one for the user's state."},
    {.key = "trail.enabled",
     .type = boolean,
     .fallback = "false",
     .variables = {"DOCKERHUB_TRAIL"},
     .description = "Whether each write is recorded in the audit trail; without it none is made."},
    {.key = "trail.key",
     .type = secret,
     .variables = {"DOCKERHUB_TRAIL_KEY"},
     .description = "Key of the trail's hashes, instead of the one that is made beside it."},
});

constexpr auto kTypeNames =
    std::to_array<std::string_view>({"text", "secret", "boolean", "choice", "list", "duration",
                                     "url", "number", "size", "hosts", "host pairs", "proxy"});

template <typename Predicate>
const Setting* first(Predicate matches) {
  const auto found = std::find_if(kSettings.begin(), kSettings.end(), matches);
  return found == kSettings.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Setting> settings() {
  return kSettings;
}

const Setting* find_setting(std::string_view key) {
  return first([key](const Setting& row) { return row.key == key; });
}

const Setting* find_setting_by_variable(std::string_view variable) {
  if (variable.empty()) return nullptr;
  return first([variable](const Setting& row) {
    return std::find(row.variables.begin(), row.variables.end(), variable) != row.variables.end();
  });
}

bool may_hold_secret(SettingType type) {
  return type == SettingType::secret || type == SettingType::proxy;
}

std::vector<std::string> setting_keys() {
  std::vector<std::string> keys;
  keys.reserve(kSettings.size());
  for (const Setting& row : kSettings) keys.emplace_back(row.key);
  return keys;
}

std::vector<std::string> choices_of(const Setting& setting) {
  std::vector<std::string> choices;
  for (const std::string_view choice : setting.choices) {
    if (!choice.empty()) choices.emplace_back(choice);
  }
  return choices;
}

std::string_view setting_type_name(SettingType type) {
  return kTypeNames[static_cast<std::size_t>(type)];
}

char list_separator(SettingType type) {
  if (type == SettingType::list) return ':';
  return type == SettingType::hosts || type == SettingType::host_pairs ? ',' : '\0';
}

}  // namespace dockerhub
