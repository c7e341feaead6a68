import { afterEach, expect, test, vi } from 'vitest';
import { Door, Lost, Refusal } from './door';
import { make_id } from './ids';
import { keep_in_memory } from './storage';
import { Outbox, outbox_conversations } from './outbox';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: string, headers: Record<string, string> = {}): ReturnType<typeof vi.fn> {
	const fetched = vi.fn(async () => new Response(body, { status, headers }));
	vi.stubGlobal('fetch', fetched);
	return fetched;
}

test('an answer is its JSON, and an empty one an empty object', async () => {
	answer(200, '{"a": 1}');
	expect(await new Door().get('/x')).toEqual({ a: 1 });
	answer(200, '');
	expect(await new Door().post('/x')).toEqual({});
});

test('a problem document is a refusal with its kind, field and time to wait', async () => {
	answer(429, '{"type": "urn:softanswer:flood", "title": "Too many", "status": 429, "detail": "slowly", "field": "text"}', { 'Retry-After': '3' });
	const reason = await new Door().post('/x').catch((error: unknown) => error) as Refusal;
	expect(reason).toBeInstanceOf(Refusal);
	expect([reason.kind, reason.field, reason.retry_after_ms, reason.is_retryable]).toEqual(['flood', 'text', 3000, true]);
});

test('what is not the desk\'s answer is none: a proxy\'s error, a hotel\'s sign-in page, no network', async () => {
	for (const [status, body] of [[502, '<html>Bad gateway'], [200, '<html>Welcome to our hotel'], [500, '{"error": "?"}'], [404, '']] as const) {
		answer(status, body);
		await expect(new Door().get('/x'), `${status} ${body}`).rejects.toBeInstanceOf(Lost);
	}
	vi.stubGlobal('fetch', async () => { throw new TypeError('failed to fetch'); });
	await expect(new Door().get('/x')).rejects.toBeInstanceOf(Lost);
});

test('the visitor\'s pages say that they are, and send a token where there is one', async () => {
	const fetched = answer(200, '{}');
	await new Door({ as_visitor: true, token: () => 'secret' }).post('/x', { a: 1 });
	const [address, init] = fetched.mock.calls[0] as unknown as [string, RequestInit];
	expect(address).toBe('/api/v1/x');
	expect(init.headers).toMatchObject({ 'X-Softanswer-As': 'visitor', Authorization: 'Bearer secret', 'Content-Type': 'application/json' });
	expect(init.body).toBe('{"a":1}');
});

test('ids are of the desk\'s letters, 8 to 64 long, and never the same', () => {
	const ids = new Set(Array.from({ length: 1000 }, () => make_id('m')));
	expect(ids.size).toBe(1000);
	for (const id of ids)
		expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
});

test('an outbox keeps order and ids, and two tabs do not overwrite each other\'s', () => {
	const keep = keep_in_memory();
	const one = new Outbox(keep, 'person-7', 'talk'), two = new Outbox(keep, 'person-7', 'talk');
	for (const [box, id] of [[one, 'a'], [two, 'b'], [one, 'c']] as const)
		box.add({ id, kind: 'message', text: id, at: 1000, state: 'sending' });
	const later = new Outbox(keep, 'person-7', 'talk');
	expect(later.sendings.map((sending) => sending.id).sort()).toEqual(['a', 'b', 'c']);
	expect(later.sendings.findIndex((s) => s.id === 'a')).toBeLessThan(later.sendings.findIndex((s) => s.id === 'c'));
	expect(outbox_conversations(keep, 'person-7')).toEqual(['talk']);
	expect(outbox_conversations(keep, 'person-70')).toEqual([]);
	expect(new Outbox(keep, 'person-8', 'talk').sendings).toEqual([]);
});

test('an outbox passes over what it cannot read', () => {
	const keep = keep_in_memory();
	for (const text of ['', '{', 'null', '{"id": 1}', '[]'])
		keep.set(`softanswer.out.visitor.talk.${text.length}`, text);
	expect(new Outbox(keep, 'visitor', 'talk').sendings).toEqual([]);
});
