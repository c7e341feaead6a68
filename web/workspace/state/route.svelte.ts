/*
 * Where one is: the address holds page, view and conversation, so that every place can be kept, sent and gone back to.
 *
 *     /w/settings/sites/kP…
 *     /w/inbox  /w/inbox/kP…  /w/waiting  /w/mine  /w/team  /w/all  /w/owed  /w/closed  /w/board  /w/board/log  /w/wall  /w/planner/2026-03-30/day  /w/people  /w/audit  /w/settings  /w/account     /setup /sign-in /invitation /reset
 */
/* inbox: who waits and one's own, in one. */
export type ChatView = 'inbox' | 'waiting' | 'mine' | 'team' | 'all' | 'owed' | 'closed';
export type Page = 'chats' | 'board' | 'wall' | 'planner' | 'people' | 'audit' | 'settings' | 'account' | 'setup' | 'sign-in' | 'invitation' | 'reset';

export interface Route {
	page: Page;
	view: ChatView;
	conversation: string | null;
	/* Of the settings and the board: which part, and which thing of it. Of the planner: which day, and whether only that. */
	section?: string;
	object?: string;
}

const gates: Page[] = ['setup', 'sign-in', 'invitation', 'reset'];
export const offices: Page[] = ['board', 'wall', 'planner', 'people', 'audit', 'settings', 'account'];
export const views: readonly ChatView[] = ['inbox', 'waiting', 'mine', 'team', 'all', 'owed', 'closed'];

export function route_read(path: string): Route {
	const [first = '', second = '', third = '', fourth = ''] = path.split('/').filter((part) => part !== '');
	const gate = gates.find((page) => page === first);
	if (gate)
		return { page: gate, view: 'inbox', conversation: null };
	const office = offices.find((page) => page === second);
	if (first === 'w' && office)
		return { page: office, view: 'inbox', conversation: null, ...(['settings', 'board', 'planner'].includes(office) ? { section: third || undefined, object: fourth || undefined } : {}) };
	return { page: 'chats', view: views.find((view) => view === second) ?? 'inbox',
		conversation: /^[A-Za-z0-9_-]{22}$/.test(third) ? third : null };
}

export function route_path(view: ChatView, conversation: string | null = null): string {
	return conversation ? `/w/${view}/${conversation}` : `/w/${view}`;
}

class Router {
	now = $state<Route>(route_read(location.pathname));

	constructor() {
		window.addEventListener('popstate', () => { this.now = route_read(location.pathname); });
	}

	go(path: string, replaces = false): void {
		if (path !== location.pathname)
			history[replaces ? 'replaceState' : 'pushState'](null, '', path);
		this.now = route_read(path);
	}

	/* For links: lets the browser have what it should have (new tabs, other sites). */
	click = (event: MouseEvent): void => {
		const link = (event.target as Element | null)?.closest?.('a');
		const is_plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
		if (!link || !is_plain || event.defaultPrevented || link.target || link.origin !== location.origin
			|| !link.pathname.startsWith('/w/'))
			return;
		/* To a place on the same page. */
		if (link.hash && link.pathname === location.pathname)
			return;
		event.preventDefault();
		this.go(link.pathname);
	};
}

export const router = new Router();
