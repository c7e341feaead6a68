/*
 * A list that holds still while somebody points at it: what would move a row waits, behind "3 new". Pure.
 */

/* Whether the row that is pointed at keeps its place in `next`: all up to it stay. null: none is pointed at. */
export function keeps_place(shown: readonly string[], next: readonly string[], pointed_at: string | null): boolean {
	const at = pointed_at === null ? -1 : shown.indexOf(pointed_at);
	return shown.slice(0, at + 1).every((key, i) => key === next[i]);
}

/* How many rows of `next` are not shown. */
export function count_new(shown: readonly string[], next: readonly string[]): number {
	const known = new Set(shown);
	return next.reduce((count, key) => (known.has(key) ? count : count + 1), 0);
}
