import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lost, Refusal, type Door } from './door';
import { ConversationLog } from './log';
import { keep_in_memory } from './storage';
import { file_bytes_max, file_refusal, Uploads } from './upload';

const part_bytes = 4;
/* The SHA-256 of those of abcd, efgh and ij, as others compute it. */
const digest_of_letters = '39bca6fa3619f67ee4d6f8df51491558560f429920593f7f649119ba3f285ed9';
const real_soon = globalThis.setTimeout;
const refusal = (type: string, retry_after_ms: number | null = null): Refusal =>
	new Refusal({ type: `urn:softanswer:${type}`, title: type, status: 409, detail: 'because' } as ConstructorParameters<typeof Refusal>[0], retry_after_ms);

/* What a desk keeps of one file, and what goes wrong next, by what is asked. */
class FileDesk {
	readonly heard: string[] = [];
	readonly parts: string[] = [];
	readonly wrong: { at: string; reason: Error; is_done?: boolean }[] = [];
	digest: unknown = undefined;

	readonly door = {
		post: async (path: string, body: { id?: string; digest?: string } = {}) => {
			const verb = path.endsWith('/finish') ? 'finish' : 'start';
			this.hear(verb === 'start' ? `start ${body.id?.slice(0, 1)}` : verb);
			if (verb === 'start')
				return { file: 'F1', part_bytes, parts: this.parts.length };
			this.digest = body.digest;
			return { seq: 7 };
		},
		put_bytes: async (path: string, bytes: Blob) => {
			const number = path.split('/').pop()!;
			const keep = async (): Promise<void> => { this.parts[Number(number)] = await bytes.text(); };
			if (this.wrong[0]?.at === `part ${number}` && this.wrong[0].is_done)
				await keep();
			this.hear(`part ${number}`);
			await keep();
		},
	} as unknown as Door;

	private hear(what: string): void {
		this.heard.push(what);
		if (this.wrong[0]?.at === what.replace(/ f$/, ''))
			throw this.wrong.shift()!.reason;
	}
}

let desk: FileDesk, log: ConversationLog, uploads: Uploads;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	desk = new FileDesk();
	log = new ConversationLog('C1', { keep: keep_in_memory(), owner: 'visitor', sees_every_seq: false, is_mine: ({ kind }) => kind === 'visitor' });
	uploads = new Uploads(desk.door, log);
});
afterEach(() => vi.useRealTimers());

/* Lets waits pass until it is so. */
async function until(is_so: () => boolean): Promise<void> {
	for (let tries = 0; !is_so(); tries++) {
		expect(tries, JSON.stringify([desk.heard, log.uploads])).toBeLessThan(500);
		await vi.advanceTimersByTimeAsync(100);
		await new Promise((resolve) => real_soon(resolve));
	}
}
const is_there = (): boolean => log.uploads[0]?.seq === 7;

test('nothing of a file is begun that is empty or one byte too large', () => {
	expect([0, 1, file_bytes_max, file_bytes_max + 1].map((size) => file_refusal({ size }))).toEqual(['empty', null, null, 'large']);
});

test('a file goes in parts, in order, and its end tells the digest of their digests', async () => {
	uploads.add(new File(['abcdefghij'], 'letters.txt'));
	expect(log.uploads[0]).toMatchObject({ kind: 'file', text: 'letters.txt', state: 'sending', file: { size: 10, part: 0 } });
	await until(is_there);
	expect(desk.heard).toEqual(['start f', 'part 0', 'part 1', 'part 2', 'finish']);
	expect(desk.parts).toEqual(['abcd', 'efgh', 'ij']);
	expect(desk.digest).toBe(digest_of_letters);
	expect(log.uploads[0]!.file!.part).toBe(1);
});

test('a file of just whole parts has no empty one behind them', async () => {
	uploads.add(new File(['abcdefgh'], 'letters.txt'));
	await until(is_there);
	expect(desk.heard).toEqual(['start f', 'part 0', 'part 1', 'finish']);
});

test('where the browser has no digests the end is told without one', async () => {
	vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
	uploads.add(new File(['abc'], 'letters.txt'));
	await until(is_there);
	vi.unstubAllGlobals();
	expect(desk.digest).toBe(undefined);
});

test('after a loss it goes on under its id where it was, whether the lost part had arrived or not', async () => {
	for (const is_done of [false, true]) {
		desk.wrong.push({ at: 'part 1', reason: new Lost('cut'), is_done });
		uploads.add(new File(['abcdefghij'], 'letters.txt'));
		await until(is_there);
		expect(desk.heard).toEqual(['start f', 'part 0', 'part 1', 'start f', ...(is_done ? [] : ['part 1']), 'part 2', 'finish']);
		expect(desk.parts).toEqual(['abcd', 'efgh', 'ij']);
		desk.heard.length = desk.parts.length = log.uploads.length = 0;
	}
});

test('a desk that is busy is asked again when it says so; another refusal stays, with its reason, until it is sent again', async () => {
	desk.wrong.push({ at: 'part 0', reason: refusal('busy', 200) }, { at: 'finish', reason: refusal('state') });
	uploads.add(new File(['abc'], 'letters.txt'));
	await until(() => log.uploads[0]!.state === 'failed');
	expect(log.uploads[0]!.problem).toBe('because');
	expect(desk.heard).toEqual(['start f', 'part 0', 'start f', 'part 0', 'finish']);
	uploads.retry(log.uploads[0]!.id);
	expect(log.uploads[0]).toMatchObject({ state: 'sending' });
	expect(log.uploads[0]!.problem).toBe(undefined);
	await until(is_there);
	expect(desk.heard.slice(5)).toEqual(['start f', 'finish']);
});

test('what failed does not hold up the file behind it', async () => {
	desk.wrong.push({ at: 'start', reason: refusal('size') });
	uploads.add(new File(['abc'], 'one.txt'));
	uploads.add(new File(['def'], 'two.txt'));
	await until(() => log.uploads[1]?.seq === 7);
	expect(log.uploads.map(({ text, state }) => [text, state])).toEqual([['one.txt', 'failed'], ['two.txt', 'sending']]);
});

test('a file that was taken back is neither ended nor shown', async () => {
	uploads.add(new File(['abcdefghij'], 'letters.txt'));
	uploads.discard(log.uploads[0]!.id);
	expect(log.uploads).toEqual([]);
	uploads.add(new File(['abc'], 'other.txt'));
	await until(is_there);
	expect(desk.heard.filter((heard) => heard === 'finish')).toEqual(['finish']);
});
