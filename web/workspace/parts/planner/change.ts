/*
 * A shift is changed: what a dialog and what dragging it do, by the same commands. What is given back undoes it, by one command too.
 *
 * Of a weekly shift the change is of one day, or of all from a day on; an extra shift is of one day anyhow.
 */
import type { ShiftChangeAnswer, ShiftChangeDayAnswer } from '../../../client/api.gen';
import type { Refusal } from '../../../client/door';
import { w } from '../../texts';
import { workspace } from '../../state/workspace.svelte';
import type { Said } from '../said';
import type { Place } from './drag';
import { Sender, then_read, told, with_reason } from './edit';
import { planner } from './planner.svelte';
import { day_long, times_text } from './say';
import { p } from './texts';
import { day_number, last_day_moved, weekday_of, type Time, type Weekly } from './week';

export interface Once {
	scope: 'once';
	reason: string;
}

export interface On {
	scope: 'on';
	weekday: number;
	from_day: string;
	/* Empty: until further notice. */
	last_day: string;
}

type Undo = (() => Promise<unknown>) | null;

/* What a weekly shift that was dropped somewhere is from then on: it is there already where it was dropped. */
export function on_dropped(shift: Weekly, time: Time, to: Place): On {
	return { scope: 'on', weekday: weekday_of(to.day), from_day: to.day < time.day ? to.day : time.day, last_day: last_day_moved(shift, day_number(to.day) - day_number(time.day)) };
}

/* Makes it, and reads the plan; gives what is said of it. `sender`: of who may ask for the same again. */
export async function change_shift(time: Time, to: Place, how: Once | On, sender = new Sender()): Promise<Said> {
	const name = planner.name_of(to.person);
	let undo = null as Undo;
	await then_read(async () => {
		undo = how.scope === 'on' ? await change_on(time, to, how) : time.exception === undefined ? await change_day(time, to, how, sender) : await change_extra(time, to, how);
	});
	return {
		text: how.scope === 'on' ? p.said_on(name, day_long(how.from_day)) : p.said_once(name, day_long(to.day), times_text(to.from_minute, to.minutes)),
		action: undo && { label: w.undo, run: () => void workspace.act(() => then_read(undo!), told_of(time, time)) },
	};
}

/* Refusals of it, in the words of the page. */
export function told_of(time: { person: number }, to: { person: number }): (refusal: Refusal) => string | null {
	return told({ name: planner.name_of(to.person) }, () => p.is_without_already(planner.name_of(time.person)));
}

function hours_of({ from_minute, minutes }: Place | Time | Weekly): object {
	return { from_minute, minutes };
}

function other_person(time: Time, to: Place): object {
	return to.person === time.person ? {} : { person: to.person };
}

function until_day(last_day: string | undefined): object {
	return last_day ? { last_day } : {};
}

async function change_day(time: Time, to: Place, { reason }: Once, sender: Sender): Promise<Undo> {
	const { exceptions } = await sender.post<ShiftChangeDayAnswer>(`/shifts/${time.shift}/day`,
		{ day: time.day, ...hours_of(to), ...(to.day === time.day ? {} : { to_day: to.day }), ...other_person(time, to), ...with_reason(reason) });
	const [first, ...others] = exceptions.map((each) => each.exception);
	return () => workspace.door.delete(`/shifts/exceptions/${first}`, { others });
}

async function change_extra(time: Time, to: Place, { reason }: Once): Promise<Undo> {
	const path = `/shifts/exceptions/${time.exception}`, was = planner.exception(time.exception)?.reason ?? '';
	await workspace.door.put(path, { ...hours_of(to), day: to.day, person: to.person, ...with_reason(reason) });
	return () => workspace.door.put(path, { ...hours_of(time), day: time.day, person: time.person, ...with_reason(was) });
}

async function change_on(time: Time, to: Place, { weekday, from_day, last_day }: On): Promise<Undo> {
	const old = planner.weekly(time.shift);
	const changed = await workspace.door.put<ShiftChangeAnswer>(`/shifts/${time.shift}`,
		{ weekday, ...hours_of(to), from_day, ...(old && from_day < old.first_day ? { first_day: from_day } : {}), ...until_day(last_day), ...other_person(time, to) });
	if (!old)
		return null;
	/* Where it is another shift now, the old one has ended before it. */
	const first_day = changed.shift === old.shift ? old.first_day : time.day;
	return () => workspace.door.put(`/shifts/${changed.shift}`, { weekday: old.weekday, ...hours_of(old), first_day, ...until_day(old.last_day), person: old.person });
}
