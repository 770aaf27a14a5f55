#include "hub/audit/answers.hpp"

#include <array>

namespace dockerhub::sandbox {
namespace {

struct Code {
  int status;
  int code;  // google.rpc.Code
};
constexpr std::array<Code, 4> kCodes = {{{400, 3}, {401, 16}, {403, 7}, {404, 5}}};
constexpr int kUnknown = 2;

}  // namespace

Answer audit_error(int status, std::string_view message) {
  int code = kUnknown;
  for (const Code& row : kCodes) {
    if (row.status == status) code = row.code;
  }
  return json_answer(
      status,
      JsonText::object({{"code", code}, {"message", message}, {"details", JsonText::array({})}}));
}

}  // namespace dockerhub::sandbox
