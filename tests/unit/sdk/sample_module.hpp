// A module with a row of every kind, whose handlers do what the tests look at.
#pragma once

#include <dockerhub/abi.h>

#include <string_view>

std::string_view sample_manifest();

extern "C" const dh_entry dockerhub_module_entry;
