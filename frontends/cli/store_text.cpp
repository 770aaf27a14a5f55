#include "store_text.hpp"

#include <cerrno>
#include <utility>

#include "store_errors.hpp"

namespace dockerhub::cli {

Result<std::optional<std::string>> store_text(Store& store, std::string_view name,
                                              std::uint64_t most) {
  auto entry = store.open(name);
  constexpr int kNotFound = 404;
  if (!entry && entry.error().status_code == kNotFound) return std::optional<std::string>();
  if (!entry) return Failure(entry.error());
  if ((*entry)->size() > most) return store_failed("read", std::string(name), EFBIG);
  std::string bytes(static_cast<std::size_t>((*entry)->size()), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const auto got = (*entry)->read_at(at, bytes.data() + at, bytes.size() - at);
    if (!got) return Failure(got.error());
    if (*got == 0) return store_failed("read", std::string(name), ENODATA);
    at += *got;
  }
  return std::optional<std::string>(std::move(bytes));
}

Result<void> put_store_text(Store& store, std::string_view name, std::string_view bytes) {
  auto entry = store.create(name);
  if (!entry) return Failure(entry.error());
  if (auto written = (*entry)->write(bytes); !written) return written;
  return (*entry)->commit();
}

}  // namespace dockerhub::cli
