// Request rows: actions that the kernel executes from the manifest alone, without loading the
// module.
//
//   constexpr auto repo = path("/v2/namespaces/{namespace}/repositories/{repository}");
//   action("list_tags", read, "Tags, newest first", GET(repo / "tags").paged("page", "results"),
//   {...})
//
// Each {name} of the template is a parameter of the action and becomes one encoded segment.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "dockerhub/sdk/list.hpp"

namespace dockerhub::sdk {

// A path template of at most 201 bytes.
class Path {
 public:
  constexpr Path() = default;
  constexpr Path(const char* text) { append(text); }
  constexpr std::string_view view() const { return {text_.data(), size_}; }
  // The path with one or more segments behind it.
  friend constexpr Path operator/(Path left, std::string_view right) {
    left.append("/");
    left.append(right);
    return left;
  }

 private:
  constexpr void append(std::string_view text) {
    for (const char c : text) {
      demand(size_ < text_.size(), "a path template has at most 201 bytes");
      text_[size_++] = c;
    }
  }
  std::array<char, 201> text_{};
  std::size_t size_ = 0;
};

constexpr Path path(const char* text) {
  return {text};
}

struct NameAndValue {
  std::string_view name{};
  std::string_view value{};
};

struct RequestRow {
  std::string_view method{};
  Path path{};
  std::string_view surface = "hub";
  std::string_view host_parameter{};
  std::string_view credential{};
  std::string_view expectation{};
  std::string_view paging_style{};
  std::string_view paging_items{};
  std::string_view accepted{};
  std::string_view body_type{};
  bool is_safe_query = false;
  List<NameAndValue, 8> query_constants{};
  List<NameAndValue, 8> header_constants{};

  // A copy with one change; before its users, as in Parameter.
  template <typename Change>
  constexpr RequestRow with(Change change) const {
    RequestRow changed = *this;
    change(changed);
    return changed;
  }
  constexpr RequestRow expect(std::string_view what) const {
    return with([&](RequestRow& r) { r.expectation = what; });
  }

  // "hub" (the default), "scim", "registry", "scout", or a destination of this module.
  constexpr RequestRow on(std::string_view which) const {
    return with([&](RequestRow& r) { r.surface = which; });
  }
  // The parameter that names the registry's host.
  constexpr RequestRow host(std::string_view parameter) const {
    return with([&](RequestRow& r) { r.host_parameter = parameter; });
  }
  // A POST that changes nothing: allowed to actions of effect read.
  constexpr RequestRow safe_query() const {
    return with([](RequestRow& r) { r.is_safe_query = true; });
  }
  // Without the account's credential.
  constexpr RequestRow anonymous() const {
    return with([](RequestRow& r) { r.credential = "none"; });
  }
  // The body is a log-in: no credential beside it, no renewal after 401.
  constexpr RequestRow credentials_in_body() const {
    return with([](RequestRow& r) { r.credential = "body"; });
  }
  // A list in pages. style: "page", "page_without_total", "start_index", "link"; items: the key of
  // the array in each page.
  constexpr RequestRow paged(std::string_view style, std::string_view items) const {
    return with([&](RequestRow& r) { r.paging_style = style, r.paging_items = items; });
  }
  // What the answer is, where it is not JSON: whether the thing exists (404 is no failure), text,
  // bytes.
  constexpr RequestRow exists() const { return expect("exists"); }
  constexpr RequestRow text() const { return expect("text"); }
  constexpr RequestRow bytes() const { return expect("bytes"); }
  // Constants that every request carries.
  constexpr RequestRow query(std::string_view name, std::string_view value) const {
    return with([&](RequestRow& r) { r.query_constants.add({name, value}); });
  }
  constexpr RequestRow header(std::string_view name, std::string_view value) const {
    return with([&](RequestRow& r) { r.header_constants.add({name, value}); });
  }
  constexpr RequestRow accept(std::string_view media_types) const {
    return with([&](RequestRow& r) { r.accepted = media_types; });
  }
  constexpr RequestRow media_type(std::string_view of_the_body) const {
    return with([&](RequestRow& r) { r.body_type = of_the_body; });
  }
};

constexpr RequestRow request(std::string_view method, Path path) {
  RequestRow row;
  row.method = method;
  row.path = path;
  return row;
}

// The names are those of HTTP.
// NOLINTBEGIN(readability-identifier-naming)
constexpr RequestRow GET(Path path) {
  return request("GET", path);
}
constexpr RequestRow HEAD(Path path) {
  return request("HEAD", path);
}
constexpr RequestRow POST(Path path) {
  return request("POST", path);
}
constexpr RequestRow PUT(Path path) {
  return request("PUT", path);
}
constexpr RequestRow PATCH(Path path) {
  return request("PATCH", path);
}
constexpr RequestRow DELETE(Path path) {
  return request("DELETE", path);
}
// NOLINTEND(readability-identifier-naming)

}  // namespace dockerhub::sdk
