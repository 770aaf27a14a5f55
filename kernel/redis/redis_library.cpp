#include "shared_store/redis_library.hpp"

#include <hiredis.h>
#include <string.h>

#include <cstddef>
#include <vector>

#include "dockerhub/build_info.hpp"

namespace dockerhub {
namespace {

// The most that one answer may have. What is kept is bounded far below by whoever keeps it.
constexpr std::size_t kLongestReply = std::size_t{128} * 1024 * 1024;

struct FreeReader {
  void operator()(redisReader* reader) const { redisReaderFree(reader); }
};

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

StoreReply::Kind kind_of(int type) {
  switch (type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      return StoreReply::Kind::text;
    case REDIS_REPLY_ERROR:
      return StoreReply::Kind::error;
    case REDIS_REPLY_INTEGER:
      return StoreReply::Kind::number;
    case REDIS_REPLY_ARRAY:
      return StoreReply::Kind::list;
    default:
      return StoreReply::Kind::nothing;
  }
}

// Lists in lists are bounded by hiredis, which reads seven of them.
StoreReply taken(const redisReply& reply) {
  StoreReply own;
  own.kind = kind_of(reply.type);
  if (reply.str != nullptr) own.text.assign(reply.str, reply.len);
  own.number = reply.integer;
  for (std::size_t i = 0; i < reply.elements; ++i) own.items.push_back(taken(*reply.element[i]));
  return own;
}

class HiredisReader : public RedisReader {
 public:
  explicit HiredisReader(redisReader* reader) : reader_(reader) {}

  tl::expected<std::optional<StoreReply>, std::string> take(std::string_view bytes) override {
    seen_ += bytes.size();
    if (seen_ > kLongestReply) return tl::unexpected<std::string>("the answer is too long");
    void* whole = nullptr;
    const bool good = redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) == REDIS_OK &&
                      redisReaderGetReply(reader_.get(), &whole) == REDIS_OK;
    const std::unique_ptr<redisReply, FreeReply> reply(static_cast<redisReply*>(whole));
    if (!good) return tl::unexpected<std::string>(redisReaderGetError(reader_.get()));
    if (!reply) return std::nullopt;
    return taken(*reply);
  }

 private:
  std::unique_ptr<redisReader, FreeReader> reader_;
  std::size_t seen_ = 0;
};

std::unique_ptr<RedisReader> make_reader() {
  redisReader* const reader = redisReaderCreate();
  if (reader == nullptr) return nullptr;
  return std::make_unique<HiredisReader>(reader);
}

std::string make_command(std::span<const std::string_view> words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const std::string_view word : words) {
    texts.push_back(word.empty() ? "" : word.data());
    sizes.push_back(word.size());
  }
  char* made = nullptr;
  // Of another type in later versions of hiredis.
  const auto size =
      redisFormatCommandArgv(&made, static_cast<int>(words.size()), texts.data(), sizes.data());
  if (size < 0) return {};
  const auto count = static_cast<std::size_t>(size);
  std::string command(made, count);
  // It may be the one that logs in.
  ::explicit_bzero(made, count);
  redisFreeCommand(made);
  return command;
}

}  // namespace
}  // namespace dockerhub

extern "C" __attribute__((visibility("default"))) const dockerhub::RedisLibrary dh_redis_library = {
    dockerhub::kVersion, dockerhub::make_command, dockerhub::make_reader};
