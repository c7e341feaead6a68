/* A conversation as lines to print and to save. Pure. */
import type { Entry } from '../client/log';
import { thread_rows, type Side } from '../kit/rows';
import { time_of_day } from '../kit/time';

export interface TranscriptRow {
	key: string;
	/* The day's name, on its first row. */
	day: string | null;
	at: number;
	/* null: something happened. */
	name: string | null;
	text: string;
}

export function transcript_rows(entries: Entry[], side: Side): TranscriptRow[] {
	const rows: TranscriptRow[] = [];
	let day: string | null = null;
	for (const row of thread_rows(entries.filter((entry) => entry.item), side, null)) {
		if (row.type === 'day')
			day = row.text;
		else if (row.type === 'event' || row.type === 'message') {
			rows.push({ key: row.key, day, at: row.at, name: row.type === 'message' ? row.name : null,
				text: row.type === 'message' && row.file ? `[${row.file.name}]` : row.text });
			day = null;
		}
	}
	return rows;
}

export function transcript_text(title: string, rows: TranscriptRow[]): string {
	const lines = [title, ''];
	for (const { day, at, name, text } of rows) {
		if (day)
			lines.push('', day, '');
		/* Further lines stand further in, so that nobody can write a line that looks like another's. */
		lines.push(`${time_of_day(at)}  ${name ? `${name}: ` : ''}${text.replace(/\r?\n/g, '\n      ')}`);
	}
	return `${lines.join('\n')}\n`;
}
