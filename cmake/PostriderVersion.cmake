# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

# Writes <build>/generated/postrider_revision.h on every build and touches it only when its text changes, so
# that a commit recompiles one file, src/base/version.cpp.
set(postrider_generated "${PROJECT_BINARY_DIR}/generated")
add_custom_target(postrider_revision
    COMMAND ${CMAKE_COMMAND}
        -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
        -DOUTPUT=${postrider_generated}/postrider_revision.h
        -P ${PROJECT_SOURCE_DIR}/cmake/WriteRevision.cmake
    BYPRODUCTS ${postrider_generated}/postrider_revision.h
    COMMENT "Checking the git revision"
    VERBATIM)
