#include "credentials/token_cache.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

bool is_refusal(const Error& error) {
  return error.kind == ErrorKind::auth && (error.status_code == 401 || error.status_code == 403);
}

}  // namespace

TokenCache::TokenCache(Clocks clocks, std::shared_ptr<TokenStore> store)
    : clocks_(std::move(clocks)), store_(std::move(store)) {}

Result<TokenCache::Header> TokenCache::get(const TokenKey& key, const http::Control& control,
                                           const Mint& mint) {
  if (Header token = at_hand(key)) return token;
  return flights_.run(key.text(), control, [&] { return minted(key, control, mint); });
}

TokenCache::Header TokenCache::at_hand(const TokenKey& key) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return find(key);
}

TokenCache::Header TokenCache::find(const TokenKey& key) const {
  const Time now = clocks_.steady();
  for (const auto& [text, token] : tokens_) {
    const bool serves = token.header && now < token.good_until && token.key.issuer == key.issuer &&
                        token.key.scopes.covers(key.scopes);
    if (serves) return token.header;
  }
  return nullptr;
}

std::string TokenCache::refusal_key(const TokenKey& key, int status_code) const {
  constexpr int kUnauthorized = 401;
  const bool proven = std::any_of(tokens_.begin(), tokens_.end(), [&](const auto& each) {
    return each.second.header && each.second.key.issuer == key.issuer;
  });
  return key.of_login && status_code == kUnauthorized && !proven ? key.issuer : key.text();
}

const TokenCache::Refusal* TokenCache::refusal(const TokenKey& key) const {
  for (const std::string& text : {key.issuer, key.text()}) {
    const auto found = refusals_.find(text);
    if (found != refusals_.end() && clocks_.steady() < found->second.until) return &found->second;
  }
  return nullptr;
}

TokenCache::Header TokenCache::stored(const TokenKey& key) {
  if (!store_) return nullptr;
  const auto now = clocks_.system();
  for (StoredToken& each : store_->find(key.issuer, now)) {
    if (!each.scopes.covers(key.scopes)) continue;
    const MintedToken token{
        std::move(each.token),
        std::chrono::duration_cast<std::chrono::milliseconds>(each.good_until - now)};
    const std::lock_guard<std::mutex> lock(mutex_);
    return keep({key.issuer, std::move(each.scopes), key.of_login}, token);
  }
  return nullptr;
}

void TokenCache::refuse(const TokenKey& key, const Error& error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (refusals_.size() >= kMost) refusals_.clear();
  if (!is_refusal(error)) return;
  refusals_[refusal_key(key, error.status_code)] = {error, clocks_.steady() + kRefusalTime};
}

Result<TokenCache::Header> TokenCache::minted(const TokenKey& key, const http::Control& control,
                                              const Mint& mint) {
  {
    // Between the look and the lead somebody else may have minted it.
    const std::lock_guard<std::mutex> lock(mutex_);
    if (Header token = find(key)) return token;
    if (const Refusal* const refused = refusal(key)) return Failure(refused->error);
  }
  if (Header token = stored(key)) return token;
  const UniqueFd turn = store_ ? store_->turn(key.issuer, control) : UniqueFd();
  // While we waited for our turn another process may have minted it.
  if (Header token = turn ? stored(key) : nullptr) return token;
  const Result<MintedToken> token = mint();
  if (!token) {
    refuse(key, token.error());
    return Failure(token.error());
  }
  const auto now = clocks_.system();
  if (store_) store_->keep(key.issuer, {key.scopes, token->token, now + token->good_for}, now);
  const std::lock_guard<std::mutex> lock(mutex_);
  return keep(key, *token);
}

TokenCache::Header TokenCache::keep(const TokenKey& key, const MintedToken& token) {
  Header header = SecretBook::with_scheme("Bearer", token.token);
  const auto old = tokens_.find(key.text());
  const bool replacement = old != tokens_.end() && !old->second.header;
  const Time now = clocks_.steady();
  std::erase_if(tokens_, [&](const auto& each) { return each.second.good_until <= now; });
  make_room();
  tokens_[key.text()] = {key, token.token, header, now, now + token.good_for, replacement};
  refusals_.erase(key.text());
  refusals_.erase(key.issuer);
  return header;
}

void TokenCache::make_room() {
  if (tokens_.size() < kMost) return;
  const auto ends_first = [](const auto& left, const auto& right) {
    return left.second.good_until < right.second.good_until;
  };
  tokens_.erase(std::min_element(tokens_.begin(), tokens_.end(), ends_first));
}

bool TokenCache::drop(const Header& refused) {
  std::optional<std::pair<std::string, std::shared_ptr<const Secret>>> stored;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = std::find_if(tokens_.begin(), tokens_.end(), [&](const auto& each) {
      return each.second.header == refused;
    });
    if (found == tokens_.end()) return true;
    Token& token = found->second;
    if (token.replacement && clocks_.steady() - token.minted < kRefusalTime) return false;
    stored.emplace(token.key.issuer, std::move(token.token));
    token.header = nullptr;
  }
  if (store_) store_->drop(stored->first, stored->second->reveal(), clocks_.system());
  return true;
}

}  // namespace dockerhub
