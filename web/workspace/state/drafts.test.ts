import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lost, type Door } from '../../client/door';
import { keep_in_memory, type Keep } from '../../client/storage';
import { Drafts, type DraftMode } from './drafts.svelte';

const conversation = 'kPabcdefghijklmnopqrs-';

interface Kept { mode: DraftMode; generation: number; text: string }

/* The desk's side: a draft of a lower generation changes nothing. */
class FakeDrafts {
	readonly kept = new Map<string, Kept>();
	is_reachable = true;
	loses_answers = false;
	saves = 0;

	set(mode: DraftMode, generation: number, text: string): Kept {
		const known = this.kept.get(mode);
		if (!known || known.generation <= generation)
			this.kept.set(mode, { mode, generation, text });
		return this.kept.get(mode)!;
	}

	door(): Door {
		const reach = (): void => { if (!this.is_reachable) throw new Lost('away'); };
		return {
			get: async (path: string) => { reach(); return { drafts: [...this.kept.values()].filter((each) => path.includes('?') || each.text !== '').map((each) => ({ ...each, conversation })) }; },
			post: async (_path: string, body: { mode: DraftMode; generation: number; text?: string }) => {
				reach();
				this.saves++;
				const draft = this.set(body.mode, body.generation, body.text ?? '');
				if (this.loses_answers)
					throw new Lost('the answer');
				return { ...draft, conversation };
			},
		} as unknown as Door;
	}
}

let desk: FakeDrafts;
let under_way = -1;
const machine = (keep: Keep = keep_in_memory()): Drafts => new Drafts(desk.door(), keep, () => 'person-7', (_c, _m, generation) => generation === under_way);
const type = (drafts: Drafts, keep: Keep, text: string, mode: DraftMode = 'message'): void => {
	keep.set(drafts.key(conversation, mode), text);
	drafts.write(conversation, mode);
};

beforeEach(() => { vi.useFakeTimers(); desk = new FakeDrafts(); under_way = -1; });
afterEach(() => { vi.useRealTimers(); });

test('a draft is on the desk within two seconds, once for many strokes, and appears on another machine', async () => {
	const keep = keep_in_memory(), here = machine(keep);
	for (const text of ['G', 'Go', 'Good'])
		type(here, keep, text);
	await vi.advanceTimersByTimeAsync(2000);
	expect(desk.kept.get('message')).toEqual({ mode: 'message', generation: 1, text: 'Good' });
	expect(desk.saves).toBe(1);
	const there = machine();
	await there.read();
	expect(there.text(conversation, 'message')).toBe('Good');
	expect(there.has(conversation)).toBe(true);
	expect(there.changed.key).toBe(there.key(conversation, 'message'));
});

test('a sent draft never comes back: not by a late save, not on another machine', async () => {
	const keep = keep_in_memory(), here = machine(keep), far = keep_in_memory(), there = machine(far);
	type(here, keep, 'Good morning');
	await vi.advanceTimersByTimeAsync(2000);
	await there.read(conversation);
	expect(there.text(conversation, 'message')).toBe('Good morning');
	const generation = here.sent(conversation, 'message');
	desk.set('message', generation + 1, '');
	desk.set('message', generation, 'Good morning');
	await here.read(conversation);
	await there.read();
	await vi.advanceTimersByTimeAsync(10_000);
	expect([here.text(conversation, 'message'), there.text(conversation, 'message'), desk.kept.get('message')!.text]).toEqual(['', '', '']);
	expect(there.has(conversation)).toBe(false);
});

test('the next draft waits until the one before is there, or it would be forgotten with it', async () => {
	const keep = keep_in_memory(), here = machine(keep);
	type(here, keep, 'one');
	under_way = here.sent(conversation, 'message');
	type(here, keep, 'two');
	await vi.advanceTimersByTimeAsync(5000);
	expect(desk.saves).toBe(0);
	desk.set('message', under_way + 1, '');
	under_way = -1;
	await vi.advanceTimersByTimeAsync(2000);
	expect(desk.kept.get('message')).toEqual({ mode: 'message', generation: 2, text: 'two' });
});

test('what was written while the desk was away is kept, and saved when it is back', async () => {
	const keep = keep_in_memory();
	desk.is_reachable = false;
	type(machine(keep), keep, 'offline');
	await vi.advanceTimersByTimeAsync(2000);
	desk.is_reachable = true;
	const again = machine(keep);
	await again.read(conversation);
	await vi.advanceTimersByTimeAsync(2000);
	expect([again.text(conversation, 'message'), desk.kept.get('message')?.text]).toEqual(['offline', 'offline']);
});

test('what was sent elsewhere does not come back though the answer to its saving was lost', async () => {
	const keep = keep_in_memory(), here = machine(keep);
	desk.loses_answers = true;
	type(here, keep, 'Good morning');
	await vi.advanceTimersByTimeAsync(1000);
	desk.loses_answers = false;
	desk.set('message', 2, '');
	await here.read(conversation);
	expect(here.text(conversation, 'message')).toBe('');
});

test('modes are drafts of their own, and blanks are none', async () => {
	const keep = keep_in_memory(), here = machine(keep);
	type(here, keep, 'for colleagues', 'note');
	type(here, keep, '  ');
	await vi.advanceTimersByTimeAsync(2000);
	expect([...desk.kept.keys()]).toEqual(['note']);
	expect(here.text(conversation, 'note')).toBe('for colleagues');
});

test('all pages of drafts are read, and what is on a later one is not taken for sent', async () => {
	const key = (n: number): string => `kPabcdefghijklmnopqr-${n}`;
	const row = (n: number): object => ({ conversation: key(n), mode: 'note', generation: 1, text: `the ${n}th` });
	const asked: string[] = [];
	const pages: Record<string, object> = {
		'/me/drafts': { drafts: [row(1), row(2)], more: true },
		[`/me/drafts?before=${key(2)}&before_mode=note`]: { drafts: [row(3)], more: false },
	};
	const drafts = new Drafts({ get: async (path: string) => { asked.push(path); return pages[path]; } } as unknown as Door, keep_in_memory(), () => 'person-7', () => false);
	await drafts.read();
	expect([1, 2, 3].map((n) => drafts.text(key(n), 'note'))).toEqual(['the 1th', 'the 2th', 'the 3th']);
	expect(asked).toEqual(Object.keys(pages));
});
