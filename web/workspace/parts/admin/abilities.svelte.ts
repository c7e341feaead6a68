/*
 * What people take, as far as the list shows it: read one after the other, each when its row is first seen, so that a desk of many people
 * is not asked for all of them at once.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { PersonAbilitiesAnswer } from '../../../client/api.gen';
import type { Door } from '../../../client/door';

export type Ability = PersonAbilitiesAnswer;

export class Abilities {
	private readonly door: Door;
	private readonly known = new SvelteMap<number, Ability>();
	private readonly asked = new Set<number>();
	private last: Promise<unknown> = Promise.resolve();

	constructor(door: Door) {
		this.door = door;
	}

	/* Undefined: not read yet. */
	of(person: number): Ability | undefined {
		return this.known.get(person);
	}

	want(person: number): void {
		if (this.asked.has(person))
			return;
		this.asked.add(person);
		this.last = this.last.then(() => this.read(person)).catch(() => this.asked.delete(person));
	}

	async read(person: number): Promise<Ability> {
		const found = await this.door.get<Ability>(`/people/${person}/abilities`);
		this.known.set(person, found);
		return found;
	}

	async change(person: number, asked: { cap: number; topics: string[]; languages: string[] }): Promise<void> {
		this.known.set(person, await this.door.put<Ability>(`/people/${person}/abilities`, asked));
	}
}

/* One a line, without blanks around and without the same twice. */
export function lines_of(text: string): string[] {
	return [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
}
