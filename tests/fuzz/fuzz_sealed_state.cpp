// States that clients carry between the rounds of a call: what this kernel did not seal is never opened, and
// what is in a seal, whatever it is, is refused or goes on.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "approval/conversation.hpp"
#include "approval/used_states.hpp"

namespace {

using dockerhub::Conversation;
using dockerhub::Seal;
using dockerhub::UsedStatesInMemory;

constexpr std::string_view kBinding = "principal, method and arguments";

// A change of any one character, and the seal of another call.
void check_seal(const Seal& seal, std::string sealed, std::size_t place) {
  if (seal.open(sealed, "another call")) std::abort();
  char& changed = sealed[place % sealed.size()];
  changed = changed == 'A' ? 'B' : 'A';
  if (seal.open(sealed, kBinding)) std::abort();
}

void go_on(const Seal& seal, const std::string& state, const std::string& text) {
  UsedStatesInMemory used;
  const auto conversation = Conversation::resume(
      seal, used, kBinding, state, {{"name", text}, {"delete", "true"}, {"other", "false"}});
  if (!conversation) return;
  const auto next = conversation->suspend(seal, kBinding);
  if (next && !Conversation::resume(seal, used, kBinding, *next, {})) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Seal kSeal = *Seal::create("a key for this target");
  const std::string text(reinterpret_cast<const char*>(data), size);
  UsedStatesInMemory used;
  if (kSeal.open(text, kBinding)) std::abort();
  if (!text.empty() && Conversation::resume(kSeal, used, kBinding, text, {})) std::abort();
  const auto sealed = kSeal.close(text, kBinding);
  if (!sealed || kSeal.open(*sealed, kBinding) != text) std::abort();
  check_seal(kSeal, *sealed, size == 0 ? 0 : data[0]);
  go_on(kSeal, *sealed, text);
  return 0;
}
