#include "http/no_proxy.hpp"

#include <algorithm>
#include <charconv>

#include "base/lower_case.hpp"

namespace dockerhub::http {
namespace {

constexpr unsigned kWholeAddress = 128;

// Takes ":port" off the end; nullopt for a port that is none, 0 where there is no port. More than one
// colon without brackets is an IPv6 address.
std::optional<std::uint16_t> take_port(std::string& text) {
  const std::size_t colon = text.rfind(':');
  const bool bracketed = !text.empty() && text.front() == '[';
  const bool has_port =
      colon != std::string::npos && (bracketed ? text[colon - 1] == ']' : text.find(':') == colon);
  if (!has_port) return 0;
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data() + colon + 1, end, port);
  if (problem != std::errc() || stop != end || port == 0) return std::nullopt;
  text.resize(colon);
  return port;
}

// "example.com" itself, or something below it.
bool is_within(std::string_view host, const std::string& name, bool itself) {
  if (host == name) return itself;
  return host.size() > name.size() && host.substr(host.size() - name.size()) == name &&
         host[host.size() - name.size() - 1] == '.';
}

}  // namespace

NoProxy::NoProxy(std::string_view list) {
  constexpr std::string_view kSeparators = ", \t";
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(kSeparators), list.size());
    add(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

void NoProxy::add(std::string_view text) {
  if (text == "*") all_ = true;
  Entry entry;
  entry.name = lower_case(text);
  entry.net = parse_net(entry.name);
  const auto port = take_port(entry.name);
  if (!port) return;
  entry.port = *port;
  std::string& name = entry.name;
  if (name.size() > 2 && name.front() == '[' && name.back() == ']')
    name = name.substr(1, name.size() - 2);
  if (const auto address = parse_address(name)) entry.net = Net{*address, kWholeAddress};
  if (name.substr(0, 2) == "*.") name.erase(0, 1);
  entry.itself = name.substr(0, 1) != ".";
  if (!entry.itself) name.erase(0, 1);
  if (!name.empty() && name != "*") entries_.push_back(std::move(entry));
}

bool NoProxy::covers(const Origin& origin) const {
  const std::optional<Address> address = parse_address(origin.host);
  return all_ || std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
           if (entry.port != 0 && entry.port != origin.port) return false;
           if (address) return entry.net && entry.net->contains(*address);
           return !entry.net && is_within(origin.host, entry.name, entry.itself);
         });
}

}  // namespace dockerhub::http
