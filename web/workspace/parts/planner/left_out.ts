/* Why an event was left out of an import, or a calendar refused, in the words of the page. */
import type { ShiftImportAnswer, ShiftImportCode } from '../../../client/api.gen';
import type { Refusal } from '../../../client/door';
import { isolated } from '../../../kit/isolated';
import { day_of_week } from '../admin/hours';
import { day_long, times_text } from './say';
import { p } from './texts';

export type Skipped = ShiftImportAnswer['skipped'][number];

/* What the words of a code may name. */
export interface Given {
	property: string;
	zone: string;
	/* The other shift: on a weekday or else on a day. */
	weekday: string;
	day: string;
	times: string;
}

/* One for every code: a code without words does not compile. */
export type Why = Record<Skipped['code'], string | ((given: Given) => string)>;
export type Refused = Record<ShiftImportCode, string | ((line: number) => string)>;

/* A desk that is newer than the page may know more codes: its English says what it is. */
export function left_out_why({ code, why, property = '', zone = '', meets }: Skipped): string {
	const says: Why[Skipped['code']] | undefined = p.why[code];
	if (typeof says !== 'function')
		return says ?? why;
	return says({
		property,
		zone: isolated(zone),
		weekday: meets?.weekday ? day_of_week(meets.weekday) : '',
		day: meets?.day ? day_long(meets.day) : '',
		times: meets ? times_text(meets.from_minute, meets.minutes) : '',
	});
}

/* Null: it was refused for something else. `line_of`: where a line that was sent stands in the file. */
export function refused_why({ code, line }: Refusal, line_of: (line: number) => number): string | null {
	const words: Partial<Refused> = p.refused, says = words[code as ShiftImportCode];
	return typeof says === 'function' ? says(line_of(line ?? 0)) : says ?? null;
}
