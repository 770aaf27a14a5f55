#include "sample/layer.hpp"

#include <Poco/DeflatingStream.h>

#include <cstddef>
#include <sstream>

namespace dockerhub::sandbox {
namespace {

constexpr std::size_t kBlock = 512;

void put(std::string& header, std::size_t place, std::string_view text) {
  header.replace(place, text.size(), text);
}

std::string octal(std::size_t number, std::size_t digits) {
  std::string text(digits, '0');
  for (std::size_t i = digits; i > 0; --i, number /= 8)
    text[i - 1] = static_cast<char>('0' + number % 8);
  return text;
}

std::string tar_header(std::string_view path, std::size_t size) {
  constexpr std::size_t mode = 100, uid = 108, gid = 116, length = 124, date = 136, sum = 148,
                        type = 156, magic = 257;
  std::string header(kBlock, '\0');
  put(header, 0, path);
  put(header, mode, "0000644");
  put(header, uid, "0000000");
  put(header, gid, "0000000");
  put(header, length, octal(size, 11));
  put(header, date, octal(0, 11));
  put(header, type, "0");
  put(header, magic, std::string_view("ustar\00000", 8));
  // The sum is taken with blanks in its own place.
  put(header, sum, "        ");
  std::size_t total = 0;
  for (const char byte : header) total += static_cast<unsigned char>(byte);
  put(header, sum, octal(total, 6) + std::string("\0 ", 2));
  return header;
}

}  // namespace

std::string tar_of(std::string_view path, std::string_view content) {
  std::string archive = tar_header(path, content.size()) + std::string(content);
  const std::size_t rest = content.size() % kBlock;
  if (rest > 0) archive.append(kBlock - rest, '\0');
  return archive.append(2 * kBlock, '\0');
}

std::string gzip(std::string_view bytes) {
  std::ostringstream compressed;
  Poco::DeflatingOutputStream stream(compressed, Poco::DeflatingStreamBuf::STREAM_GZIP);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  return compressed.str();
}

}  // namespace dockerhub::sandbox
