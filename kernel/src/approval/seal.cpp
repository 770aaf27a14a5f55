#include "approval/seal.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/random.h>

#include <memory>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

constexpr int kNonceSize = 12;
constexpr int kTagSize = 16;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

CipherContext make_context() {
  return {EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Failure failure(const char* what) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = std::string("sealing a state failed: ") + what;
  error.hint = "Report this; the system's cryptographic library refused to work.";
  return Failure(std::move(error));
}

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 15U];
  }
  return text;
}

std::array<unsigned char, 32> sha256(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return digest;
}

// The system's generator itself: OpenSSL's takes a millisecond to set up, at every start of a program.
bool fill_random(unsigned char* bytes, std::size_t size) {
  return getentropy(bytes, size) == 0;
}

}  // namespace

Result<Seal> Seal::create(std::string_view key_material) {
  if (!key_material.empty()) return Seal(sha256(key_material));
  Key key{};
  if (!fill_random(key.data(), key.size())) return failure("no random bytes");
  return Seal(key);
}

Result<std::string> Seal::close(std::string_view text, std::string_view purpose) const {
  std::string sealed(kNonceSize + text.size() + kTagSize, '\0');
  unsigned char* const nonce = bytes_of(sealed);
  unsigned char* const body = nonce + kNonceSize;
  const CipherContext context = make_context();
  int size = 0;
  const bool good =
      context && fill_random(nonce, kNonceSize) &&
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), nonce) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &size, bytes_of(purpose),
                        static_cast<int>(purpose.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), body, &size, bytes_of(text),
                        static_cast<int>(text.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), body + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagSize, body + text.size()) == 1;
  if (!good) return failure("encryption");
  return to_base64url(sealed);
}

std::optional<std::string> Seal::open(std::string_view sealed, std::string_view purpose) const {
  std::optional<std::string> bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kNonceSize + kTagSize) return std::nullopt;
  const std::size_t body_size = bytes->size() - kNonceSize - kTagSize;
  unsigned char* const nonce = bytes_of(*bytes);
  unsigned char* const body = nonce + kNonceSize;
  std::string text(body_size, '\0');
  const CipherContext context = make_context();
  int size = 0;
  const bool good =
      context &&
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), nonce) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &size, bytes_of(purpose),
                        static_cast<int>(purpose.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), bytes_of(text), &size, body, static_cast<int>(body_size)) ==
          1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, body + body_size) == 1 &&
      EVP_DecryptFinal_ex(context.get(), bytes_of(text) + size, &size) == 1;
  if (!good) return std::nullopt;
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  const auto digest = sha256(bytes);
  return hex(digest.data(), digest.size());
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(),
       digest.data(), &size);
  return hex(digest.data(), digest.size());
}

std::string random_hex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  if (!fill_random(bytes_of(raw), bytes)) return {};
  return hex(bytes_of(raw), bytes);
}

}  // namespace dockerhub
