/*
 * Dragging in the plan: a shift to another time, day or person, or its ends. With a mouse or a pen at once, with a finger after it has rested a
 * moment, so that one still scrolls; what moves less than a few px is a click. Escape, or letting go where it was, changes nothing.
 *
 * In the week a cell is narrow: within its own cell a shift is dragged through time, slower than the pointer, in another one it keeps its times. What is dragged is
 * drawn by Ghost; the plan itself changes when the desk has answered, and what is refused goes back.
 */
import { ui } from '../../state/ui.svelte';
import { workspace } from '../../state/workspace.svelte';
import { change_shift, told_of } from './change';
import { click_px, dragged, is_same, ms_of, part_at, place_of, type Part, type Place } from './drag';
import { planner, type Person } from './planner.svelte';
import type { Time } from './week';

/* Where the ghost is drawn: of a day the whole cell, in which the bar has its place (Shift). */
interface Rect {
	left: number;
	top: number;
	width: number;
}

export interface Held {
	key: string;
	person: Person;
	time: Time;
	part: Part;
	to: Place;
	rect: Rect;
	looks: 'week' | 'day' | 'list';
	/* held: under the pointer; asked: dropped, and a question about it is open; sent: to the desk; back: on its way to where it was. */
	phase: 'held' | 'asked' | 'sent' | 'back';
}

/* What is pressed and may become dragging. */
interface Press {
	pointer: number;
	is_touch: boolean;
	x: number;
	y: number;
	/* Of the bar, above where it is held. */
	above: number;
	bar: HTMLElement;
	part: Part;
	person: Person;
	time: Time;
	/* It has become dragging: its click is none. */
	is_dragging: boolean;
	timer?: ReturnType<typeof setTimeout>;
	stop: AbortController;
}

const rest_ms = 400, tremble_px = 10, back_ms = 150, scroll_edge_px = 48, scroll_step_px = 12, gap_px = 4, step_px = 4, still_px = 12;
const edge_px = { mouse: 8, touch: 16 };

class Dragging {
	held = $state.raw<Held | null>(null);
	/* Told where something is now. */
	landed: ((place: Place) => void) | null = null;
	private press: Press | null = null;
	private at = { x: 0, y: 0 };

	pressed(event: PointerEvent): void {
		const bar = (event.target as HTMLElement).closest<HTMLElement>('[data-shift]'), found = bar ? planner.shift_of(bar.dataset['shift']!) : null;
		if (!bar || !found || !planner.may || this.held || this.press || event.button !== 0 || !event.isPrimary)
			return;
		const is_touch = event.pointerType === 'touch', rect = bar.getBoundingClientRect();
		const part = looks_of(bar) === 'list' ? 'whole' : part_at(event.clientX, rect, is_touch ? edge_px.touch : edge_px.mouse, is_rtl(bar));
		const press: Press = { ...found, bar, part, pointer: event.pointerId, is_touch, x: event.clientX, y: event.clientY, above: event.clientY - rect.top, is_dragging: false, stop: new AbortController() };
		this.at = { x: press.x, y: press.y };
		this.press = press;
		this.listen(press);
		if (is_touch)
			press.timer = setTimeout(() => this.begin(press), rest_ms);
	}

	private listen(press: Press): void {
		const on = <K extends keyof WindowEventMap>(name: K, run: (event: WindowEventMap[K]) => void, options: AddEventListenerOptions = {}): void =>
			window.addEventListener(name, run, { ...options, signal: press.stop.signal });
		const of_it = (run: (event: PointerEvent) => void) => (event: PointerEvent): void => { if (event.pointerId === press.pointer && this.press === press) run(event); };
		on('pointermove', of_it((event) => this.moved(press, event)));
		on('pointerup', of_it(() => this.let_go()));
		on('pointercancel', of_it(() => this.cancel()));
		on('blur', () => this.cancel());
		on('scroll', () => this.place(), { capture: true });
		on('keydown', (event) => this.key(event), { capture: true });
		on('contextmenu', (event) => { if (press.is_touch) event.preventDefault(); });
		on('click', (event) => {
			if (!press.is_dragging)
				return;
			event.preventDefault();
			event.stopPropagation();
		}, { capture: true });
	}

	/* A finger or a pen that drags does not scroll. */
	touched(event: TouchEvent): void {
		if (this.press && event.cancelable && (this.press.is_dragging || !this.press.is_touch))
			event.preventDefault();
	}

	/* Other keys do nothing meanwhile. */
	private key(event: KeyboardEvent): void {
		if (this.held?.phase !== 'held' || event.ctrlKey || event.metaKey || event.altKey)
			return;
		event.preventDefault();
		event.stopPropagation();
		if (event.key === 'Escape')
			this.put_back();
	}

	private moved(press: Press, event: PointerEvent): void {
		this.at = { x: event.clientX, y: event.clientY };
		const way = Math.hypot(this.at.x - press.x, this.at.y - press.y);
		if (press.is_dragging)
			this.place();
		else if (!press.is_touch && way >= click_px)
			this.begin(press);
		else if (press.is_touch && way >= tremble_px)
			this.end_press();
	}

	private begin(press: Press): void {
		const { bar, person, time, part } = press;
		if (!bar.isConnected || this.held)
			return this.end_press();
		press.is_dragging = true;
		this.held = { key: bar.dataset['shift']!, person, time, part, to: place_of(time), rect: this.rect_in(press, cell_of(bar)), looks: looks_of(bar), phase: 'held' };
		this.place();
		if (part === 'whole')
			this.scroll(press, scroller_of(bar));
	}

	/* Where it would be dropped, and where that is on the screen. */
	private place(): void {
		const { held, press } = this;
		if (held?.phase !== 'held' || !press)
			return;
		if (!press.bar.isConnected)
			return this.put_back();
		const own = cell_of(press.bar), cell = held.part === 'whole' ? cell_under(this.at, held.looks) ?? cell_at(held.to, held.looks) ?? own : own;
		this.held = { ...held, to: this.place_in(cell, own, held), rect: this.rect_in(press, cell) };
	}

	private place_in(cell: HTMLElement, own: HTMLElement, { time, part, looks }: Held): Place {
		const there = { person: Number(cell.dataset['person'] ?? time.person), day: cell.dataset['day']! };
		const day = planner.day_of(time.day), axis = planner.axes.get(time.day);
		if (looks === 'list' || !day || !axis || (looks === 'week' && cell !== own))
			return { ...place_of(time), ...there };
		/* On the way to somebody else nobody keeps a straight line. */
		const way = this.at.x - this.press!.x, px = cell !== own && Math.abs(way) < still_px ? 0 : way;
		const ms = ms_of(px, own.getBoundingClientRect().width, axis, is_rtl(own), looks === 'week' ? step_px : 0);
		return { ...dragged(time, part, ms, day, planner.clock), ...there };
	}

	private rect_in({ bar, above }: Press, cell: HTMLElement): Rect {
		const looks = looks_of(bar), box = cell.getBoundingClientRect(), { left, top, width } = bar.getBoundingClientRect();
		if (looks === 'list')
			return { left, top: this.at.y - above, width };
		const is_own = cell === cell_of(bar), at = is_own ? top : free_top(cell);
		return looks === 'day' ? { left: box.left, top: at, width: box.width } : { left: is_own ? left : box.left + gap_px, top: at, width };
	}

	/* Taken near the edge of what scrolls, it goes on by itself. */
	private scroll(press: Press, box: Element): void {
		if (this.held?.phase !== 'held' || this.press !== press)
			return;
		const rect = box.getBoundingClientRect(), top = Math.max(0, rect.top), bottom = Math.min(window.innerHeight, rect.bottom);
		const { y } = this.at, by = y < Math.min(top + scroll_edge_px, press.y - tremble_px) ? -scroll_step_px : y > Math.max(bottom - scroll_edge_px, press.y + tremble_px) ? scroll_step_px : 0;
		if (by)
			box.scrollBy({ top: by, behavior: 'instant' });
		requestAnimationFrame(() => this.scroll(press, box));
	}

	private let_go(): void {
		const { held } = this;
		this.end_press();
		if (held?.phase !== 'held')
			return;
		if (is_same(held.to, place_of(held.time)))
			return this.put_back();
		if (held.time.exception !== undefined)
			return void this.send(held);
		this.held = { ...held, phase: 'asked' };
		planner.open({ kind: 'time', person: held.person, time: held.time, to: held.to });
	}

	private async send(dropped: Held): Promise<void> {
		const held: Held = { ...dropped, phase: 'sent' }, { time, to } = held;
		this.held = held;
		const is_done = await workspace.act(async () => {
			const { text, action } = await change_shift(time, to, { scope: 'once', reason: planner.exception(time.exception)?.reason ?? '' });
			workspace.tell(text, false, action);
		}, told_of(time, to));
		if (is_done)
			this.done(held, to);
		else if (this.held === held)
			this.put_back();
	}

	/* The plan has what was held. */
	done(held: Held | null, place: Place): void {
		if (this.held === held)
			this.held = null;
		this.landed?.(place);
	}

	/* The question about it was closed. */
	closed(): void {
		if (this.held?.phase === 'asked' && ui.layer === null)
			this.put_back();
	}

	private put_back(): void {
		const { held } = this, bar = held ? document.querySelector<HTMLElement>(`[data-shift="${held.key}"]`) : null;
		if (!held || held.phase === 'back')
			return;
		if (!bar || matchMedia('(prefers-reduced-motion: reduce)').matches)
			return void (this.held = null);
		const { left, width } = (held.looks === 'day' ? cell_of(bar) : bar).getBoundingClientRect(), { top } = bar.getBoundingClientRect();
		const back: Held = { ...held, to: place_of(held.time), rect: { left, top, width }, phase: 'back' };
		this.held = back;
		setTimeout(() => { if (this.held === back) this.held = null; }, back_ms);
	}

	/* The page goes. */
	forget(): void {
		this.end_press();
		this.held = null;
	}

	/* The pointer was taken away. */
	private cancel(): void {
		if (this.held?.phase === 'held')
			this.put_back();
		this.end_press();
	}

	private end_press(): void {
		const { press } = this;
		clearTimeout(press?.timer);
		this.press = null;
		/* The click of what was let go comes right after. */
		setTimeout(() => press?.stop.abort());
	}
}

export const dragging = new Dragging();

function is_rtl(element: Element): boolean {
	return getComputedStyle(element).direction === 'rtl';
}

function looks_of(bar: HTMLElement): Held['looks'] {
	return bar.dataset['stop'] === undefined ? 'list' : planner.span;
}

/* Of a day of somebody; in the list of a phone, of everybody. */
const cells = { list: 'section[data-day]', week: 'td[data-person][data-day]', day: 'td[data-person][data-day]' };

function cell_of(bar: HTMLElement): HTMLElement {
	return bar.closest<HTMLElement>('[data-day]')!;
}

function cell_under({ x, y }: { x: number; y: number }, looks: Held['looks']): HTMLElement | null {
	return document.elementsFromPoint(x, y).map((each) => each.closest<HTMLElement>(cells[looks])).find((each) => each) ?? null;
}

function cell_at(place: Place, looks: Held['looks']): HTMLElement | null {
	return document.querySelector<HTMLElement>(looks === 'list' ? `section[data-day="${place.day}"]` : `td[data-person="${place.person}"][data-day="${place.day}"]`);
}

/* Below what is in a cell already. */
function free_top(cell: HTMLElement): number {
	const bars = [...cell.querySelectorAll('[data-shift]')].map((each) => each.getBoundingClientRect().bottom);
	return Math.max(cell.getBoundingClientRect().top, ...bars) + gap_px;
}

function scroller_of(element: HTMLElement): Element {
	for (let each = element.parentElement; each; each = each.parentElement) {
		if (/auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight)
			return each;
	}
	return document.scrollingElement ?? document.documentElement;
}
