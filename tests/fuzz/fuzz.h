/*
 * Fuzzing: what the targets share. Each target is one function over a stranger's bytes; it must bear any of them, and
 * g_assert()s what must hold for all of them. Returns 0 always, as libFuzzer asks.
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
