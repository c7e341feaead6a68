/*
 * Who is on duty, with which seat and how many chats, and the pools: the rows of the hand-over board. Read when the link comes up and
 * told of by seat.changed and pool.changed. Who is offline has no row.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { DutyRow, Pool } from '../../client/api';
import type { Door } from '../../client/door';

/* A seat of one's own: chats may be held there. */
export function has_seat(row: DutyRow | undefined): boolean {
	return row !== undefined && row.seat !== 'none';
}

/* In the order of the line for seats. */
function in_line(a: DutyRow, b: DutyRow): number {
	const since = (row: DutyRow): string => row.line_since ?? '';
	return since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : a.id - b.id;
}

/* Those who have a seat, and those in the line before and with `row`; whoever is on the phone is passed by. Pure. */
export function place_of(row: DutyRow, rows: readonly DutyRow[]): number {
	return 1 + rows.filter((each) => each.pool === row.pool && each.status === 'line' && each.id !== row.id && in_line(each, row) < 0).length;
}

/* Who will free a seat of that pool first: of those who wind down the one with the fewest chats. */
export function next_to_go(pool: number | undefined, rows: readonly DutyRow[]): DutyRow | undefined {
	return rows.filter((row) => row.pool === pool && row.status === 'winding').sort((a, b) => a.chats - b.chats || a.id - b.id)[0];
}

export class Duty {
	private readonly door: Door;
	private readonly me: () => number | undefined;
	private readonly rows = new SvelteMap<number, DutyRow>();
	readonly pools = new SvelteMap<number, Pool>();
	is_loaded = $state(false);

	all = $derived([...this.rows.values()]);
	/* That of everybody first, then by the name of the team. */
	in_order = $derived([...this.pools.values()].sort((one, other) => Number(one.team !== undefined) - Number(other.team !== undefined)
		|| (one.team_name ?? '').localeCompare(other.team_name ?? '')));
	mine = $derived.by(() => this.rows.get(this.me() ?? 0));
	my_pool = $derived(this.mine?.pool === undefined ? undefined : this.pools.get(this.mine.pool));
	/* In the line for seats; null: not in it. */
	place = $derived(this.mine && (this.mine.status === 'line' || this.mine.status === 'phone') ? place_of(this.mine, this.all) : null);

	constructor(door: Door, me: () => number | undefined) {
		this.door = door;
		this.me = me;
	}

	row(person: number): DutyRow | undefined {
		return this.rows.get(person);
	}

	people_of(pool: number): DutyRow[] {
		return this.all.filter((row) => row.pool === pool && has_seat(row)).sort((a, b) => a.name.localeCompare(b.name));
	}

	line_of(pool: number): DutyRow[] {
		return this.all.filter((row) => row.pool === pool && !has_seat(row)).sort(in_line);
	}

	hear(row: DutyRow): void {
		if (row.status === 'offline')
			this.rows.delete(row.id);
		else
			this.rows.set(row.id, row);
	}

	hear_pool(pool: Pool): void {
		if (pool.is_removed)
			this.pools.delete(pool.id);
		else
			this.pools.set(pool.id, pool);
	}

	async read(): Promise<void> {
		const board = await this.door.get<{ people: DutyRow[]; pools: Pool[] }>('/seats');
		this.rows.clear();
		this.pools.clear();
		for (const row of board.people)
			this.hear(row);
		for (const pool of board.pools)
			this.hear_pool(pool);
		this.is_loaded = true;
	}
}
