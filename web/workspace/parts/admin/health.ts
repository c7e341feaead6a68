/* What of a desk's status needs somebody, the worst first, with what to do. Pure: the page only draws it. */
import type { StatusGetAnswer } from '../../../client/api.gen';
import { file_size } from '../../../kit/size';
import { day_and_time } from '../../../kit/time';
import type { AdminMessages } from './texts';

export interface Trouble {
	id: string;
	says: string;
	next: string;
	link?: { path: string; text: string };
}

export const disk_free_least = 0.1;
const backup_oldest_ms = 2 * 86_400_000;
const queue_most = 100;
/* Below this many commits a share says nothing. */
const commits_least = 50;
const slow_most = 0.05;

export function free_share(status: StatusGetAnswer): number | null {
	return status.store.disk_bytes > 0 ? status.store.disk_free_bytes / status.store.disk_bytes : null;
}

export function troubles(status: StatusGetAnswer, a: AdminMessages, now: number): Trouble[] {
	const { store, writer, desk } = status, found: Trouble[] = [];
	const add = (is_so: boolean, trouble: () => Trouble): void => void (is_so && found.push(trouble()));
	const free = free_share(status), slow = writer.slow_commits / Math.max(writer.commits, 1);
	const percent = (share: number): number => Math.floor(share * 100);

	add(free !== null && free < disk_free_least, () => ({ id: 'disk', says: a.red_disk(file_size(store.disk_free_bytes), percent(free!)), next: a.red_disk_next }));
	add(writer.failed > 0, () => ({ id: 'failed', says: a.red_failed(writer.failed), next: a.red_failed_next }));
	add(writer.queued > queue_most, () => ({ id: 'queue', says: a.red_queue(writer.queued), next: a.red_queue_next }));
	add(desk.waiting > 0 && desk.online === 0, () => ({ id: 'waiting', says: a.red_waiting(desk.waiting), next: a.red_waiting_next, link: { path: '/w/inbox', text: a.to_inbox } }));
	add(desk.overdue > 0, () => ({ id: 'overdue', says: a.red_overdue(desk.overdue), next: a.red_overdue_next, link: { path: '/w/inbox', text: a.to_inbox } }));
	add(store.engine === 'sqlite' && (!store.backed_up_at || now - Date.parse(store.backed_up_at) > backup_oldest_ms), () => ({ id: 'backup',
		says: store.backed_up_at ? a.red_backup_old(day_and_time(store.backed_up_at)) : a.red_backup, next: a.red_backup_next }));
	add(writer.commits >= commits_least && slow > slow_most, () => ({ id: 'slow', says: a.red_slow(percent(slow)), next: a.red_slow_next }));
	for (const site of desk.unseen)
		found.push({ id: `site-${site.site}`, says: a.red_unseen(site.name), next: a.red_unseen_next, link: { path: `/w/settings/sites/${site.site}`, text: a.red_unseen_do } });
	add(!!status.lacks, () => ({ id: 'lacks', says: a.red_lacks(status.lacks!), next: a.red_lacks_next }));
	return found;
}
