#include "encoding/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace dockerhub::sandbox {
namespace {

struct Algorithm {
  std::string_view name;
  std::size_t hex_digits;
  const EVP_MD* (*function)();
};

constexpr std::array<Algorithm, 2> kAlgorithms = {
    {{"sha256", 64, &EVP_sha256}, {"sha512", 128, &EVP_sha512}}};

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

std::string digest_of(std::string_view bytes, const Algorithm& algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, algorithm.function(), nullptr) !=
      1)
    throw std::runtime_error("the cryptographic library cannot hash");
  return std::string(algorithm.name) + ':' + hex(hash.data(), size);
}

const Algorithm* algorithm_of(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  for (const Algorithm& algorithm : kAlgorithms) {
    if (colon == algorithm.name.size() && digest.substr(0, colon) == algorithm.name)
      return &algorithm;
  }
  return nullptr;
}

}  // namespace

std::string sha256_digest(std::string_view bytes) {
  return digest_of(bytes, kAlgorithms[0]);
}

bool is_digest(std::string_view text) {
  const Algorithm* algorithm = algorithm_of(text);
  if (algorithm == nullptr) return false;
  const std::string_view digits = text.substr(algorithm->name.size() + 1);
  return digits.size() == algorithm->hex_digits &&
         digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool digest_fits(std::string_view digest, std::string_view bytes) {
  const Algorithm* algorithm = algorithm_of(digest);
  return algorithm != nullptr && digest_of(bytes, *algorithm) == digest;
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data(),
           &size) == nullptr)
    throw std::runtime_error("the cryptographic library cannot hash");
  return hex(hash.data(), size);
}

std::string random_hex(std::size_t bytes) {
  std::string random(bytes, '\0');
  auto* data = reinterpret_cast<unsigned char*>(random.data());
  if (RAND_bytes(data, static_cast<int>(bytes)) != 1) throw std::runtime_error("no random numbers");
  return hex(data, bytes);
}

std::string random_uuid() {
  std::string text = random_hex(16);
  text[12] = '4';
  text[16] = "89ab"[static_cast<unsigned char>(text[16]) % 4];
  for (const std::size_t place : {20U, 16U, 12U, 8U}) text.insert(place, 1, '-');
  return text;
}

}  // namespace dockerhub::sandbox
