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
	private readonly failed = new Set<number>();
	private readonly told: (reason: unknown) => void;
	private last: Promise<unknown> = Promise.resolve();

	/* `told`: why somebody's could not be read; of many that follow one another it is told once. */
	constructor(door: Door, told: (reason: unknown) => void) {
		this.door = door;
		this.told = told;
	}

	/* Undefined: not read yet. */
	of(person: number): Ability | undefined {
		return this.known.get(person);
	}

	want(person: number): void {
		if (this.asked.has(person))
			return;
		this.asked.add(person);
		this.last = this.last.then(() => this.read(person)).catch((reason: unknown) => this.miss(person, reason));
	}

	/* What could not be read is asked for once more. */
	async again(): Promise<void> {
		const missed = [...this.failed];
		this.failed.clear();
		missed.forEach((person) => this.want(person));
		await this.last;
	}

	private miss(person: number, reason: unknown): void {
		this.asked.delete(person);
		if (this.failed.size === 0)
			this.told(reason);
		this.failed.add(person);
	}

	async read(person: number): Promise<Ability> {
		const found = await this.door.get<Ability>(`/people/${person}/abilities`);
		this.known.set(person, found);
		this.failed.delete(person);
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
