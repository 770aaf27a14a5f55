# Warnings are errors, and the same ones for both compilers.
add_library(dockerhub_warnings INTERFACE)
target_compile_options(dockerhub_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  # clang's -Wconversion contains -Wsign-conversion, that of g++ does not for C++.
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-sign-conversion>
  # g++ 12 reports overlaps that do not exist in std::string (gcc bug 105651).
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-restrict>)
