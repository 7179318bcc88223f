// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers
#pragma once

/// 1 where a sanitizer's allocator stands in for the system's, else 0. It keeps what was freed for a while,
/// so a program's own memory cannot be measured there. GCC and Clang say it in different ways.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define POSTRIDER_SANITIZED_ALLOCATOR 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define POSTRIDER_SANITIZED_ALLOCATOR 1
#endif
#endif
#ifndef POSTRIDER_SANITIZED_ALLOCATOR
#define POSTRIDER_SANITIZED_ALLOCATOR 0
#endif
