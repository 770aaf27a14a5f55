#include "signed_tokens/jose_library.hpp"

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdarg>
#include <cstdlib>
#include <memory>

#include "dockerhub/build_info.hpp"

// Headers for C only; what they include is above.
extern "C" {
#include <jose/jose.h>
#include <jose/openssl.h>
}

namespace dockerhub {
namespace {

struct Release {
  void operator()(json_t* value) const { json_decref(value); }
  void operator()(jose_cfg_t* settings) const { jose_cfg_decref(settings); }
  void operator()(BIO* memory) const { BIO_free(memory); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(char* text) const { std::free(text); }
};
using Json = std::unique_ptr<json_t, Release>;
using Settings = std::unique_ptr<jose_cfg_t, Release>;

// It would write what it refuses to standard error.
void keep_silent(void* /*misc*/, const char* /*file*/, int /*line*/, std::uint64_t /*error*/,
                 const char* /*format*/, std::va_list /*arguments*/) {}

Settings silent_settings() {
  Settings settings(jose_cfg());
  if (settings) jose_cfg_set_err_func(settings.get(), keep_silent, nullptr);
  return settings;
}

Json text_of(std::string_view text) {
  return Json(json_stringn(text.data(), text.size()));
}

Json signed_text(const TokenParts& token) {
  return Json(json_pack("{s:o,s:o,s:o}", "protected", text_of(token.header).release(), "payload",
                        text_of(token.payload).release(), "signature",
                        text_of(token.signature).release()));
}

std::optional<std::string> jwk_of_pem(std::string_view pem) {
  const std::unique_ptr<BIO, Release> memory(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<EVP_PKEY, Release> key(
      memory ? PEM_read_bio_PUBKEY(memory.get(), nullptr, nullptr, nullptr) : nullptr);
  const Settings settings = silent_settings();
  if (!key || !settings) return std::nullopt;
  const Json jwk(jose_openssl_jwk_from_EVP_PKEY(settings.get(), key.get()));
  const std::unique_ptr<char, Release> text(jwk ? json_dumps(jwk.get(), JSON_COMPACT) : nullptr);
  if (!text) return std::nullopt;
  return std::string(text.get());
}

bool verify(std::string_view jwk, const TokenParts& token) {
  const Settings settings = silent_settings();
  const Json key(json_loadb(jwk.data(), jwk.size(), JSON_REJECT_DUPLICATES, nullptr));
  const Json text = signed_text(token);
  return settings && key && text && json_object_get(key.get(), "alg") != nullptr &&
         jose_jws_ver(settings.get(), text.get(), nullptr, key.get(), false);
}

}  // namespace
}  // namespace dockerhub

extern "C" __attribute__((visibility("default"))) const dockerhub::JoseLibrary dh_jose_library = {
    dockerhub::kVersion, dockerhub::jwk_of_pem, dockerhub::verify};
