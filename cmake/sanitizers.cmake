# DOCKERHUB_SANITIZE: value for -fsanitize, for example "address,undefined" or "thread".
set(DOCKERHUB_SANITIZE "" CACHE STRING "Value for -fsanitize in every target (empty: none)")
option(DOCKERHUB_FUZZERS "Build the libFuzzer targets (needs clang)" OFF)

if(DOCKERHUB_FUZZERS AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR
    "DOCKERHUB_FUZZERS needs clang, the compiler is ${CMAKE_CXX_COMPILER_ID}: use --preset clang")
endif()

add_library(dockerhub_sanitizers INTERFACE)
if(DOCKERHUB_SANITIZE)
  set(flags -fsanitize=${DOCKERHUB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # RapidJSON 1.1 adds to null pointers all over its stack, which clang's check of pointers refuses.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    list(APPEND flags -fno-sanitize=pointer-overflow)
  endif()
  target_compile_options(dockerhub_sanitizers INTERFACE
    ${flags}
    # Instrumented code misleads the flow analysis of g++ 12; the plain builds keep these warnings.
    "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized;-Wno-array-bounds;-Wno-stringop-overread>")
  target_link_options(dockerhub_sanitizers INTERFACE ${flags})
endif()
