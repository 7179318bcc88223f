# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
cmake_minimum_required(VERSION 3.25)

# Run as: cmake -DROOT=<folder> -P CheckSpdx.cmake
# Fails when a source file or script below ROOT lacks one of its two SPDX lines. Files that git ignores do not
# count; neither do data, documents, forms and files that hold no comments.
find_program(GIT git)
set(result 1)
if(GIT)
    execute_process(
        COMMAND ${GIT} -C "${ROOT}" -c "safe.directory=*" ls-files --cached --others --exclude-standard
        RESULT_VARIABLE result OUTPUT_VARIABLE listed ERROR_QUIET)
endif()
if(NOT result EQUAL 0)
    message("SKIP: not a git checkout")
    return()
endif()
string(REGEX MATCHALL "[^\n]+" files "${listed}")

set(bad "")
foreach(file IN LISTS files)
    if(NOT EXISTS "${ROOT}/${file}" OR file MATCHES "^(tests/data|fuzz/corpus)/")
        continue()
    endif()
    get_filename_component(name "${file}" NAME)
    if(NOT name MATCHES "\\.(cpp|h|cmake|py|sh|sql|in)$" AND NOT name STREQUAL "CMakeLists.txt")
        if(name MATCHES "\\.")
            continue()
        endif()
        file(READ "${ROOT}/${file}" start LIMIT 4)
        if(NOT start MATCHES "^#!")
            continue()
        endif()
    endif()
    file(READ "${ROOT}/${file}" start LIMIT 400)
    foreach(line "SPDX-License-Identifier: GPL-3.0-or-later" "SPDX-FileCopyrightText: The Postrider developers")
        string(FIND "${start}" "${line}" position)
        if(position EQUAL -1)
            string(APPEND bad "  ${file}: no \"${line}\"\n")
        endif()
    endforeach()
endforeach()
if(bad)
    message(FATAL_ERROR "Files without their licence:\n${bad}")
endif()
