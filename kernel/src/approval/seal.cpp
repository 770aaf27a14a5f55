#include "approval/seal.hpp"

#include <nettle/gcm.h>
#include <nettle/memops.h>
#include <sys/random.h>

#include <cstring>

#include "base/base64.hpp"
#include "base/hex.hpp"
#include "base/sha256.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kNonceSize = GCM_IV_SIZE;
constexpr std::size_t kTagSize = GCM_DIGEST_SIZE;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// AES-256-GCM with one key, nonce and purpose; wiped afterwards.
class Cipher {
 public:
  Cipher(const unsigned char* key, const unsigned char* nonce, std::string_view purpose) {
    gcm_aes256_set_key(&state_, key);
    gcm_aes256_set_iv(&state_, kNonceSize, nonce);
    gcm_aes256_update(&state_, purpose.size(), bytes_of(purpose));
  }
  ~Cipher() { ::explicit_bzero(&state_, sizeof(state_)); }
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  void encrypt(unsigned char* to, const unsigned char* from, std::size_t size) {
    gcm_aes256_encrypt(&state_, size, to, from);
  }
  void decrypt(unsigned char* to, const unsigned char* from, std::size_t size) {
    gcm_aes256_decrypt(&state_, size, to, from);
  }
  void tag(unsigned char* to) { gcm_aes256_digest(&state_, kTagSize, to); }

 private:
  gcm_aes256_ctx state_ = {};
};

Failure no_random() {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "sealing a state failed: no random bytes";
  error.hint = "Report this; the system's random generator refused to work.";
  return Failure(std::move(error));
}

// The system's generator itself: one of a library has to be set up at every start of a program.
bool fill_random(unsigned char* bytes, std::size_t size) {
  return getentropy(bytes, size) == 0;
}

}  // namespace

Result<Seal> Seal::create(std::string_view key_material) {
  if (!key_material.empty()) {
    Sha256 hash;
    hash.update(key_material.data(), key_material.size());
    return Seal(hash.digest());
  }
  Key key{};
  if (!fill_random(key.data(), key.size())) return no_random();
  return Seal(key);
}

Result<std::string> Seal::close(std::string_view text, std::string_view purpose) const {
  std::string sealed(kNonceSize + text.size() + kTagSize, '\0');
  unsigned char* const nonce = bytes_of(sealed);
  unsigned char* const body = nonce + kNonceSize;
  if (!fill_random(nonce, kNonceSize)) return no_random();
  Cipher cipher(key_.data(), nonce, purpose);
  cipher.encrypt(body, bytes_of(text), text.size());
  cipher.tag(body + text.size());
  return to_base64url(sealed);
}

std::optional<std::string> Seal::open(std::string_view sealed, std::string_view purpose) const {
  const std::optional<std::string> bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kNonceSize + kTagSize) return std::nullopt;
  const std::size_t body_size = bytes->size() - kNonceSize - kTagSize;
  const unsigned char* const nonce = bytes_of(std::string_view(*bytes));
  const unsigned char* const body = nonce + kNonceSize;
  std::string text(body_size, '\0');
  Cipher cipher(key_.data(), nonce, purpose);
  cipher.decrypt(bytes_of(text), body, body_size);
  std::array<unsigned char, kTagSize> tag{};
  cipher.tag(tag.data());
  // In the same time wherever they differ.
  if (memeql_sec(tag.data(), body + body_size, tag.size()) == 0) return std::nullopt;
  return text;
}

std::string random_hex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  if (!fill_random(bytes_of(raw), bytes)) return {};
  return to_hex({bytes_of(raw), bytes});
}

}  // namespace dockerhub
