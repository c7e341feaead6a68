import { beforeAll, expect, test, vi } from 'vitest';
import { texts_load } from '../../kit/texts';
import { Refusal } from '../../client/door';
import { Opening } from './opening.svelte';

const told: string[] = [];
vi.mock('../state/workspace.svelte', () => ({ workspace: { tell: (text: string) => told.push(text) } }));
beforeAll(async () => { await texts_load(['en']); });

/* What is sent and not answered yet. */
function under_way(): { run: () => Promise<unknown>; answer: () => void; refuse: () => void } {
	let answer = (): void => {}, refuse = (): void => {};
	const answered = new Promise<void>((done, fail) => {
		answer = done;
		refuse = () => fail(new Refusal({ status: 409, type: 'state', title: 'no', detail: 'is taken', field: 'name' } as never));
	});
	return { run: () => answered, answer, refuse };
}

test('an answer closes the dialog in which it was asked for', async () => {
	const opening = new Opening<string>('name'), { run, answer } = under_way();
	opening.open('one');
	const sent = opening.send(run);
	expect(opening.form.is_busy).toBe(true);
	answer();
	expect(await sent).toBe('done');
	expect(opening.of).toBeNull();
});

test('a late one leaves the next dialog open, even where that is about the same', async () => {
	const opening = new Opening<string>('name'), { run, answer } = under_way();
	opening.open('one');
	const sent = opening.send(run);
	opening.close();
	opening.open('one');
	expect(opening.form.is_busy).toBe(false);
	answer();
	expect(await sent).toBe('late');
	expect(opening.of).toBe('one');
});

test('what is refused late is told, and is not written into the next dialog', async () => {
	const opening = new Opening<string>('name'), { run, refuse } = under_way();
	opening.open('one');
	const sent = opening.send(run, () => 'Somebody was quicker.');
	opening.close();
	opening.open('other');
	refuse();
	expect(await sent).toBe('refused');
	expect([opening.of, opening.form.error('name'), told]).toEqual(['other', null, ['Somebody was quicker.']]);
});

test('what is refused in time stands in its field, and is not told besides', async () => {
	told.length = 0;
	const opening = new Opening<string>('name'), { run, refuse } = under_way();
	opening.open('one');
	const sent = opening.send(run, () => 'Somebody was quicker.');
	refuse();
	expect(await sent).toBe('refused');
	expect([opening.of, opening.form.error('name'), told]).toEqual(['one', 'Somebody was quicker.', []]);
});
