/*
 * The keys of the plan, as of a grid: one place of it can be reached by Tab, arrows step on from there. A cell may have several stops (two
 * shifts of a day), which Up and Down go through. Cells carry data-row and data-column, stops data-stop.
 */
export interface PlanKeys {
	page: (by: 1 | -1) => void;
	add: (cell: HTMLElement) => void;
	remove: (stop: HTMLElement) => void;
}

function stops_of(table: HTMLElement, row: number, column: number): HTMLElement[] {
	return [...table.querySelectorAll<HTMLElement>(`[data-row="${row}"][data-column="${column}"] [data-stop]`)];
}

function place_of(cell: HTMLElement): { row: number; column: number } {
	return { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

/* The stop beside one in a direction; null: there is none. */
export function stop_beside(table: HTMLElement, stop: HTMLElement, key: string, is_rtl: boolean): HTMLElement | null {
	const cell = stop.closest<HTMLElement>('[data-row]');
	if (!cell)
		return null;
	const { row, column } = place_of(cell), here = stops_of(table, row, column);
	const rows = [...new Set([...table.querySelectorAll<HTMLElement>('[data-row]')].map((each) => Number(each.dataset['row'])))].sort((one, other) => one - other);
	const vertical = (by: 1 | -1): HTMLElement | null => {
		const next = here[here.indexOf(stop) + by];
		if (next)
			return next;
		for (let i = rows.indexOf(row) + by; i >= 0 && i < rows.length; i += by) {
			const found = stops_of(table, rows[i]!, column).at(by > 0 ? 0 : -1);
			if (found)
				return found;
		}
		return null;
	};
	const last = Math.max(...[...table.querySelectorAll<HTMLElement>(`[data-row="${row}"]`)].map((each) => Number(each.dataset['column'])));
	switch (key) {
	case 'ArrowDown': return vertical(1);
	case 'ArrowUp': return vertical(-1);
	case 'ArrowRight': return stops_of(table, row, column + (is_rtl ? -1 : 1))[0] ?? null;
	case 'ArrowLeft': return stops_of(table, row, column + (is_rtl ? 1 : -1))[0] ?? null;
	case 'Home': return stops_of(table, row, 0)[0] ?? null;
	case 'End': return stops_of(table, row, last)[0] ?? null;
	default: return null;
	}
}

export function plan_key(event: KeyboardEvent, keys: PlanKeys): void {
	const table = event.currentTarget as HTMLElement, stop = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]');
	if (!stop || event.ctrlKey || event.metaKey || event.altKey)
		return;
	const cell = stop.closest<HTMLElement>('[data-row]')!;
	if (event.key === 'PageUp' || event.key === 'PageDown')
		keys.page(event.key === 'PageUp' ? -1 : 1);
	else if (event.key === '+' || event.key === 'Insert')
		keys.add(cell);
	else if (event.key === 'Delete' || event.key === 'Backspace')
		keys.remove(stop);
	else if (/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key))
		stop_beside(table, stop, event.key, getComputedStyle(table).direction === 'rtl')?.focus();
	else
		return;
	event.preventDefault();
}
