# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers
cmake_minimum_required(VERSION 3.25) # a -P script does not inherit the project's policies

set(revision "")
find_program(GIT git)
if(GIT AND EXISTS "${SOURCE_DIR}/.git")
    execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} describe --tags --always --dirty --match "v[0-9]*"
        OUTPUT_VARIABLE revision OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT
"#define POSTRIDER_VERSION \"@VERSION@\"
#define POSTRIDER_REVISION \"@revision@\"
")
