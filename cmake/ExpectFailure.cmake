# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
cmake_minimum_required(VERSION 3.25)

# Run as: cmake -DEXPECTED=<text|text...> -P ExpectFailure.cmake -- <command> [argument...]
# Passes when the command fails and says every one of the texts. A check that cannot fail is worth nothing, so
# each check of this project is run on something wrong as well.
set(command "")
set(separator_seen FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE ${last})
    if(separator_seen)
        list(APPEND command "${CMAKE_ARGV${index}}")
    elseif(CMAKE_ARGV${index} STREQUAL "--")
        set(separator_seen TRUE)
    endif()
endforeach()

execute_process(COMMAND ${command}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
string(APPEND output "${errors}")
if(result EQUAL 0)
    message(FATAL_ERROR "It passed, but should have failed:\n${output}")
endif()
# CMake wraps the lines of its messages.
string(REGEX REPLACE "[ \n]+" " " flat "${output}")
string(REPLACE "|" ";" expected "${EXPECTED}")
foreach(text IN LISTS expected)
    string(FIND "${flat}" "${text}" position)
    if(position EQUAL -1)
        message(FATAL_ERROR "It failed, but did not say \"${text}\":\n${output}")
    endif()
endforeach()
