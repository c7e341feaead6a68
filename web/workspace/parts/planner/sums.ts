/* The gaps and crowds of a day in words: for the strip, which only shows them. */
import { planner } from './planner.svelte';
import { day_long, stretch_text } from './say';
import { p } from './texts';
import type { Day } from './week';

interface Stretch {
	starts_at: string;
	ends_at: string;
}

function of_day<T extends Stretch>(stretches: readonly T[] | undefined, day: Day): T[] {
	return (stretches ?? []).filter((each) => each.starts_at < day.ends_at && each.ends_at > day.starts_at);
}

/* "1 gap, 2 crowds", "Covered"; empty where nobody has to be there. */
export function day_sums(day: Day): string {
	const gaps = of_day(planner.coverage?.gaps, day).length, crowds = of_day(planner.coverage?.crowds, day).length;
	const is_any = planner.axes.get(day.day)?.slots.some((slot) => slot.is_wanted || slot.most > 0);
	return [gaps ? p.gaps_count(gaps) : '', crowds ? p.crowds_count(crowds) : ''].filter((part) => part).join(', ') || (is_any ? p.covered : day.holiday ? p.holiday : '–');
}

export function gap_text(gap: Stretch): string {
	return p.gap_says(stretch_text(gap.starts_at, gap.ends_at, planner.clock));
}

export function crowd_text(crowd: Stretch & { people: number }): string {
	return p.crowd_says(stretch_text(crowd.starts_at, crowd.ends_at, planner.clock), p.people(crowd.people), p.seats(planner.coverage?.seats ?? 0));
}

/* The same with their times, in the order of the day. */
export function day_says(day: Day): string {
	const gaps = of_day(planner.coverage?.gaps, day).map((gap) => ({ at: gap.starts_at, text: gap_text(gap) }));
	const crowds = of_day(planner.coverage?.crowds, day).map((crowd) => ({ at: crowd.starts_at, text: crowd_text(crowd) }));
	return [...gaps, ...crowds].sort((one, other) => (one.at < other.at ? -1 : 1)).map((each) => each.text).join(' ') || day_long(day.day);
}
