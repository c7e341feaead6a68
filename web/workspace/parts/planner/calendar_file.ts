/*
 * A calendar file as the text that the desk is sent: in whatever letters other programs write it, without what may stand in no text,
 * and, where it is too large, without what makes no difference to a shift.
 */

export interface CalendarText {
	text: string;
	/* The line of the file that became each line of the text; null: they are the same. */
	lines: number[] | null;
}

/* What of an event, and of a calendar, the desk looks at (src/desk/shift/icalendar.c). */
const matters = /^(BEGIN|END|DTSTART|DTEND|DURATION|RRULE|EXDATE|RDATE|EXRULE|RECURRENCE-ID|UID|SEQUENCE|X-MICROSOFT-CDO-ALLDAYEVENT|STATUS|TRANSP|SUMMARY|DESCRIPTION|METHOD|X-WR-TIMEZONE)(?![A-Z-])/i;
/* More of a description is no reason for anything. */
const description_max = 800;

const is_inner = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80 && byte < 0xc0;

/* How many bytes at this place only fold a line. */
function fold_size(bytes: Uint8Array, at: number): number {
	const size = bytes[at] === 13 && bytes[at + 1] === 10 ? 3 : bytes[at] === 10 ? 2 : 0;
	return size > 0 && (bytes[at + size - 1] === 32 || bytes[at + size - 1] === 9) ? size : 0;
}

/* Some fold lines in the middle of a character (of UTF-8): there the fold goes behind it. */
function unsplit(bytes: Uint8Array): Uint8Array {
	const out = new Uint8Array(bytes.length);
	let to = 0;
	for (let i = 0; i < bytes.length;) {
		const fold = fold_size(bytes, i);
		const end = i + Math.max(fold, 1);
		let rest = end;
		while (fold > 0 && is_inner(bytes[rest]))
			out[to++] = bytes[rest++]!;
		while (i < end)
			out[to++] = bytes[i++]!;
		i = rest;
	}
	return out;
}

function decoded(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe)
		return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff)
		return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(unsplit(bytes));
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/* No character of two units is cut in half: such a half may stand in no text either. */
function cut(line: string, max: number): string {
	return line.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/* Definitions of time zones and alarms are not looked at, whatever is in them. */
function thinned(text: string): CalendarText {
	const kept: string[] = [], lines: number[] = [];
	let skipping = '', is_kept = false, length = 0;
	text.split('\n').forEach((line, i) => {
		const is_more = line.startsWith(' ') || line.startsWith('\t');
		const [, what, component = ''] = /^(BEGIN|END):\s*(\S*)/i.exec(line) ?? [];
		if (!skipping && what?.toUpperCase() === 'BEGIN' && /^(VTIMEZONE|VALARM)$/i.test(component))
			skipping = component.toUpperCase();
		if (!is_more) {
			is_kept = !skipping && matters.test(line);
			length = 0;
		}
		if (skipping && what?.toUpperCase() === 'END' && component.toUpperCase() === skipping)
			skipping = '';
		length += line.length;
		if (!is_kept || (is_more && length > description_max && /^DESCRIPTION/i.test(kept[kept.length - 1] ?? '')))
			return;
		/* Folded lines become one. */
		if (is_more)
			kept[kept.length - 1] += line.slice(1);
		else
			lines.push(i + 1), kept.push(/^DESCRIPTION/i.test(line) ? cut(line, description_max) : line);
	});
	return { text: kept.map((line) => `${line}\n`).join(''), lines };
}

/* Null: it is too large, even so. */
export function calendar_text(bytes: Uint8Array, bytes_max: number): CalendarText | null {
	const size = (text: string): number => new TextEncoder().encode(text).length;
	const text = decoded(bytes).replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, '');
	if (size(text) <= bytes_max)
		return { text, lines: null };
	const less = thinned(text);
	return size(less.text) <= bytes_max ? less : null;
}
