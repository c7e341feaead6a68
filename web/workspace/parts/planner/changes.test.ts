import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Refusal } from '../../../client/door';
import { texts_load } from '../../../kit/texts';
import { workspace_texts_load } from '../../texts';
import { planner_texts_load } from './texts';

const hoisted = vi.hoisted(() => ({ refuse: null as ((reason: unknown) => void) | null }));
const people = [{ id: 1, name: 'Ann' }, { id: 2, name: 'Ben' }, { id: 3, name: 'Cleo' }];
const hours = { person: 1, day: '2026-03-30', from_minute: 540, minutes: 480, starts_at: '2026-03-30T09:00:00Z', ends_at: '2026-03-30T17:00:00Z' };

vi.mock('../../state/ui.svelte', () => ({ ui: { sheet: () => ({ is_open: () => true, close: () => {} }), close: () => {} } }));
vi.mock('../../state/workspace.svelte', () => {
	const wait = (): Promise<never> => new Promise((_, refuse) => { hoisted.refuse = refuse; });
	return { workspace: { door: { put: wait, post: wait }, tell: () => {} } };
});
vi.mock('./dragging.svelte', () => ({ dragging: { held: null, done: () => {} } }));
vi.mock('./planner.svelte', () => ({ planner: {
	first: 1,
	/* The clocks change in the night to 5 April. */
	list: { people, days: ['2026-03-30', '2026-04-05'].map((day) => ({ day, starts_at: `${day}T00:00:00Z`, ends_at: `${day}T${day === '2026-04-05' ? '23' : '24'}:00:00Z` })) },
	name_of: (person: number) => people.find((each) => each.id === person)!.name,
	weekly: () => ({ shift: 7, person: 1, weekday: 1, from_minute: 540, minutes: 480, first_day: '2026-01-05' }),
	exception: () => undefined,
	open: () => {},
	read: async () => {},
} }));

const { default: ChangeWeekly } = await import('./ChangeWeekly.svelte');
const { default: ChangeExtra } = await import('./ChangeExtra.svelte');
const meets = new Refusal({ type: 'urn:softanswer:state', title: '', detail: 'meets the shift on 2026-03-31 from 09:00 to 17:00', field: 'from_minute' } as never);
let shown: object | null = null;

beforeAll(async () => { await workspace_texts_load(await texts_load(['en'])); await planner_texts_load(); });
beforeEach(() => { hoisted.refuse = null; });
afterEach(close);

function close(): void {
	if (shown)
		void unmount(shown);
	shown = null;
}

function open(dialog: typeof ChangeWeekly | typeof ChangeExtra, props: object): void {
	shown = mount(dialog as typeof ChangeWeekly, { target: document.body, props: { person: people[0]!, ...props } as never });
	flushSync();
}

function type(selector: string, value: string): void {
	const field = document.querySelector<HTMLInputElement | HTMLSelectElement>(selector)!;
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
	field.dispatchEvent(new Event('change', { bubbles: true }));
	flushSync();
}

async function send(then = (): void => {}): Promise<string> {
	document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
	await vi.waitFor(() => expect(hoisted.refuse).not.toBeNull());
	then();
	hoisted.refuse!(meets);
	return vi.waitFor(() => document.querySelector('[role=alert]')!.textContent!);
}

test('what is refused where a weekly shift was dropped is said, once or from that day on', async () => {
	open(ChangeWeekly, { time: { ...hours, shift: 7 }, to: { person: 2, day: '2026-03-31', from_minute: 540, minutes: 480 } });
	expect(await send()).toMatch(/^It meets another shift of Ben: /);
});

test('a refusal names whom it was sent for, whoever is chosen meanwhile', async () => {
	for (const [dialog, time] of [[ChangeWeekly, { ...hours, shift: 7 }], [ChangeExtra, { ...hours, exception: 8 }]] as const) {
		open(dialog, { time });
		type('select', '2');
		expect(await send(() => type('select', '3'))).toMatch(/^It meets another shift of Ben: /);
		close();
		hoisted.refuse = null;
	}
});

test('a clock that is not typed in takes back no other choice', () => {
	open(ChangeWeekly, { time: { ...hours, shift: 7 } });
	type('[type=date]', '2026-04-05');
	const says = (): string => document.querySelector('[aria-live]')!.textContent!;
	expect(says()).toContain('Sunday, April 5');
	type('[type=time]', '');
	expect(says()).toContain('Sunday, April 5');
});
