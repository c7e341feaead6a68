import { beforeAll, expect, test } from 'vitest';
import type { StatusGetAnswer } from '../../../client/api.gen';
import { texts_load } from '../../../kit/texts';
import { en } from '../../messages/admin/en';
import { troubles } from './health';

const now = Date.parse('2026-03-30T12:00:00Z');
const well: StatusGetAnswer = { version: '1', commit: 'c', started_at: '2026-03-30T00:00:00Z', sockets: 0,
	store: { engine: 'sqlite', schema: 2, bytes: 1, log_bytes: 0, disk_bytes: 1000, disk_free_bytes: 100, backed_up_at: '2026-03-29T12:00:00Z' },
	writer: { queued: 100, commits: 100, slow_commits: 5, commit_us: 10, failed: 0 }, desk: { waiting: 0, owned: 0, online: 1, overdue: 0, unseen: [] } };
const ids = (status: StatusGetAnswer): string[] => troubles(status, en, now).map((trouble) => trouble.id);

beforeAll(async () => { await texts_load(['en']); });

test('a desk at every bound is well, one step further it is not', () => {
	expect(ids(well)).toEqual([]);
	expect(ids({ ...well, store: { ...well.store, disk_free_bytes: 99 } })).toEqual(['disk']);
	expect(ids({ ...well, store: { ...well.store, backed_up_at: '2026-03-28T11:59:59Z' } })).toEqual(['backup']);
	expect(ids({ ...well, store: { ...well.store, backed_up_at: undefined } })).toEqual(['backup']);
	expect(ids({ ...well, writer: { ...well.writer, queued: 101 } })).toEqual(['queue']);
	expect(ids({ ...well, writer: { ...well.writer, slow_commits: 6 } })).toEqual(['slow']);
	expect(ids({ ...well, desk: { ...well.desk, overdue: 1 } })).toEqual(['overdue']);
});

test('who waits is a trouble only while nobody is there', () => {
	expect(ids({ ...well, desk: { ...well.desk, waiting: 3 } })).toEqual([]);
	expect(ids({ ...well, desk: { ...well.desk, waiting: 3, online: 0 } })).toEqual(['waiting']);
});

test('what stops the desk comes first; each has a next step', () => {
	const all = troubles({ ...well, lacks: 'no filter', store: { ...well.store, disk_free_bytes: 1, backed_up_at: undefined },
		desk: { waiting: 1, owned: 0, online: 0, overdue: 1, unseen: [{ site: 'k', name: 'Shop' }] }, writer: { ...well.writer, failed: 2 } }, en, now);
	expect(all.map((trouble) => trouble.id)).toEqual(['disk', 'failed', 'waiting', 'overdue', 'backup', 'site-k', 'lacks']);
	expect(all.every((trouble) => trouble.next.length > 10)).toBe(true);
});

test('of a server nobody here knows the backups', () => {
	expect(ids({ ...well, store: { ...well.store, engine: 'postgres', backed_up_at: undefined } })).toEqual([]);
});
