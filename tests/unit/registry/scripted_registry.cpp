#include "scripted_registry.hpp"

#include <openssl/evp.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <cstring>

extern "C" const dh_entry dockerhub_module_entry;

namespace {

std::string copy(dh_str text) {
  return text.size == 0 ? "" : std::string(text.data, text.size);
}
dh_str str(const std::string& text) {
  return {text.data(), text.size()};
}

std::string digest_of(const char* algorithm, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_get_digestbyname(algorithm),
             nullptr);
  std::string result = std::string(algorithm) + ":";
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned int i = 0; i < size; ++i) {
    result += kDigits[bytes[i] >> 4U];
    result += kDigits[bytes[i] & 15U];
  }
  return result;
}

rapidjson::Document parsed(dh_str json) {
  rapidjson::Document document;
  document.Parse(json.data, json.size);
  return document;
}

std::string text_of(const rapidjson::Value& value) {
  return value.IsString() ? value.GetString() : std::to_string(value.GetInt64());
}

// "METHOD target" with the request's own query behind that of the target.
std::string with_query(const dh_request& request, std::string target) {
  const auto query = parsed(request.query);
  for (const auto& member : query.GetObject()) {
    target += (target.find('?') == std::string::npos ? "?" : "&") +
              std::string(member.name.GetString()) + "=" + text_of(member.value);
  }
  return copy(request.method) + " " + target;
}

std::string target_of(const dh_request& request) {
  std::string path = copy(request.path);
  const auto params = parsed(request.path_params);
  for (const auto& member : params.GetObject()) {
    const std::string placeholder = std::string("{") + member.name.GetString() + "}";
    const std::size_t at = path.find(placeholder);
    if (at != std::string::npos) path.replace(at, placeholder.size(), text_of(member.value));
  }
  return with_query(request, path);
}

std::string headers_json(const std::map<std::string, std::string>& headers) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  for (const auto& [name, value] : headers) {
    json.Key(name.c_str());
    json.String(value.c_str());
  }
  json.EndObject();
  return buffer.GetString();
}

// The path and query of a link, against the path of the page that has it.
std::string resolved(const std::string& base, const std::string& link) {
  const std::size_t scheme = link.find("://");
  if (scheme != std::string::npos) return link.substr(link.find('/', scheme + 3));
  if (!link.empty() && link.front() == '/') return link;
  const std::string path = base.substr(0, base.find('?'));
  if (!link.empty() && link.front() == '?') return path + link;
  return path.substr(0, path.rfind('/') + 1) + link;
}

}  // namespace

std::string sha256(std::string_view text) {
  return digest_of("sha256", text);
}
std::string sha512(std::string_view text) {
  return digest_of("sha512", text);
}

// The functions of the interface; each finds its registry behind the call.
struct Tables {
  static ScriptedRegistry& of(dh_call* call) { return ScriptedRegistry::of(call); }

  static dh_status params(dh_call* call, dh_str* json) {
    *json = str(of(call).params_);
    return DH_OK;
  }
  static dh_status answer(dh_call* call, dh_str json) {
    of(call).data = copy(json);
    return DH_OK;
  }
  static dh_status item(dh_call* call, dh_str json) {
    auto& items = of(call).items;
    if (items.size() >= of(call).max_items) return DH_E_RECEIVER;
    items.push_back(copy(json));
    return DH_OK;
  }
  static dh_status annotate(dh_call* call, dh_str key, dh_str json) {
    of(call).annotations[copy(key)] = copy(json);
    return DH_OK;
  }
  static dh_status warn(dh_call* call, dh_str text) {
    of(call).warnings.push_back(copy(text));
    return DH_OK;
  }
  static dh_status outcome(dh_call* call, int32_t, dh_str text) {
    of(call).outcome = copy(text);
    return DH_OK;
  }
  static dh_status progress(dh_call* call, dh_str track, uint64_t done, uint64_t total, dh_str unit,
                            dh_str) {
    of(call).progress.push_back(copy(track) + std::to_string(done) + '/' + std::to_string(total) +
                                ' ' + copy(unit));
    return DH_OK;
  }
  static dh_status pause(dh_call*, uint32_t) { return DH_OK; }
  static dh_status fail(dh_call* call, const dh_error* error) {
    ScriptedRegistry& self = of(call);
    self.error_type = copy(error->type);
    self.error_message = copy(error->message);
    self.error_hint = copy(error->hint);
    self.error_parameter = copy(error->parameter);
    self.error_request = copy(error->request);
    self.error_status_code = error->status_code;
    return DH_E_FAILED;
  }
  static int32_t dry_run(dh_call* call) { return of(call).dry ? 1 : 0; }
  static dh_status options(dh_call* call, dh_str* json) {
    *json = str(of(call).lent_.emplace_back(std::string(R"({"max_items":null,"all_pages":)") +
                                            (of(call).all_pages ? "true}" : "false}")));
    return DH_OK;
  }

  static dh_status approve(dh_call* call, int32_t, dh_str text, dh_str target) {
    of(call).questions.push_back(copy(text) + " | " + copy(target));
    return of(call).consent;
  }
  static dh_status offered(dh_call* call, dh_str tool, dh_str action) {
    const auto& known = of(call).offered;
    const std::string name = copy(tool) + "." + copy(action);
    return std::find(known.begin(), known.end(), name) == known.end() ? DH_E_NOT_FOUND : DH_OK;
  }
  static dh_status setting(const dh_host* host, dh_str key, dh_str* json) {
    auto& settings = static_cast<ScriptedRegistry*>(host->kernel)->settings;
    const auto found = settings.find(copy(key));
    if (found == settings.end()) return DH_E_NOT_FOUND;
    *json = str(found->second);
    return DH_OK;
  }

  static dh_status open(dh_call* call, const dh_request* request, dh_handle* exchange) {
    *exchange = of(call).open(target_of(*request), *request);
    return DH_OK;
  }
  static dh_status follow(dh_call* call, dh_handle page, const dh_request* request, dh_str url,
                          dh_handle* next) {
    const std::string& target = of(call).exchanges_.at(page).target;
    const std::string base = target.substr(target.find(' ') + 1);
    *next = of(call).open(with_query(*request, resolved(base, copy(url))), *request);
    return DH_OK;
  }
  static dh_status open_url(dh_call* call, const dh_request* request, dh_str url,
                            dh_handle* exchange) {
    *exchange = of(call).open(with_query(*request, copy(url)), *request);
    return DH_OK;
  }
  static dh_status write(dh_call* call, dh_handle handle, dh_bytes bytes, size_t* taken) {
    std::string& body = of(call).bodies.at(of(call).exchanges_.at(handle).number);
    body.append(static_cast<const char*>(bytes.data), bytes.size);
    *taken = bytes.size;
    return DH_OK;
  }
  static dh_status finish(dh_call* call, dh_handle handle, dh_response* response) {
    const ScriptedAnswer& answer = of(call).exchanges_.at(handle).answer;
    if (answer.failure != DH_OK) return answer.failure;
    response->status_code = answer.status_code;
    response->content_length =
        answer.tells_length ? static_cast<int64_t>(answer.body.size()) : int64_t{-1};
    response->headers = str(of(call).lent_.emplace_back(headers_json(answer.headers)));
    return DH_OK;
  }
  static dh_status read(dh_call* call, dh_handle handle, void* buffer, size_t capacity,
                        size_t* got) {
    auto& exchange = of(call).exchanges_.at(handle);
    const bool is_head = exchange.target.rfind("HEAD ", 0) == 0;  // has the length alone
    const std::string_view whole = exchange.answer.body;
    const std::string_view body = whole.substr(0, is_head ? 0 : whole.size());
    constexpr std::size_t kPiece = 1000;
    *got = std::min({capacity, body.size() - exchange.at, kPiece});
    std::memcpy(buffer, body.data() + exchange.at, *got);
    exchange.at += *got;
    return *got == 0 ? DH_END : DH_OK;
  }
  // The last one first: whoever counts on the order is found out.
  static dh_status wait(dh_call* call, const dh_handle* exchanges, size_t count, uint32_t,
                        dh_handle* ready) {
    of(call).most_open = std::max(of(call).most_open, count);
    *ready = exchanges[count - 1];
    return DH_OK;
  }
  static dh_status close_exchange(dh_call* call, dh_handle handle) {
    of(call).open_handles -= of(call).exchanges_.erase(handle);
    return DH_OK;
  }
  static dh_status reject(dh_call* call, dh_handle handle, dh_str hint) {
    const auto& exchange = of(call).exchanges_.at(handle);
    ScriptedRegistry& self = of(call);
    self.error_type = "rejected";
    self.error_message = "HTTP " + std::to_string(exchange.answer.status_code);
    self.error_hint = copy(hint);
    self.error_request = exchange.target;
    self.error_status_code = exchange.answer.status_code;
    return DH_E_FAILED;
  }

  static dh_status open_digest(dh_call* call, dh_str algorithm, dh_handle* digest) {
    const std::string name = copy(algorithm);
    if (name != "sha256" && name != "sha512") return DH_E_UNSUPPORTED;
    *digest = of(call).next_handle_++;
    of(call).digests_[*digest] = {name, ""};
    ++of(call).open_handles;
    return DH_OK;
  }
  static dh_status update(dh_call* call, dh_handle digest, dh_bytes bytes) {
    of(call).digests_.at(digest).second.append(static_cast<const char*>(bytes.data), bytes.size);
    return DH_OK;
  }
  static dh_status finish_digest(dh_call* call, dh_handle digest, dh_str* text) {
    const auto& [algorithm, bytes] = of(call).digests_.at(digest);
    *text = str(of(call).lent_.emplace_back(digest_of(algorithm.c_str(), bytes)));
    return DH_OK;
  }
  static dh_status close_digest(dh_call* call, dh_handle digest) {
    of(call).open_handles -= of(call).digests_.erase(digest);
    return DH_OK;
  }

  static dh_status open_kept(dh_call* call, dh_str name, dh_handle* record) {
    if (of(call).is_taken) return DH_E_EXISTS;
    *record = of(call).next_handle_++;
    of(call).records_[*record] = copy(name);
    ++of(call).open_handles;
    return DH_OK;
  }
  static dh_status read_kept(dh_call* call, dh_handle record, dh_bytes* value) {
    const auto found = of(call).kept.find(of(call).records_.at(record));
    if (found == of(call).kept.end()) return DH_E_NOT_FOUND;
    *value = {found->second.data(), found->second.size()};
    return DH_OK;
  }
  static dh_status write_kept(dh_call* call, dh_handle record, dh_bytes value, uint32_t) {
    of(call).kept[of(call).records_.at(record)].assign(static_cast<const char*>(value.data),
                                                       value.size);
    return DH_OK;
  }
  static dh_status remove_kept(dh_call* call, dh_handle record) {
    of(call).kept.erase(of(call).records_.at(record));
    return DH_OK;
  }
  static dh_status close_kept(dh_call* call, dh_handle record) {
    of(call).open_handles -= of(call).records_.erase(record);
    return DH_OK;
  }

  static const void* extension(const dh_host*, dh_str id) {
    static const dh_call_1 kCall = [] {
      dh_call_1 table{};
      table.size = sizeof(table);
      table.params = params;
      table.answer = answer;
      table.item = item;
      table.annotate = annotate;
      table.warn = warn;
      table.outcome = outcome;
      table.progress = progress;
      table.fail = fail;
      table.dry_run = dry_run;
      table.options = options;
      table.pause = pause;
      return table;
    }();
    static const dh_ask_1 kAsk = [] {
      dh_ask_1 table{};
      table.size = sizeof(table);
      table.approve = approve;
      return table;
    }();
    static const dh_http_1 kHttp = [] {
      dh_http_1 table{};
      table.size = sizeof(table);
      table.open = open;
      table.follow = follow;
      table.open_url = open_url;
      table.write = write;
      table.finish = finish;
      table.read = read;
      table.close = close_exchange;
      table.wait = wait;
      table.reject = reject;
      return table;
    }();
    static const dh_digest_1 kDigest = {sizeof(dh_digest_1), 0,           open_digest, update,
                                        finish_digest,       close_digest};
    static const dh_config_1 kConfig = {sizeof(dh_config_1), 0, setting};
    static const dh_kept_1 kKept = {sizeof(dh_kept_1), 0,           open_kept, read_kept,
                                    write_kept,        remove_kept, close_kept};
    static const dh_catalog_1 kCatalog = {sizeof(dh_catalog_1), 0, offered, nullptr};
    const std::map<std::string, const void*> tables = {
        {DH_CALL_1, &kCall},     {DH_ASK_1, &kAsk},       {DH_HTTP_1, &kHttp},
        {DH_DIGEST_1, &kDigest}, {DH_CONFIG_1, &kConfig}, {DH_CATALOG_1, &kCatalog},
        {DH_KEPT_1, &kKept}};
    const auto found = tables.find(copy(id));
    return found == tables.end() ? nullptr : found->second;
  }
};

ScriptedRegistry::ScriptedRegistry() {
  host.size = sizeof(host);
  host.abi_major = DH_ABI_MAJOR;
  host.abi_minor = DH_ABI_MINOR;
  host.kernel = this;
  host.extension = &Tables::extension;
  settings["kernel.registry.host"] = R"("registry.test")";
  settings["kernel.registry.docker_hub"] = "false";
}

void ScriptedRegistry::answer(const std::string& target, ScriptedAnswer answer) {
  script_[target].push_back(std::move(answer));
}

std::string ScriptedRegistry::manifest(const std::string& repository, const std::string& reference,
                                       const std::string& body, const std::string& media_type) {
  std::string digest = sha256(body);
  const std::string path = "/v2/" + repository + "/manifests/";
  const std::map<std::string, std::string> headers = {{"content-type", media_type},
                                                      {"docker-content-digest", digest}};
  for (const std::string& name : {reference, digest}) {
    const std::string target = path + name;
    script_["GET " + target] = {{200, body, headers}};
    script_["HEAD " + target] = {{200, body, headers}};
  }
  return digest;
}

std::string ScriptedRegistry::blob(const std::string& repository, const std::string& body,
                                   const std::string& media_type) {
  std::string digest = sha256(body);
  script_["GET /v2/" + repository + "/blobs/" + digest] = {
      {200, body, {{"content-type", media_type}}}};
  return digest;
}

ScriptedAnswer ScriptedRegistry::take(const std::string& target) {
  const auto found = script_.find(target);
  if (found == script_.end()) return {404, "404 page not found", {}};
  ScriptedAnswer answer = found->second.front();
  if (found->second.size() > 1) found->second.pop_front();
  return answer;
}

dh_handle ScriptedRegistry::open(const std::string& target, const dh_request& request) {
  requests.push_back(target);
  hosts.push_back(copy(request.host));
  request_headers.push_back(copy(request.headers));
  const dh_handle handle = next_handle_++;
  bodies.emplace_back(static_cast<const char*>(request.body.data), request.body.size);
  scopes.push_back(copy(request.scope));
  exchanges_[handle] = {target, take(target), 0, bodies.size() - 1};
  ++open_handles;
  return handle;
}

dh_status ScriptedRegistry::run(std::string_view action, const std::string& params) {
  params_ = params;
  dh_module* module = nullptr;
  const dh_status created = dockerhub_module_entry.create(&host, &module);
  if (created != DH_OK) return created;
  const dh_str id = {DH_TOOLS_1, sizeof(DH_TOOLS_1) - 1};
  const auto* tools = static_cast<const dh_tools_1*>(dockerhub_module_entry.extension(module, id));
  const std::string_view tool = "hub_registry";
  const dh_status status =
      tools->invoke(module, reinterpret_cast<dh_call*>(this), {tool.data(), tool.size()},
                    {action.data(), action.size()});
  dockerhub_module_entry.destroy(module);
  return status;
}
