# Writes SOURCE and HEADER from the text of INPUT; run by dockerhub_embed_text. The text is cut at line
# ends into raw strings, since compilers limit the length of one literal.
set(piece_size 15000)
set(delimiter "dockerhub")

file(READ "${INPUT}" text)
string(FIND "${text}" ")${delimiter}\"" clash)
if(NOT clash EQUAL -1)
  message(FATAL_ERROR "${INPUT} contains )${delimiter}\", which ends a raw string: embed it otherwise")
endif()

set(literals "")
string(LENGTH "${text}" left)
while(left GREATER 0)
  string(SUBSTRING "${text}" 0 ${piece_size} piece)
  if(left GREATER ${piece_size})
    string(FIND "${piece}" "\n" cut REVERSE)
    if(cut EQUAL -1)
      message(FATAL_ERROR "${INPUT} has a line of more than ${piece_size} bytes: break it")
    endif()
    math(EXPR cut "${cut} + 1")
    string(SUBSTRING "${piece}" 0 ${cut} piece)
  endif()
  string(LENGTH "${piece}" taken)
  string(SUBSTRING "${text}" ${taken} -1 text)
  math(EXPR left "${left} - ${taken}")
  string(APPEND literals "\n    R\"${delimiter}(${piece})${delimiter}\"")
endwhile()
if(literals STREQUAL "")
  set(literals " \"\"")
endif()

file(WRITE "${HEADER}" "// Generated from a text file by cmake/embed_text.cmake.
#pragma once

#include <string_view>

namespace dockerhub {

extern const std::string_view ${VARIABLE};

}  // namespace dockerhub
")
file(WRITE "${SOURCE}" "#include \"${NAME}.hpp\"

// The concatenated text may be longer than the standard's minimum for a literal.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace dockerhub {

namespace {

constexpr char kText[] =${literals};

}  // namespace

constinit const std::string_view ${VARIABLE}{kText, sizeof(kText) - 1};

}  // namespace dockerhub
")
