#include "encoding/times.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <ctime>

namespace dockerhub::sandbox {

UnixTime now() {
  return std::time(nullptr);
}

std::string rfc3339(UnixTime time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::ISO8601_FORMAT);
}

std::string http_date(UnixTime time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

}  // namespace dockerhub::sandbox
