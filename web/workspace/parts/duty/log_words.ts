/* A line of the log of seats in words: what, and who did it where that is somebody else. Pure. */
import type { SeatLogLine } from '../../../client/api';
import { b } from './texts';

export function log_says(line: SeatLogLine): string {
	const what = b.happenings[line.what];
	return line.by && line.by.id !== line.person?.id ? b.log_by(what, line.by.name) : what;
}
