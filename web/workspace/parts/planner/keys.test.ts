import { beforeEach, expect, test } from 'vitest';
import { stop_beside } from './keys';

/* Two days, two people; the first has two shifts on the first day, and the head has no stops of its own. */
beforeEach(() => {
	document.body.innerHTML = `<table>
		<tr><td data-row="-1" data-column="0"></td><td data-row="-1" data-column="1"></td></tr>
		<tr><td data-row="0" data-column="0"><b data-stop="a"></b><b data-stop="b"></b></td><td data-row="0" data-column="1"><b data-stop="c"></b></td></tr>
		<tr><td data-row="1" data-column="0"><b data-stop="d"></b></td><td data-row="1" data-column="1"><b data-stop="e"></b></td></tr>
	</table>`;
});

function beside(stop: string, key: string, is_rtl = false): string | null {
	const table = document.querySelector<HTMLElement>('table')!;
	return stop_beside(table, table.querySelector<HTMLElement>(`[data-stop="${stop}"]`)!, key, is_rtl)?.dataset['stop'] ?? null;
}

test('down and up go through the shifts of a day, then to the next person', () => {
	expect([beside('a', 'ArrowDown'), beside('b', 'ArrowDown'), beside('d', 'ArrowDown')]).toEqual(['b', 'd', null]);
	expect([beside('d', 'ArrowUp'), beside('b', 'ArrowUp'), beside('a', 'ArrowUp')]).toEqual(['b', 'a', null]);
});

test('left and right are earlier and later as one reads, and end at the edges', () => {
	expect([beside('b', 'ArrowRight'), beside('c', 'ArrowRight'), beside('c', 'ArrowLeft')]).toEqual(['c', null, 'a']);
	expect([beside('b', 'ArrowLeft', true), beside('c', 'ArrowRight', true)]).toEqual(['c', 'a']);
	expect([beside('d', 'End'), beside('e', 'Home'), beside('e', 'x')]).toEqual(['e', 'd', null]);
});
