#include <array>

#include "base/json.hpp"
#include "host/host.hpp"
#include "host/status_of_error.hpp"
#include "request/api_error.hpp"
#include "request/outgoing.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLeastRequest = offsetof(dh_request, scope) + sizeof(dh_str);
constexpr std::size_t kLeastResponse = offsetof(dh_response, headers) + sizeof(dh_str);

class OpenExchange : public CallHandle {
 public:
  OpenExchange(RunningCall& running, http::Request sent, Surface surface,
               std::unique_ptr<http::Exchange> exchange)
      : running_(running),
        sent_(std::move(sent)),
        surface_(std::move(surface)),
        exchange_(std::move(exchange)) {
    ++running_.traffic().open_exchanges;
  }
  ~OpenExchange() override { --running_.traffic().open_exchanges; }
  OpenExchange(const OpenExchange&) = delete;
  OpenExchange& operator=(const OpenExchange&) = delete;

  http::Exchange& exchange() { return *exchange_; }
  const http::Request& sent() const { return sent_; }
  const Surface& surface() const { return surface_; }
  bool finished() const { return finished_; }
  // Why there is no answer, once it is known that there will be none.
  const std::optional<Error>& broken() const { return broken_; }
  const Error& break_off(Error error) { return broken_.emplace(std::move(error)); }

  // What the answer's head tells; its texts stay until the handle is closed.
  dh_response answered() {
    finished_ = true;
    const http::Response& response = exchange_->response();
    note_answer(running_, surface_, response);
    note_upload_session(running_, sent_, response);
    headers_ = describe(response.headers);
    dh_response given{};
    given.status_code = response.status_code;
    given.content_length = response.content_length;
    given.headers = {headers_.data(), headers_.size()};
    return given;
  }

 private:
  static std::string lower(std::string_view name) {
    std::string text(name);
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  }

  static std::string describe(const http::Headers& headers) {
    std::map<std::string, std::vector<std::string_view>> fields;
    for (const auto& [name, value] : headers.fields()) fields[lower(name)].push_back(value);
    json::Buffer buffer;
    json::Writer writer(buffer);
    writer.StartObject();
    for (const auto& [name, values] : fields) {
      json::put_key(writer, name);
      if (values.size() > 1) writer.StartArray();
      for (const std::string_view value : values) json::put(writer, valid_utf8(value));
      if (values.size() > 1) writer.EndArray();
    }
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
  }

  RunningCall& running_;
  http::Request sent_;  // without body and credentials: what the rules of follow() need
  Surface surface_;
  std::unique_ptr<http::Exchange> exchange_;
  std::string headers_;
  bool finished_ = false;
  std::optional<Error> broken_;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Scalars as text; an array repeats its name.
bool add_pair(std::string_view name, const json::Value& value, Pairs& pairs) {
  if (value.IsArray()) {
    return std::all_of(value.Begin(), value.End(), [&](const json::Value& element) {
      return !element.IsArray() && add_pair(name, element, pairs);
    });
  }
  if (value.IsObject()) return false;
  if (value.IsNull()) return true;
  pairs.emplace_back(name, value.IsString() ? std::string(json::view(value)) : json::write(value));
  return true;
}

bool read_pairs(dh_str json, Pairs& pairs) {
  if (json.size == 0) return true;
  const auto document = json::parse(view(json));
  if (!document || !document->IsObject()) return false;
  return std::all_of(document->MemberBegin(), document->MemberEnd(), [&](const auto& member) {
    return add_pair(json::view(member.name), member.value, pairs);
  });
}

std::optional<CredentialMode> credential_mode(std::int32_t given) {
  switch (given) {
    case DH_CREDENTIAL_SURFACE:
      return CredentialMode::surface;
    case DH_CREDENTIAL_NONE:
      return CredentialMode::none;
    case DH_CREDENTIAL_IN_BODY:
      return CredentialMode::in_body;
    default:
      return std::nullopt;
  }
}

// nullopt: the module used the interface wrongly.
std::optional<Outgoing> outgoing_of(const RunningCall& running, const dh_request* given) {
  constexpr std::string_view kRepository = "repository";
  const auto raw = read_struct(given, kLeastRequest);
  if (!raw) return std::nullopt;
  const auto credential = credential_mode(raw->credential);
  Outgoing outgoing;
  Pairs path_values;
  if (!credential || raw->body_size < -1 || !read_pairs(raw->path_params, path_values) ||
      !read_pairs(raw->query, outgoing.query) || !read_pairs(raw->headers, outgoing.headers)) {
    return std::nullopt;
  }
  outgoing.credential = *credential;
  outgoing.surface = view(raw->surface);
  outgoing.host = view(raw->host);
  outgoing.method = view(raw->method);
  outgoing.path = view(raw->path);
  outgoing.media_type = view(raw->media_type);
  outgoing.body = view(raw->body);
  outgoing.body_size = raw->body_size;
  outgoing.timeout = std::chrono::milliseconds(std::max<std::int64_t>(raw->timeout_ms, 0));
  outgoing.scope = view(raw->scope);
  if (running.instance() != nullptr) outgoing.module = &running.instance()->manifest();
  for (auto& [name, value] : path_values) {
    const bool is_repository = outgoing.surface == "registry" && name == kRepository;
    outgoing.path_values[name] = {std::move(value), is_repository};
  }
  return outgoing;
}

// The request without what follow() has no use for.
http::Request shape_of(const http::Request& request) {
  http::Request shape;
  shape.method = request.method;
  shape.url = request.url;
  return shape;
}

dh_status start(RunningCall& running, const Outgoing& outgoing, Result<Prepared> prepared,
                dh_handle* exchange) {
  if (!prepared) return fail_with(running, std::move(prepared.error()));
  const auto permission = permit(running, outgoing, *prepared);
  if (!permission) return running.fail(permission.error(), DH_E_REFUSED);
  if (*permission == Permission::record) {
    running.traffic().planned.push_back(describe_request(*prepared));
    return DH_E_DRY_RUN;
  }
  if (running.traffic().open_exchanges >=
      running.services().configuration.number("http.max_exchanges")) {
    return too_many_handles(running);
  }
  http::Request shape = shape_of(prepared->request);
  auto opened = open(running, *prepared);
  if (!opened) return fail_with(running, std::move(opened.error()));
  *exchange = running.add(std::make_unique<OpenExchange>(
      running, std::move(shape), std::move(prepared->surface), std::move(*opened)));
  return *exchange == 0 ? too_many_handles(running) : static_cast<dh_status>(DH_OK);
}

template <typename Prepare>
dh_status open_with(dh_call* call, const dh_request* request, dh_handle* exchange,
                    const Prepare& prepare_it) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (const dh_status status = running.alive(); status != DH_OK) return status;
    if (exchange == nullptr) return running.invalid("asks for an exchange and takes none");
    const auto outgoing = outgoing_of(running, request);
    if (!outgoing) return running.invalid("a request that abi.h does not describe");
    return start(running, *outgoing, prepare_it(running, *outgoing), exchange);
  });
}

dh_status open_exchange(dh_call* call, const dh_request* request, dh_handle* exchange) {
  return open_with(call, request, exchange, [](RunningCall& running, const Outgoing& outgoing) {
    return prepare(running, outgoing);
  });
}

dh_status open_url(dh_call* call, const dh_request* request, dh_str url, dh_handle* exchange) {
  return open_with(call, request, exchange, [&](RunningCall& running, const Outgoing& outgoing) {
    return prepare_url(running, outgoing, view(url));
  });
}

// A host function on one exchange of the call.
template <typename Body>
dh_status on_exchange(dh_call* call, dh_handle handle, const Body& body) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (const dh_status status = running.alive(); status != DH_OK) return status;
    auto* exchange = running.find<OpenExchange>(handle);
    return exchange == nullptr ? running.invalid("uses an exchange that is not open")
                               : body(running, *exchange);
  });
}

dh_status follow(dh_call* call, dh_handle from, const dh_request* request, dh_str url,
                 dh_handle* next) {
  return on_exchange(call, from, [&](RunningCall& running, OpenExchange& answered) -> dh_status {
    const auto outgoing = outgoing_of(running, request);
    if (!outgoing || next == nullptr || !answered.finished()) {
      return running.invalid("follows an answer that it has not got, or in a way abi.h lacks");
    }
    return start(running, *outgoing,
                 prepare_follow(running, *outgoing, answered.exchange().response(),
                                answered.surface(), view(url)),
                 next);
  });
}

dh_status write(dh_call* call, dh_handle handle, dh_bytes bytes, size_t* taken) {
  return on_exchange(call, handle, [&](RunningCall& running, OpenExchange& open) -> dh_status {
    auto written = open.exchange().write(view(bytes));
    if (!written) return fail_with(running, std::move(written.error()));
    if (taken != nullptr) *taken = written->taken;
    return written->rewind ? DH_REWIND : DH_OK;
  });
}

dh_status finish(dh_call* call, dh_handle handle, dh_response* response) {
  return on_exchange(call, handle, [&](RunningCall& running, OpenExchange& open) -> dh_status {
    if (response == nullptr || response->size < kLeastResponse)
      return running.invalid("gives no room for an answer");
    auto finished = open.exchange().finish();
    if (!finished) return fail_with(running, open.break_off(std::move(finished.error())));
    if (*finished == http::Exchange::Progress::rewind) return DH_REWIND;
    dh_response answered = open.answered();
    answered.size = response->size;
    std::memcpy(response, &answered, std::min<std::size_t>(response->size, sizeof answered));
    return DH_OK;
  });
}

dh_status read(dh_call* call, dh_handle handle, void* buffer, size_t capacity, size_t* got) {
  return on_exchange(call, handle, [&](RunningCall& running, OpenExchange& open) -> dh_status {
    if (buffer == nullptr || capacity == 0 || got == nullptr || !open.finished())
      return running.invalid("reads without a buffer, or before finish()");
    const auto size = open.exchange().read(static_cast<char*>(buffer), capacity);
    if (!size) return fail_with(running, size.error());
    *got = *size;
    return *size == 0 ? DH_END : DH_OK;
  });
}

dh_status close_exchange(dh_call* call, dh_handle handle) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    return running.remove(handle) ? DH_OK : DH_E_INVALID;
  });
}

dh_status wait(dh_call* call, const dh_handle* handles, size_t count, uint32_t milliseconds,
               dh_handle* ready) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (const dh_status status = running.alive(); status != DH_OK) return status;
    if (handles == nullptr || count == 0 || ready == nullptr)
      return running.invalid("waits for nothing");
    std::vector<http::Exchange*> exchanges;
    for (std::size_t i = 0; i < count; ++i) {
      auto* open = running.find<OpenExchange>(handles[i]);
      if (open == nullptr) return running.invalid("waits for an exchange that is not open");
      exchanges.push_back(&open->exchange());
    }
    const auto index = running.services().surfaces->client().wait(
        exchanges, std::chrono::milliseconds(milliseconds), control_of(running));
    if (!index) return fail_with(running, index.error());
    *ready = handles[*index];
    return DH_OK;
  });
}

// The first bytes of the body; what cannot be read says nothing.
std::string words_of(http::Exchange& exchange) {
  std::string body;
  std::array<char, 4096> buffer{};
  while (body.size() < kMaxErrorBody) {
    const auto got = exchange.read(buffer.data(), buffer.size());
    if (!got || *got == 0) break;
    body.append(buffer.data(), *got);
  }
  return body;
}

Error with_hint(Error error, std::string_view hint) {
  if (!error.hint.empty() && !hint.empty()) error.hint += ' ';
  error.hint += hint;
  return error;
}

dh_status reject(dh_call* call, dh_handle handle, dh_str hint) {
  return on_exchange(call, handle, [&](RunningCall& running, OpenExchange& open) -> dh_status {
    if (open.broken()) return fail_with(running, with_hint(*open.broken(), view(hint)));
    if (!open.finished()) return running.invalid("rejects an answer that it has not got");
    const std::string body = words_of(open.exchange());
    return running.fail(
        api_error(open.sent().method, open.exchange().response(), body, view(hint)));
  });
}

}  // namespace

const dh_http_1 kHttp1 = {
    sizeof(dh_http_1), 0,    open_exchange, open_url, follow, write, finish, read,
    close_exchange,    wait, reject};

}  // namespace dockerhub
