#include <algorithm>
#include <optional>

#include "base/json.hpp"
#include "call/items.hpp"
#include "call/steps.hpp"
#include "request/answer_data.hpp"
#include "request/api_error.hpp"
#include "request/outgoing.hpp"
#include "request/page_items.hpp"
#include "request/paging.hpp"
#include "request/row_request.hpp"

namespace dockerhub {
namespace {

constexpr int kMaxPages = 10'000;
constexpr int kNotFound = 404;

bool is_success(int status_code) {
  return status_code >= 200 && status_code < 300;
}

// nullopt: the answer is no list.
std::optional<Paging> paging_of(const Action& row) {
  const auto paging = Paging::from_row(row.request->paging_json);
  const bool is_whole = row.answer.kind == "items" && !row.answer.items_key.empty();
  return !paging && is_whole ? Paging::whole(row.answer.items_key) : paging;
}

// One execution of a row: one request, or one for each page.
class RowRun {
 public:
  explicit RowRun(RunningCall& call) : call_(call), row_(*call.frame().row) {}

  Result<void> run(Outgoing outgoing) {
    const CallOptions& options = call_.frame().request.options;
    const auto paging = paging_of(row_);
    if (paging && (options.all_pages || options.max_items)) return pages(*paging, outgoing);
    return single(outgoing);
  }

 private:
  // nullopt: recorded by a dry run.
  Result<std::optional<http::Answer>> fetch(const Outgoing& outgoing) {
    auto prepared = prepare(call_, outgoing);
    if (!prepared) return Failure(std::move(prepared.error()));
    const auto permission = permit(call_, outgoing, *prepared);
    if (!permission) return Failure(permission.error());
    if (*permission == Permission::record) {
      call_.traffic().planned.push_back(describe_request(*prepared));
      return std::nullopt;
    }
    const Services& services = call_.services();
    auto answer = services.surfaces->client().fetch(std::move(prepared->request), control_of(call_),
                                                    services.most_answer);
    if (!answer) return Failure(std::move(answer.error()));
    note_answer(call_, prepared->surface, answer->response);
    if (outgoing.method != "GET" && outgoing.method != "HEAD") call_.conversation().act();
    return std::move(*answer);
  }

  Result<void> single(const Outgoing& outgoing) {
    auto answer = fetch(outgoing);
    if (!answer) return Failure(std::move(answer.error()));
    if (!*answer) return {};
    const http::Response& response = (*answer)->response;
    if (row_.request->expect == "exists") return exists(response);
    if (!is_success(response.status_code)) return refusal(outgoing, **answer);
    if (auto taken = take_data(**answer); !taken) return taken;
    annotate("status_code", std::to_string(response.status_code));
    tell_file(response);
    return {};
  }

  Result<void> take_data(http::Answer& answer) {
    // Redaction reads such a body anyway.
    if (!row_.answer.verbatim && is_body(answer, row_.request->expect)) {
      call_.answers().data = std::move(answer.body);
      call_.answers().unread_status = answer.response.status_code;
      return {};
    }
    auto data = answer_data(answer, row_.request->expect);
    if (!data) return Failure(std::move(data.error()));
    call_.answers().data = *std::move(data);
    return {};
  }

  // What is no JSON does not say itself what it is and how the server calls it.
  void tell_file(const http::Response& response) {
    if (row_.request->expect != "text" && row_.request->expect != "bytes") return;
    annotate("headers", file_headers(response));
  }

  Failure refusal(const Outgoing& outgoing, const http::Answer& answer) const {
    return Failure(api_error(outgoing.method, answer.response, answer.body));
  }

  Result<void> exists(const http::Response& response) {
    const bool is_there = is_success(response.status_code);
    if (!is_there && response.status_code != kNotFound)
      return Failure(api_error(row_.request->method, response, {}));
    annotate("status_code", std::to_string(response.status_code));
    annotate("exists", is_there ? "true" : "false");
    call_.answers().data = "null";
    return {};
  }

  void annotate(const char* key, std::string json) {
    call_.answers().annotations.emplace_back(key, std::move(json));
  }

  Result<void> pages(const Paging& paging, Outgoing& outgoing) {
    const auto most = call_.frame().request.options.max_items;
    paging.prefer_large_pages(outgoing.query, most);
    PageItems seen(row_.answer.item_identity);
    for (int page = 0; page < kMaxPages; ++page) {
      auto answer = fetch(outgoing);
      if (!answer) return Failure(std::move(answer.error()));
      if (!*answer) return {};
      // A list that shrank meanwhile ends where it now ends.
      if (page > 0 && (*answer)->response.status_code == kNotFound) return {};
      if (!is_success((*answer)->response.status_code)) return refusal(outgoing, **answer);
      auto next = deliver(paging, outgoing, **answer, seen);
      if (!next) return Failure(std::move(next.error()));
      if (!*next || seen.stands_still()) return {};
      outgoing.query = std::move(**next);
    }
    return {};
  }

  // The items of one page; the query of the next one, or nullopt at the end.
  Result<std::optional<Paging::Query>> deliver(const Paging& paging, const Outgoing& outgoing,
                                               const http::Answer& answer, PageItems& seen) {
    const auto body = json::parse(answer.body);
    const json::Value* page = body ? &Paging::page_in(*body) : nullptr;
    const json::Value* items = page == nullptr ? nullptr : paging.items_of(*page);
    if (items == nullptr) return Failure(no_list(paging));
    if (!call_.answers().data) call_.answers().data = paging.summary_of(*page);
    seen.begin_page();
    for (const json::Value& item : items->GetArray()) {
      if (!seen.is_new(item)) continue;
      const dh_status status = deliver_item(call_, json::write(item));
      if (status == DH_E_RECEIVER) return std::nullopt;
      if (status != DH_OK) return Failure(failure_of(status));
    }
    tell_progress(*page);
    const auto most = call_.frame().request.options.max_items;
    if (most && call_.answers().item_count >= *most) return std::nullopt;
    if (paging.is_whole()) tell_rest(*page, items->Size());
    return paging.next(outgoing.query, answer.response, *page, items->Size());
  }

  // What no kernel option gets.
  void tell_rest(const json::Value& page, std::size_t items) {
    const std::uint64_t total = Paging::total_of(page).value_or(0);
    if (total <= items) return;
    call_.answers().warnings.push_back("These are " + std::to_string(items) + " of " +
                                       std::to_string(total) +
                                       " items: the action's own parameters get more of them.");
  }

  Error no_list(const Paging& paging) const {
    Error error;
    error.kind = ErrorKind::api;
    error.message = "the answer has no list '" + paging.items_key() + "'";
    error.hint = "Ask for a single page to see what the server says.";
    return error;
  }

  Error failure_of(dh_status status) const {
    if (call_.mistake()) return *call_.mistake();
    if (const Error* error = call_.error_of(status)) return *error;
    Error error;
    error.kind = status == DH_E_TIMEOUT ? ErrorKind::timeout : ErrorKind::cancelled;
    error.message = status == DH_E_TIMEOUT ? "the deadline of the call has passed" : "cancelled";
    error.hint = "Call again, with a longer time-out or a smaller `max_items`.";
    return error;
  }

  void tell_progress(const json::Value& page) {
    const auto& receiver = call_.frame().caller.progress;
    if (!receiver) return;
    const std::uint64_t total = Paging::total_of(page).value_or(0);
    receiver(Progress{call_.frame().key_prefix, call_.answers().item_count, total, "item", ""});
  }

  RunningCall& call_;
  const Action& row_;
};

}  // namespace

Result<void> check_request(const Action& row, std::string_view params, const Manifest& module) {
  const auto parsed = json::parse(params);
  if (!parsed) return Failure(parsed.error());
  const Outgoing outgoing = row_request(row, *parsed, module);
  const auto path = http::expand_path(outgoing.path, outgoing.path_values);
  if (!path) return Failure(path.error());
  return {};
}

Result<void> run_request(RunningCall& call, const Manifest& module) {
  const auto params = json::parse(call.frame().params);
  if (!params) return Failure(params.error());
  return RowRun(call).run(row_request(*call.frame().row, *params, module));
}

Result<void> run_request(RunningCall& call, Outgoing outgoing) {
  return RowRun(call).run(std::move(outgoing));
}

}  // namespace dockerhub
