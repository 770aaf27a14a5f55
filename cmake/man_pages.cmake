# Manual pages of the installed programs. help2man makes them of what the programs print themselves, when all else is
# installed: a build makes none, since each link of a program would make its page anew.
find_program(DOCKERHUB_HELP2MAN help2man)
find_program(DOCKERHUB_GZIP gzip)
mark_as_advanced(DOCKERHUB_HELP2MAN DOCKERHUB_GZIP)
if(NOT DOCKERHUB_HELP2MAN OR NOT DOCKERHUB_GZIP)
  message(STATUS "No manual pages will be installed: help2man or gzip is missing")
  return()
endif()
# What only tests install has to start quickly.
if(DOCKERHUB_SANITIZE OR DOCKERHUB_COVERAGE)
  return()
endif()

# The date on the pages is the commit's, so that two builds of it make the same pages. SOURCE_DATE_EPOCH in the
# environment of the installation says another.
set(commit_date "")
if(GIT_FOUND)
  execute_process(
    COMMAND "${GIT_EXECUTABLE}" log -1 --format=%ct
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    OUTPUT_VARIABLE commit_date OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()

install(CODE "
set(help2man [[${DOCKERHUB_HELP2MAN}]])
set(gzip [[${DOCKERHUB_GZIP}]])
set(build_folder [[${PROJECT_BINARY_DIR}]])
set(bindir [[${DOCKERHUB_BINDIR}]])
set(mandir [[${DOCKERHUB_MANDIR}]])
set(summary [[${PROJECT_DESCRIPTION}]])
set(commit_date [[${commit_date}]])
include([[${PROJECT_SOURCE_DIR}/cmake/install_man_pages.cmake]])
")
