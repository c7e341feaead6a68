import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const hoisted = vi.hoisted(() => {
	const time = (shift: object): object => ({ person: 1, day: '2026-03-30', from_minute: 540, minutes: 480, starts_at: '2026-03-30T09:00:00Z', ends_at: '2026-03-30T17:00:00Z', ...shift });
	return { times: { weekly: time({ shift: 7 }), extra: time({ exception: 8 }) } as Record<string, object>, ui: { layer: null }, may: true, sent: [] as object[], refused: false, told: [] as string[], opened: [] as object[] };
});

vi.mock('../../state/ui.svelte', () => ({ ui: hoisted.ui }));
vi.mock('../../state/workspace.svelte', () => ({ workspace: {
	tell: (text: string) => hoisted.told.push(text),
	act: async (run: () => Promise<void>) => { try { await run(); return true; } catch (reason) { hoisted.told.push(String(reason)); return false; } },
} }));
vi.mock('./change', () => ({ told_of: () => () => null, change_shift: async (_: unknown, to: object) => {
	if (hoisted.refused)
		throw new Error('no');
	hoisted.sent.push(to);
	return { text: 'done', action: null };
} }));
vi.mock('./planner.svelte', () => ({ planner: {
	get may() { return hoisted.may; },
	span: 'day',
	axes: new Map([['2026-03-30', { starts_at: Date.parse('2026-03-30T08:00:00Z'), ends_at: Date.parse('2026-03-30T18:00:00Z'), slots: [] }]]),
	clock: (at: number) => ({ day: new Date(at).toISOString().slice(0, 10), minute: (at / 60_000) % 1440 }),
	day_of: (day: string) => ({ day, weekday: 1, starts_at: `${day}T00:00:00Z`, ends_at: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString() }),
	shift_of: (key: string) => ({ person: { id: 1, name: 'Ann' }, time: hoisted.times[key] }),
	exception: () => undefined,
	open: (opened: object) => { hoisted.opened.push(opened); (hoisted.ui as { layer: unknown }).layer = 'page'; },
} }));

const { dragging } = await import('./dragging.svelte');

/* A day of ten hours, 1,000 px wide, for Ann and for Ben below her; a shift from 9 to 17 in it. */
function rect(element: Element | null, left: number, top: number, width: number): void {
	element!.getBoundingClientRect = () => ({ left, top, width, height: 40, right: left + width, bottom: top + 40, x: left, y: top, toJSON: () => '' });
}

beforeEach(() => {
	vi.useFakeTimers();
	hoisted.may = true;
	hoisted.refused = false;
	(hoisted.ui as { layer: unknown }).layer = null;
	hoisted.sent.length = hoisted.told.length = hoisted.opened.length = 0;
	document.body.innerHTML = `<table><tr><td data-person="1" data-day="2026-03-30"><button data-stop="s" data-shift="weekly"></button><button data-stop="s" data-shift="extra"></button></td></tr>
		<tr><td data-person="2" data-day="2026-03-30"></td></tr></table>`;
	const [own, other] = document.querySelectorAll('td');
	rect(own!, 0, 0, 1000);
	rect(other!, 0, 100, 1000);
	for (const bar of document.querySelectorAll('button'))
		rect(bar, 100, 0, 800);
	document.elementsFromPoint = (_, y) => [y < 100 ? own! : other!];
	window.matchMedia = (() => ({ matches: true })) as never;
});

afterEach(() => {
	dragging.forget();
	vi.runAllTimers();
	vi.useRealTimers();
});

function point(type: string, x: number, y: number, pointerType = 'mouse'): PointerEvent {
	return new PointerEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: 1, isPrimary: true, button: 0, pointerType });
}

function press(name: string, x = 500, y = 10, pointerType = 'mouse'): void {
	const event = point('pointerdown', x, y, pointerType);
	document.querySelector(`[data-shift="${name}"]`)!.dispatchEvent(event);
	dragging.pressed(event);
}
const move = (x: number, y: number, pointerType = 'mouse'): unknown => window.dispatchEvent(point('pointermove', x, y, pointerType));
const let_go = (x = 0, y = 0): unknown => window.dispatchEvent(point('pointerup', x, y));

function is_clicked(): boolean {
	let is_heard = false;
	const bar = document.querySelector('button')!;
	bar.onclick = () => { is_heard = true; };
	bar.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
	return is_heard;
}

test('what moves less than four px is a click; more is none', () => {
	press('weekly');
	move(503, 10);
	expect(dragging.held).toBeNull();
	let_go();
	expect(is_clicked()).toBe(true);
	vi.runAllTimers();
	press('weekly');
	move(504, 10);
	expect(dragging.held?.phase).toBe('held');
	move(500, 10);
	let_go();
	expect(is_clicked()).toBe(false);
	expect([dragging.held, hoisted.opened]).toEqual([null, []]);
	vi.runAllTimers();
	expect(is_clicked()).toBe(true);
});

test('a finger that moves at once scrolls; one that has rested drags', () => {
	press('weekly', 500, 10, 'touch');
	move(500, 25, 'touch');
	vi.advanceTimersByTime(1000);
	expect(dragging.held).toBeNull();
	press('weekly', 500, 10, 'touch');
	move(505, 12, 'touch');
	vi.advanceTimersByTime(399);
	expect(dragging.held).toBeNull();
	vi.advanceTimersByTime(1);
	expect(dragging.held?.phase).toBe('held');
	const scrolls = new Event('touchmove', { cancelable: true }) as TouchEvent;
	dragging.touched(scrolls);
	expect(scrolls.defaultPrevented).toBe(true);
});

test('a weekly one is asked about where it was dropped, and goes back when that is closed', () => {
	press('weekly');
	move(511, 110);
	expect(dragging.held?.to).toEqual({ person: 2, day: '2026-03-30', from_minute: 540, minutes: 480 });
	move(600, 110);
	expect(dragging.held?.to).toEqual({ person: 2, day: '2026-03-30', from_minute: 600, minutes: 480 });
	let_go();
	expect(hoisted.opened).toMatchObject([{ kind: 'time', to: { person: 2, from_minute: 600 } }]);
	dragging.closed();
	expect(dragging.held?.phase).toBe('asked');
	(hoisted.ui as { layer: unknown }).layer = null;
	dragging.closed();
	expect(dragging.held).toBeNull();
});

test('by its ends it is longer or shorter and stays where it is', () => {
	press('weekly', 897);
	move(797, 150);
	expect(dragging.held?.to).toEqual({ person: 1, day: '2026-03-30', from_minute: 540, minutes: 420 });
	let_go();
	expect(hoisted.opened).toHaveLength(1);
});

test('an extra one is sent at once, and goes back where the desk refuses it', async () => {
	press('extra');
	move(525, 10);
	let_go();
	expect(dragging.held?.phase).toBe('sent');
	await vi.waitFor(() => expect(dragging.held).toBeNull());
	expect([hoisted.sent, hoisted.told]).toEqual([[{ person: 1, day: '2026-03-30', from_minute: 555, minutes: 480 }], ['done']]);
	hoisted.refused = true;
	vi.runAllTimers();
	press('extra');
	move(525, 10);
	let_go();
	await vi.waitFor(() => expect(dragging.held).toBeNull());
	expect([hoisted.sent.length, hoisted.told]).toEqual([1, ['done', 'Error: no']]);
});

test('Escape and a pointer that is taken away put it back, and nothing else is heard of the key', () => {
	press('weekly');
	move(700, 10);
	const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }), heard = vi.fn();
	document.body.addEventListener('keydown', heard, { once: true });
	document.querySelector('[data-shift="weekly"]')!.dispatchEvent(escape);
	document.body.removeEventListener('keydown', heard);
	expect([dragging.held, escape.defaultPrevented, heard.mock.calls]).toEqual([null, true, []]);
	move(800, 10);
	let_go();
	expect([dragging.held, hoisted.opened, is_clicked()]).toEqual([null, [], false]);
	vi.runAllTimers();
	press('weekly');
	move(700, 10);
	window.dispatchEvent(point('pointercancel', 700, 10));
	expect(dragging.held).toBeNull();
});

test('who may not plan drags nothing', () => {
	hoisted.may = false;
	press('weekly');
	move(700, 10);
	expect(dragging.held).toBeNull();
});
