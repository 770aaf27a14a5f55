// When the sample data came to be. Of all sandboxes the same, so that tests can name it.
#pragma once

#include "encoding/times.hpp"

namespace dockerhub::sandbox {

inline constexpr UnixTime kFirstDay = 1'704'067'200;  // 2024-01-01
inline constexpr UnixTime kDay = 86'400;

}  // namespace dockerhub::sandbox
