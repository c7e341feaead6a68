/*
 * The week that the planner shows, of one team, with its coverage; read when the place changes and when the desk tells that it is otherwise.
 *
 * The address holds the day and whether a week or a day is shown; the team is kept in the browser.
 */
import type { ShiftCoverageAnswer, ShiftListAnswer } from '../../../client/api.gen';
import { locale } from '../../../kit/texts';
import { router } from '../../state/route.svelte';
import { ui } from '../../state/ui.svelte';
import { workspace } from '../../state/workspace.svelte';
import type { Place } from './drag';
import type { Clock } from './say';
import { p } from './texts';
import { axis_of, day_add, first_weekday, hours_shown, is_due, slots_of, week_begin, zone_clock, type Axis, type Day, type Exception, type Time, type Weekly } from './week';

export type Person = ShiftListAnswer['people'][number];

/* What a dialog is open for. */
export type Opened =
	| { kind: 'new'; person: Person; day: string; is_of_anybody?: boolean }
	/* `to`: where it was dropped. */
	| { kind: 'time'; person: Person; time: Time; to?: Place }
	| { kind: 'off'; person: Person; off: Exception }
	| { kind: 'remove'; person: Person; time: Time }
	| { kind: 'remove-off'; person: Person; off: Exception }
	| { kind: 'holiday'; day: Day }
	| { kind: 'files' };

/* What an element of the plan that shows a shift is called. */
export function shift_key(time: Time): string {
	return `${time.shift ? `shift-${time.shift}` : `extra-${time.exception}`}-${time.day}`;
}

const whose_key = 'softanswer.planner-team', settle_ms = 200;

class Planner {
	list = $state.raw<ShiftListAnswer | null>(null);
	coverage = $state.raw<ShiftCoverageAnswer | null>(null);
	opened = $state.raw<Opened | null>(null);
	/* "pool-1", "team-2"; empty: the first of the choices. */
	whose = $state(workspace.keep.get(whose_key) ?? '');
	/* What the focus in the plan is on. */
	at = $state('');
	private turn = 0;

	readonly first = first_weekday(locale);
	zone = $derived(this.list?.time_zone ?? workspace.desk.time_zone ?? 'UTC');
	clock = $derived<Clock>(zone_clock(this.zone));
	may = $derived(workspace.can_lead);

	/* Of the address; today, where it has none. */
	day = $derived.by(() => {
		const { section } = router.now;
		return section && /^\d{4}-\d\d-\d\d$/.test(section) && !Number.isNaN(Date.parse(section)) ? section : this.today;
	});
	span = $derived<'week' | 'day'>(router.now.object === 'day' ? 'day' : 'week');
	begin = $derived(week_begin(this.day, this.first));
	days = $derived(this.list === null ? [] : this.span === 'week' ? this.list.days : this.list.days.filter((each) => each.day === this.day));

	/* Pools, and teams that have none of their own: their people share everybody's. */
	choices = $derived.by(() => {
		const pools = [...workspace.duty.pools.values()];
		const own = pools.filter((pool) => pool.team !== undefined);
		const teams = [...workspace.teams.values()].filter((team) => !team.is_archived && !own.some((pool) => pool.team === team.id));
		const all = pools.find((pool) => pool.team === undefined);
		const named = [...own.map((pool) => ({ value: `pool-${pool.id}`, label: pool.team_name ?? '' })), ...teams.map((team) => ({ value: `team-${team.id}`, label: team.name }))]
			.sort((one, other) => one.label.localeCompare(other.label));
		return all ? [{ value: `pool-${all.id}`, label: own.length ? p.everybody_else : p.everybody }, ...named] : [];
	});
	chosen = $derived(this.choices.find((choice) => choice.value === this.whose)?.value ?? this.choices[0]?.value ?? '');
	private pool = $derived.by(() => {
		if (this.chosen.startsWith('pool-'))
			return Number(this.chosen.slice(5));
		return [...workspace.duty.pools.values()].find((pool) => pool.team === undefined)?.id;
	});
	people = $derived.by((): Person[] => {
		const team = this.chosen.startsWith('team-') ? workspace.teams.get(Number(this.chosen.slice(5))) : undefined;
		return (this.list?.people ?? []).filter((person) => !team || team.members.includes(person.id));
	});

	axes = $derived.by((): Map<string, Axis> => {
		const slots = this.days.map((day) => slots_of(this.coverage?.half_hours ?? [], day, this.clock));
		/* Somewhere to drag to. */
		const hours = hours_shown(slots, this.span === 'day' && this.may ? 60 : 0);
		return new Map(this.days.map((day, i) => [day.day, axis_of(day, slots[i]!, hours)]));
	});
	/* How many people the strip is high: as many as there are at a time, or seats, if those are not far above. */
	most = $derived.by(() => {
		const people = Math.max(1, ...[...this.axes.values()].flatMap((axis) => axis.slots.map((slot) => slot.most))), seats = this.coverage?.seats ?? 0;
		return seats <= people + 3 ? Math.max(people, seats) : people;
	});

	get today(): string {
		return this.clock(Date.now()).day;
	}

	path(day: string, span = this.span): string {
		return `/w/planner/${day}${span === 'day' ? '/day' : ''}`;
	}

	go(steps: number): void {
		router.go(this.path(day_add(this.day, this.span === 'day' ? steps : steps * 7)));
	}

	choose(whose: string): void {
		this.whose = whose;
		workspace.keep.set(whose_key, whose);
	}

	/* Of the newest asking only; what is shown stays until it comes. */
	async read(): Promise<void> {
		const turn = ++this.turn, asked = `from=${this.begin}&days=7${this.pool === undefined ? '' : `&pool=${this.pool}`}`;
		await workspace.act(async () => {
			const [list, coverage] = await Promise.all([workspace.door.get<ShiftListAnswer>(`/shifts?${asked}`), workspace.door.get<ShiftCoverageAnswer>(`/shifts/coverage?${asked}`)]);
			if (turn !== this.turn)
				return;
			/* Before the pools are known: those of everybody's. */
			this.list = { ...list, people: list.people.filter((person) => person.pool === coverage.pool) };
			this.coverage = coverage;
		});
	}

	/* Reads again when the desk says so; several at once are one. Gives what ends it. */
	listen(): () => void {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const again = (): void => {
			clearTimeout(timer);
			timer = setTimeout(() => void this.read(), settle_ms);
		};
		const stop = workspace.connection.watch_desk({ ready: again,
			event: (event) => void (['shift.changed', 'holiday.changed', 'pool.changed', 'team.changed', 'setting.changed'].includes(event.event) && again()) });
		return () => {
			clearTimeout(timer);
			stop();
		};
	}

	open(opened: Opened): void {
		this.opened = opened;
		ui.layer = 'page';
	}

	weekly(shift: number | undefined): Weekly | undefined {
		return this.list?.shifts.find((each) => each.shift === shift);
	}

	/* By what an element of the plan is called; null: not in the plan any more. */
	shift_of(key: string): { person: Person; time: Time } | null {
		const time = this.list?.times.find((each) => shift_key(each) === key), person = this.people.find((each) => each.id === time?.person);
		return time && person ? { person, time } : null;
	}

	day_of(day: string): Day | undefined {
		return this.days.find((each) => each.day === day);
	}

	name_of(person: number): string {
		return this.list?.people.find((each) => each.id === person)?.name ?? '';
	}

	exception(exception: number | undefined): Exception | undefined {
		return this.list?.exceptions.find((each) => each.exception === exception);
	}

	/* From when on a change of a weekly shift is made that is not of one day: from this week on, and not in the past. */
	change_from(shift: Weekly): string {
		const first = [0, 1, 2, 3, 4, 5, 6].map((i) => day_add(this.begin, i)).find((day) => is_due(shift, day)) ?? this.begin;
		return first > this.today ? first : this.today;
	}
}

export const planner = new Planner();
