# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
cmake_minimum_required(VERSION 3.25)

# Run as: cmake -DSRC=<folder of the modules> -P CheckLayering.cmake
# Fails when a file includes a header of another module on its own or a higher level, or when a folder below
# SRC is on no level. Headers in forms ("compose/ui_x.h") count as their module's own.
include("${CMAKE_CURRENT_LIST_DIR}/Levels.cmake")
set(bad "")
set(lower "")
set(known "")
foreach(level IN LISTS POSTRIDER_LEVELS)
    foreach(module IN LISTS POSTRIDER_LEVEL_${level})
        list(APPEND known ${module})
        file(GLOB_RECURSE files "${SRC}/${module}/*.cpp" "${SRC}/${module}/*.h")
        foreach(file IN LISTS files)
            file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[\"<][a-z]+/")
            foreach(line IN LISTS lines)
                string(REGEX REPLACE ".*[\"<]([a-z]+)/.*" "\\1" other "${line}")
                if(EXISTS "${SRC}/${other}" AND NOT other STREQUAL module AND NOT other IN_LIST lower)
                    file(RELATIVE_PATH shown "${SRC}" "${file}")
                    string(APPEND bad "  ${shown}: ${line}\n")
                endif()
            endforeach()
        endforeach()
    endforeach()
    list(APPEND lower ${POSTRIDER_LEVEL_${level}})
endforeach()

file(GLOB folders LIST_DIRECTORIES true RELATIVE "${SRC}" "${SRC}/*")
foreach(folder IN LISTS folders)
    if(IS_DIRECTORY "${SRC}/${folder}" AND NOT folder IN_LIST known)
        string(APPEND bad "  ${folder}/ is on no level of cmake/Levels.cmake\n")
    endif()
endforeach()
if(bad)
    message(FATAL_ERROR "Includes against the direction of dependencies:\n${bad}")
endif()
