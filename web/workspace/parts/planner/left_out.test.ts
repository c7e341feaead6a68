import { beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../../client/door';
import { texts_load } from '../../../kit/texts';
import { de } from '../../messages/planner/de';
import { en } from '../../messages/planner/en';
import { es } from '../../messages/planner/es';
import { left_out_why, refused_why, type Given, type Skipped, type Why } from './left_out';
import { planner_texts_load } from './texts';

beforeAll(async () => { await texts_load(['de']); await planner_texts_load(); });

const row = (more: Partial<Skipped>): Skipped => ({ line: 3, code: 'not_event', why: 'in English', ...more });

test('why something is left out is said in the language of the page', () => {
	expect(left_out_why(row({ code: 'not_weekly', property: 'RRULE' }))).toBe('wiederholt sich nicht wöchentlich');
	expect(left_out_why(row({ code: 'unknown_zone', zone: 'Atlantis/Harbour' }))).toBe('steht in einer Zeitzone, die hier niemand kennt: Atlantis/Harbour');
	expect(left_out_why(row({ code: 'bad_date', property: 'EXDATE' }))).toContain('(EXDATE)');
	expect(left_out_why(row({ code: 'meets', meets: { minutes: 480, from_minute: 600, weekday: 1 } }))).toBe('überschneidet sich mit der Schicht jeden Montag, 10:00–18:00');
	expect(left_out_why(row({ code: 'meets', meets: { minutes: 480, from_minute: 780, day: '2026-03-30' } }))).toBe('überschneidet sich mit der Schicht am Montag, 30. März, 13:00–21:00');
});

test('a code of a newer desk is said in its own words', () => {
	expect(left_out_why(row({ code: 'of_tomorrow' as Skipped['code'], why: 'is of tomorrow' }))).toBe('is of tomorrow');
});

test('why a calendar is refused is said with its line; what is refused for something else is not said here', () => {
	const refusal = (code?: string, line?: number): Refusal => new Refusal({ type: 'urn:softanswer:range', title: '', status: 422, ...(code && { code }), ...(line && { line }) });
	const twice = (line: number): number => line * 2;
	expect(refused_why(refusal('no_calendar'), twice)).toBe('In dieser Datei ist kein Kalender.');
	expect(refused_why(refusal('not_open', 12), twice)).toContain('Zeile 24');
	expect(refused_why(refusal(), twice)).toBeNull();
	expect(refused_why(refusal('of_tomorrow'), twice)).toBeNull();
});

describe.each(Object.entries({ en, es, de }))('in %s', (_language, words) => {
	test('every code has words of its own, with what they are given', () => {
		const given: Given = { property: 'PPP', zone: 'ZZZ', weekday: 'WWW', day: 'DDD', times: 'TTT' };
		const said = Object.values<Why[Skipped['code']]>(words.why).map((each) => (typeof each === 'function' ? each(given) : each));
		expect(new Set(said).size).toBe(said.length);
		for (const each of said)
			expect(each.length).toBeGreaterThan(8);
		for (const [code, each] of Object.entries<Why[Skipped['code']]>(words.why))
			if (typeof each === 'function')
				expect(each(given), code).toMatch(/PPP|ZZZ|WWW|DDD/);
	});
});
