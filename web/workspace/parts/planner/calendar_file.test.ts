import { expect, test } from 'vitest';
import { calendar_text } from './calendar_file';

const bytes_of = (text: string): Uint8Array => new TextEncoder().encode(text);
const text_of = (bytes: Uint8Array): string | undefined => calendar_text(bytes, 10_000)?.text;

test('a line that is folded in the middle of a character keeps the character, and the lines their numbers', () => {
	for (const word of ['Grüße', '日本語', 'a😀b'])
		for (const fold of ['\r\n ', '\n\t'])
			for (let cut = 1; cut < bytes_of(word).length; cut++) {
				const bytes = bytes_of(word), file = new Uint8Array([...bytes_of('SUMMARY:'), ...bytes.slice(0, cut), ...bytes_of(fold), ...bytes.slice(cut), ...bytes_of('\r\nEND:VEVENT\r\n')]);
				const text = text_of(file)!;
				expect(text.replace(/\n[ \t]/g, '')).toBe(`SUMMARY:${word}\nEND:VEVENT\n`);
				expect(text.split('\n')).toHaveLength(4);
			}
});

test('a fold behind a fold, and one at the end, are left as they are', () => {
	expect(text_of(bytes_of('A:ä\r\n \r\n ö\r\n '))).toBe('A:ä\n \n ö\n ');
});

test('files in other letters are read', () => {
	expect(text_of(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes_of('A:ü')]))).toBe('A:ü');
	expect(text_of(new Uint8Array([0xff, 0xfe, 0x41, 0, 0x3a, 0, 0xfc, 0]))).toBe('A:ü');
	expect(text_of(new Uint8Array([0xfe, 0xff, 0, 0x41, 0, 0x3a, 0, 0xfc]))).toBe('A:ü');
	expect(text_of(new Uint8Array([0x41, 0x3a, 0xfc]))).toBe('A:ü');
	expect(text_of(bytes_of('A:1\rB:2\r'))).toBe('A:1\nB:2\n');
});

test('what may stand in no text is taken out, and lines and tabs stay', () => {
	expect(text_of(bytes_of('A:\u0000a\u000bb\u0085c\ufffed\te\r\nB:f\u200e'))).toBe('A:abcd\te\nB:f\u200e');
});

const event = (more: string): string => `BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n${more}ATTENDEE;CN=x:mailto:x@example.org\r\n  of y\r\nDTSTART:20260330T090000\r\n folded\r\nBEGIN:VALARM\r\nDURATION:PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\n`;

test('of a file that is too large what makes a difference to shifts is sent, and says in which line it stood', () => {
	const file = `BEGIN:VCALENDAR\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n${event('rrule:FREQ=WEEKLY\r\n')}END:VCALENDAR\r\n`;
	const less = 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nrrule:FREQ=WEEKLY\nDTSTART:20260330T090000folded\nEND:VEVENT\nEND:VCALENDAR\n';
	expect(calendar_text(bytes_of(file), file.length)?.lines).toBeNull();
	expect(calendar_text(bytes_of(file), less.length)).toEqual({ text: less, lines: [1, 9, 10, 12, 15, 20, 21] });
	expect(calendar_text(bytes_of(file), less.length - 1)).toBeNull();
});

test('of a long description the beginning is sent', () => {
	const folded = Array.from({ length: 40 }, () => 'x'.repeat(70)).join('\r\n ');
	for (const long of [folded, 'x'.repeat(3000)]) {
		const { text } = calendar_text(bytes_of(event(`DESCRIPTION:${long}\r\n`)), 1200)!;
		expect(text).toMatch(/\nDESCRIPTION:x{500,800}\n/);
		expect(text).toContain('\nDTSTART:20260330T090000folded\n');
	}
});

test('no character is cut in half at the end of what is sent of a description', () => {
	for (const count of [786, 787, 788]) {
		const { text } = calendar_text(bytes_of(event(`DESCRIPTION:${'x'.repeat(count)}${'😀'.repeat(400)}\r\n`)), 1200)!;
		expect(text).toMatch(/\nDESCRIPTION:x{786,788}😀?\n/u);
	}
});
