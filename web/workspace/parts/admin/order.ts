/* The same rows, with the one at `at` a place further up (-1) or down (1). */
export function moved<T>(rows: readonly T[], at: number, by: -1 | 1): T[] {
	const next = [...rows], to = at + by;
	if (to >= 0 && to < rows.length)
		[next[at], next[to]] = [next[to]!, next[at]!];
	return next;
}
