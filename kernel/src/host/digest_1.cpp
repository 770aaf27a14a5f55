#include <openssl/evp.h>

#include "host/host.hpp"

namespace dockerhub {
namespace {

class Digest : public CallHandle {
 public:
  Digest(std::string name, const EVP_MD* algorithm)
      : name_(std::move(name)), context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    open_ = context_ && EVP_DigestInit_ex(context_.get(), algorithm, nullptr) == 1;
  }

  bool update(std::string_view bytes) {
    return open_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }

  // Lent to the module until the handle is closed; nullptr when it was finished before.
  const std::string* finish() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!open_ || EVP_DigestFinal_ex(context_.get(), bytes, &size) != 1) return nullptr;
    open_ = false;
    constexpr char kDigits[] = "0123456789abcdef";
    text_ = name_ + ":";
    for (unsigned int i = 0; i < size; ++i) {
      text_ += kDigits[bytes[i] >> 4U];
      text_ += kDigits[bytes[i] & 15U];
    }
    return &text_;
  }

 private:
  std::string name_, text_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  bool open_ = false;
};

dh_status unsupported(RunningCall& running, std::string_view algorithm) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.message = "the digest algorithm '" + visible(algorithm) + "' is not supported";
  error.hint = "Use sha256 or sha512.";
  return running.fail(std::move(error), DH_E_UNSUPPORTED);
}

dh_status open(dh_call* call, dh_str algorithm, dh_handle* digest) {
  return guarded(call, [&](RunningCall& running) {
    const std::string name(view(algorithm));
    const EVP_MD* found = name == "sha256"   ? EVP_sha256()
                          : name == "sha512" ? EVP_sha512()
                                             : nullptr;
    if (found == nullptr) return unsupported(running, name);
    *digest = running.add(std::make_unique<Digest>(name, found));
    return *digest == 0 ? too_many_handles(running) : static_cast<dh_status>(DH_OK);
  });
}

dh_status update(dh_call* call, dh_handle digest, dh_bytes bytes) {
  return guarded(call, [&](RunningCall& running) {
    Digest* const found = running.find<Digest>(digest);
    if (found == nullptr || !found->update(view(bytes)))
      return running.invalid("digest/1: no open digest of that handle");
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status finish(dh_call* call, dh_handle digest, dh_str* text) {
  return guarded(call, [&](RunningCall& running) {
    Digest* const found = running.find<Digest>(digest);
    const std::string* finished = found == nullptr ? nullptr : found->finish();
    if (finished == nullptr) return running.invalid("digest/1: no open digest of that handle");
    *text = {finished->data(), finished->size()};
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status close(dh_call* call, dh_handle digest) {
  return guarded(call, [&](RunningCall& running) {
    return running.remove(digest) ? static_cast<dh_status>(DH_OK)
                                  : running.invalid("digest/1: no such handle");
  });
}

}  // namespace

const dh_digest_1 kDigest1 = {sizeof(dh_digest_1), 0, open, update, finish, close};

}  // namespace dockerhub
