import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from './connection';
import { Door } from './door';
import { FakeDesk } from './fake_desk';
import { ConversationLog } from './log';
import { keep_in_memory, type Keep } from './storage';

const talk = 'kPabcdefghijklmnopqrst';
let desk: FakeDesk, link: Connection, keep: Keep, log: ConversationLog;

function make_log(): ConversationLog {
	return new ConversationLog(talk, { keep, owner: 'visitor', sees_every_seq: true, is_mine: (author) => author.kind === 'visitor' });
}

function make_connection(): Connection {
	return new Connection({ door: new Door(), make_socket: desk.make_socket, random: () => 0.5 });
}

function write(text: string): string {
	const { id } = log.write('message', text);
	link.push(log);
	return id;
}

const shown = (): string[] => log.view().entries.map((entry) => entry.item?.text ?? `${entry.sending?.text}?`);
const run = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
	vi.useFakeTimers();
	desk = new FakeDesk();
	keep = keep_in_memory();
	vi.stubGlobal('fetch', desk.fetch);
	link = make_connection();
	log = make_log();
	link.watch(log);
});

afterEach(() => {
	link.stop();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('a good link', () => {
	test('offers the protocol and the ticket, watches with cursor 0 and shows what there is', async () => {
		desk.add(talk, 'person', 'Hello');
		link.start();
		await run(100);
		expect(desk.heard).toContain('socket softanswer.v1 ticket.t1');
		expect(shown()).toEqual(['Hello']);
		expect(log.view().is_loaded).toBe(true);
		expect(link.link.value).toMatchObject({ is_up: true, down_since: null });
	});

	test('shows what is written at once, and keeps the same key when it becomes an item', async () => {
		link.start();
		await run(100);
		const id = write('Is it in stock?');
		expect(shown()).toEqual(['Is it in stock??']);
		await run(100);
		expect(shown()).toEqual(['Is it in stock?']);
		expect(log.view().entries[0]?.key).toBe(id);
		expect(keep.keys('softanswer.out')).toEqual([]);
	});

	test('sends one message of a conversation at a time, in the order of writing', async () => {
		link.start();
		await run(100);
		for (const text of ['one', 'two', 'three'])
			write(text);
		await run(500);
		expect(desk.texts(talk)).toEqual(['one', 'two', 'three']);
	});

	test('drops an item that it has, whatever comes twice', async () => {
		const item = desk.add(talk, 'person', 'Hello');
		link.start();
		await run(100);
		desk.sockets[0]?.tell({ event: 'item.added', conversation: talk, item });
		desk.add(talk, 'person', 'again');
		await run(100);
		expect(shown()).toEqual(['Hello', 'again']);
	});

	test('asks again with its cursor when a seq is skipped', async () => {
		link.start();
		await run(100);
		desk.log(talk).push({ seq: 1, kind: 'message', author: { kind: 'person', name: 'Ann' }, text: 'lost on the way', at: '' });
		desk.add(talk, 'person', 'second');
		await run(200);
		expect(shown()).toEqual(['lost on the way', 'second']);
	});

	test('does not ask for ever when a seq is really not to be had', async () => {
		link.start();
		await run(100);
		const item = { seq: 3, kind: 'message', author: { kind: 'person', name: 'Ann' }, text: 'third', at: '' };
		desk.log(talk).push(item as never);
		desk.sockets[0]?.tell({ event: 'item.added', conversation: talk, item });
		await run(500);
		expect(shown()).toEqual(['third']);
		expect(desk.heard.filter((line) => line.startsWith('watch')).length).toBeLessThanOrEqual(3);
	});

	test('understands answers that come in another order than the questions', async () => {
		const other = new ConversationLog('other', { keep, owner: 'visitor', sees_every_seq: true, is_mine: () => true });
		link.watch(other);
		link.start();
		await run(100);
		const socket = desk.sockets[0]!;
		const held: object[] = [];
		const tell = socket.tell.bind(socket);
		socket.tell = (said) => void held.push(said);
		write('here');
		other.write('message', 'there');
		link.push(other);
		await run(50);
		for (const said of held.reverse())
			tell(said);
		await run(100);
		expect(shown()).toEqual(['here']);
		expect(other.view().entries.map((entry) => entry.item?.text)).toEqual(['there']);
	});
});

describe('a link that breaks', () => {
	test('loses, doubles and reorders nothing, whichever delivery is the last one', async () => {
		async function story(cut_after: number | null): Promise<number> {
			desk = new FakeDesk();
			desk.deliveries_left = cut_after;
			keep = keep_in_memory();
			vi.stubGlobal('fetch', desk.fetch);
			link = make_connection();
			log = make_log();
			link.watch(log);
			link.start();
			write('one');
			await run(40);
			desk.add(talk, 'person', 'answer');
			write('two');
			write('three');
			await run(60);
			const quiet = desk.delivered;
			await run(120_000);
			const mine = desk.texts(talk).filter((text) => text !== 'answer');
			expect(mine, `cut after ${cut_after}`).toEqual(['one', 'two', 'three']);
			expect(shown(), `cut after ${cut_after}`).toEqual(desk.texts(talk));
			expect(log.outbox.sendings).toEqual([]);
			expect(link.link.value.is_up).toBe(true);
			link.stop();
			return quiet;
		}
		const deliveries = await story(null);
		expect(deliveries).toBeGreaterThan(10);
		for (let cut_after = 0; cut_after <= deliveries; cut_after++)
			await story(cut_after);
	});

	test('sends again with the same id what was not acknowledged', async () => {
		link.start();
		await run(100);
		const id = write('hello');
		desk.is_reachable = false;
		desk.cut();
		await run(100);
		desk.is_reachable = true;
		await run(2000);
		expect(desk.heard.filter((line) => line === `message.send ${id}`)).toHaveLength(1);
		expect(desk.log(talk)[0]?.caller_id).toBe(id);
	});

	test('waits 0.5 s, doubling up to 30 s, for ever', async () => {
		desk.is_reachable = false;
		desk.delay_ms = 0;
		link.start();
		const tries: number[] = [];
		let heard = 0;
		for (let ms = 0; ms < 150_000; ms += 100) {
			await run(100);
			const count = desk.heard.length;
			if (count > heard)
				tries.push(ms);
			heard = count;
		}
		const waits = tries.slice(1).map((at, i) => Math.round((at - tries[i]!) / 500) / 2);
		expect(waits.slice(0, 8)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30]);
	});

	test('begins with 0.5 s again after the desk has answered', async () => {
		desk.is_reachable = false;
		link.start();
		await run(20_000);
		desk.is_reachable = true;
		await run(30_000);
		expect(link.link.value.is_up).toBe(true);
		desk.cut();
		await run(10);
		expect(link.link.value.retry_at! - Date.now()).toBeLessThanOrEqual(500);
	});

	test('counts what others wrote meanwhile', async () => {
		link.start();
		await run(100);
		desk.is_reachable = false;
		desk.cut();
		await run(100);
		for (const text of ['a', 'b', 'c', 'd'])
			desk.add(talk, 'person', text);
		desk.is_reachable = true;
		await run(5000);
		expect(link.link.value).toMatchObject({ is_up: true, missed: 4 });
	});

	test('takes an open socket that does not answer for a lost one', async () => {
		link.start();
		await run(100);
		desk.is_reachable = false; /* nothing arrives, nothing is closed */
		await run(20_000 + 15_000 + 100);
		expect(link.link.value.is_up).toBe(false);
		desk.is_reachable = true;
		await run(60_000);
		expect(link.link.value.is_up).toBe(true);
	});

	test('drops the socket when the browser says offline, and tries at once when it is back', async () => {
		link.start();
		await run(100);
		desk.is_reachable = false;
		window.dispatchEvent(new Event('offline'));
		await run(20_000);
		expect(link.link.value.is_up).toBe(false);
		desk.is_reachable = true;
		window.dispatchEvent(new Event('online'));
		await run(100);
		expect(link.link.value.is_up).toBe(true);
	});

	test('says signed out when the ticket is refused, and goes on after signing in', async () => {
		link.start();
		await run(100);
		desk.is_signed_in = false;
		write('kept');
		desk.cut();
		await run(5000);
		expect(link.link.value.is_signed_out).toBe(true);
		const tries = desk.heard.length;
		await run(120_000);
		expect(desk.heard.length).toBe(tries);
		desk.is_signed_in = true;
		link.retry_now();
		await run(1000);
		expect(desk.texts(talk)).toEqual(['kept']);
	});
});

describe('what the desk refuses', () => {
	test('stays in place as failed, does not hold up the next, and can be sent again with its id', async () => {
		link.start();
		await run(100);
		desk.refusals.push({ type: 'state', status: 409, detail: 'the chat is closed' });
		const id = write('first');
		write('second');
		await run(200);
		expect(desk.texts(talk)).toEqual(['second']);
		expect(log.outbox.find(id)).toMatchObject({ state: 'failed', problem: 'the chat is closed' });
		log.revive(id);
		link.push(log);
		await run(100);
		expect(desk.texts(talk)).toEqual(['second', 'first']);
		expect(log.outbox.sendings).toEqual([]);
	});

	test('waits and keeps the order when it is only too busy', async () => {
		link.start();
		await run(100);
		desk.refusals.push({ type: 'busy', status: 503, detail: '' }, { type: 'uncertain', status: 503, detail: '' });
		write('first');
		write('second');
		await run(10_000);
		expect(desk.texts(talk)).toEqual(['first', 'second']);
	});

	test('can be deleted when it failed, not while it is under way', async () => {
		link.start();
		await run(100);
		desk.refusals.push({ type: 'range', status: 422, detail: 'too long' });
		const id = write('x');
		log.discard(id);
		expect(log.outbox.sendings).toHaveLength(1);
		await run(100);
		log.discard(id);
		expect(log.outbox.sendings).toEqual([]);
		expect(keep.keys('softanswer.out')).toEqual([]);
	});
});

describe('a reload', () => {
	test('sends again what was under way and keeps what failed', async () => {
		desk.is_reachable = false;
		link.start();
		const kept = write('under way');
		const failed = write('failed');
		log.fail(failed, 'no');
		link.stop();

		desk.is_reachable = true;
		log = make_log();
		expect(shown()).toEqual(['under way?', 'failed?']);
		link = make_connection();
		link.watch(log);
		link.start();
		await run(1000);
		expect(desk.log(talk).map((item) => item.caller_id)).toEqual([kept]);
		expect(shown()).toEqual(['under way', 'failed?']);
	});

	test('in two tabs that both send the same is one message', async () => {
		desk.is_reachable = false;
		link.start();
		write('once');
		const other = new Connection({ door: new Door(), make_socket: desk.make_socket, random: () => 0.5 });
		const other_log = make_log();
		other.watch(other_log);
		other.start();
		desk.is_reachable = true;
		await run(5000);
		expect(desk.texts(talk)).toEqual(['once']);
		expect(shown()).toEqual(['once']);
		expect(other_log.view().entries).toHaveLength(1);
		other.stop();
	});
});

describe('without sockets', () => {
	test('polls with the same cursor after two that did not open, sends over HTTP, and goes back to a socket', async () => {
		desk.takes_sockets = false;
		for (const text of ['a', 'b', 'c', 'd', 'e'])
			desk.add(talk, 'person', text);
		link.start();
		await run(3000);
		expect(link.link.value).toMatchObject({ is_up: true, is_polling: true });
		expect(shown()).toEqual(['a', 'b', 'c', 'd', 'e']);

		write('mine');
		await run(100);
		expect(desk.texts(talk)).toContain('mine');
		await run(2200);
		desk.add(talk, 'person', 'f');
		await run(2200);
		expect(shown()).toEqual(['a', 'b', 'c', 'd', 'e', 'mine', 'f']);

		desk.takes_sockets = true;
		await run(40_000);
		expect(link.link.value).toMatchObject({ is_up: true, is_polling: false });
		desk.add(talk, 'person', 'by socket');
		await run(50);
		expect(shown()).toContain('by socket');
		const polls = desk.heard.filter((line) => line.startsWith('GET')).length;
		await run(10_000);
		expect(desk.heard.filter((line) => line.startsWith('GET')).length).toBe(polls);
	});

	test('says that it is down when polling fails too, and comes back', async () => {
		desk.takes_sockets = false;
		link.start();
		await run(3000);
		desk.is_reachable = false;
		await run(5000);
		expect(link.link.value.is_up).toBe(false);
		desk.is_reachable = true;
		await run(70_000);
		expect(link.link.value).toMatchObject({ is_up: true, is_polling: true });
	});
});

describe('a desk that was restored from an older backup', () => {
	const had = ['a', 'b', 'c', 'd'];

	test('is shown again from the beginning, over a socket', async () => {
		for (const text of had)
			desk.add(talk, 'person', text);
		link.start();
		await run(100);
		expect(shown()).toEqual(had);
		desk.log(talk).length = 2;
		desk.sockets[0]?.die(1001);
		await run(3000);
		expect(shown()).toEqual(['a', 'b']);
		desk.add(talk, 'person', 'new');
		await run(100);
		expect(shown()).toEqual(['a', 'b', 'new']);
	});

	test('is shown again from the beginning, when polling', async () => {
		desk.takes_sockets = false;
		for (const text of had)
			desk.add(talk, 'person', text);
		link.start();
		await run(3000);
		expect(shown()).toEqual(had);
		desk.log(talk).length = 2;
		await run(2200);
		expect(shown()).toEqual(['a', 'b']);
	});
});
