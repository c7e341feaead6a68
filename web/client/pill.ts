/*
 * When the pill of the thread says what: nothing for a short loss, then "reconnecting in 8 s", then for a while "back, 4 new".
 * A store; the words are the page's.
 */
import { Cell } from './cell';
import type { Link } from './connection';

export const pill_after_ms = 1500;
export const back_stays_ms = 4000;

export type Pill =
	| { kind: 'none' }
	| { kind: 'trying' }
	| { kind: 'waiting'; seconds: number }
	| { kind: 'back'; missed: number };

/* Follows `link` until the returned stop() is called. */
export function make_pill(link: Cell<Link>): { pill: Cell<Pill>; stop: () => void } {
	const pill = new Cell<Pill>({ kind: 'none' });
	let timer: ReturnType<typeof setTimeout> | undefined;

	const show = (next: Pill, again_ms: number | null): void => {
		if (JSON.stringify(next) !== JSON.stringify(pill.value))
			pill.set(next);
		if (again_ms !== null)
			timer = setTimeout(look, again_ms);
	};

	function look(): void {
		clearTimeout(timer);
		const { is_up, down_since, retry_at, missed, is_signed_out } = link.value;
		const was_shown = pill.value.kind === 'waiting' || pill.value.kind === 'trying';
		if (is_signed_out)
			return show({ kind: 'none' }, null);
		if (is_up || down_since === null) {
			if (was_shown && is_up)
				return show({ kind: 'back', missed }, back_stays_ms);
			return show({ kind: 'none' }, null);
		}
		const hidden_for = down_since + pill_after_ms - Date.now();
		if (hidden_for > 0 && !was_shown)
			return show({ kind: 'none' }, hidden_for);
		const left = retry_at === null ? 0 : retry_at - Date.now();
		if (left <= 0)
			return show({ kind: 'trying' }, null);
		/* Wakes just after the second turns, so that every number is shown once. */
		show({ kind: 'waiting', seconds: Math.ceil(left / 1000) }, left % 1000 || 1000);
	}

	let is_back_shown_until = 0;
	const stop_link = link.subscribe(() => {
		/* What changes in a good link does not cut "back" short. */
		if (pill.value.kind === 'back' && link.value.is_up && Date.now() < is_back_shown_until)
			return;
		look();
		if (pill.value.kind === 'back')
			is_back_shown_until = Date.now() + back_stays_ms;
	});
	return { pill, stop: () => { clearTimeout(timer); stop_link(); } };
}
