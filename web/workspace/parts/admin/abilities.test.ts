import { expect, test, vi } from 'vitest';
import type { Door } from '../../../client/door';
import { Abilities } from './abilities.svelte';

test('what could not be read is told once, and read when it is asked for again', async () => {
	let is_cut = true;
	const told = vi.fn();
	const get = vi.fn(async (path: string) => {
		if (is_cut)
			throw new Error('cut');
		return { person: Number(path.split('/')[2]), topics: [], languages: [] };
	});
	const abilities = new Abilities({ get } as unknown as Door, told);
	[1, 2, 3].forEach((person) => abilities.want(person));
	await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(3));
	await abilities.again();
	expect(told).toHaveBeenCalledTimes(2);
	expect(abilities.of(1)).toBeUndefined();

	is_cut = false;
	await abilities.again();
	expect([1, 2, 3].map((person) => abilities.of(person)?.topics)).toEqual([[], [], []]);
	get.mockClear();
	await abilities.again();
	abilities.want(2);
	expect(get).not.toHaveBeenCalled();
	expect(told).toHaveBeenCalledTimes(2);
});
