// Where this code lies, so that what is installed beside it is found wherever the tree was moved.
#pragma once

#include <filesystem>

namespace dockerhub {

// The folder of libdockerhub, or of the program that contains it, without links; empty when the system
// does not tell. Any thread.
std::filesystem::path own_folder();

}  // namespace dockerhub
