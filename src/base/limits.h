/*
 * The limits of limits.def as constants: LIMIT_MESSAGE_BYTES and so on. Any thread.
 */
#pragma once

enum limit {
#define LIMIT(name, value, unit, says) LIMIT_##name = (value),
#include "base/limits.def"
#undef LIMIT
};
