// Which hosts are reached without a proxy, as NO_PROXY says it. There is no standard; these are the rules
// of programs in Go, docker among them, see docs/http.md. Immutable; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/address.hpp"
#include "http/url.hpp"

namespace dockerhub::http {

class NoProxy {
 public:
  NoProxy() = default;  // none
  // Entries between commas or blanks. What is none is passed over: other programs read the list, too.
  explicit NoProxy(std::string_view list);

  bool covers(const Origin& origin) const;

 private:
  // A name, an address or a net; each with the port that it is for, or 0 for all.
  struct Entry {
    std::string name;    // lower case, without leading dot
    bool itself = true;  // false: only what is below it (".example.com")
    std::optional<Net> net;
    std::uint16_t port = 0;
  };

  void add(std::string_view text);

  bool all_ = false;
  std::vector<Entry> entries_;
};

}  // namespace dockerhub::http
