/*
 * widget.js: the one script that a shop puts on its page.
 *     <script async src="https://desk.example/widget.js" data-site="KEY"></script>
 *
 * Draws the launcher in a closed shadow root, whatever the page's own styles and policy are, as the site's public settings say; the
 * panel is a frame from the desk, loaded when it is first opened (or when a chat is under way). window.Softanswer is a function and
 * an object at once: Softanswer('open') is Softanswer.open(); docs/operate/widget.md has all of it. Loading it twice does nothing.
 * The element hangs below <html>, beside <body>, so that pages which redraw their body keep it. Where the page's policy lets
 * nothing be fetched, the launcher has its first colours and invites nobody.
 */
import type { LoaderSays, PanelSays } from './frame';

type Sort = 'open' | 'close' | 'unread' | 'refused';
type Run = (value: number | string) => void;

interface Api {
	(verb: string, ...values: unknown[]): void;
	open(): void;
	close(): void;
	identify(signed: string): void;
	shutdown(): void;
	on(sort: Sort, run: Run): () => void;
}

/* What the loader takes of site.widget. */
interface Look {
	colour: string;
	side: string;
	launcher?: string;
	theme: string;
	words: { name: string; text: string }[];
	invites: { path: string; seconds: number; is_returning?: boolean }[];
}

declare global {
	interface Window { Softanswer?: Api & { q?: [string, ...unknown[]][] } }
}

/* White where it can be read on the colour (by its luminance, roughly), else ink. */
function ink_on(colour: string): string {
	const parts = parseInt(colour.slice(1), 16);
	return (parts >> 16) ** 2 * 0.21 + ((parts >> 8) & 255) ** 2 * 0.72 + (parts & 255) ** 2 * 0.07 > 11_900 ? '#16191a' : '#fff';
}

function style({ colour, side, theme }: Look): string {
	const edge = `inset-inline-${side}:20px`;
	return `:host{all:initial!important;position:fixed!important;bottom:20px!important;${edge}!important;z-index:9999999!important;display:block!important}`
		+ `button{all:unset;box-sizing:border-box;cursor:pointer;position:relative;display:flex;align-items:center;padding:0 14px;height:56px;border-radius:28px;background:${colour};color:${ink_on(colour)};font:500 16px/1 system-ui;box-shadow:0 6px 20px #0004}`
		+ 'button:hover{filter:brightness(.9)}'
		+ `button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px ${colour}}`
		+ 'svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}'
		+ 'span:not(:empty){padding-inline:8px}'
		+ `b{position:absolute;top:-4px;inset-inline-end:-4px;min-width:8px;padding:0 5px;border-radius:11px;background:#fff;color:#16191a;border:2px solid ${colour};font:600 12px/18px system-ui}`
		+ 'b:empty,[hidden]{display:none!important}'
		+ `div{position:fixed;bottom:88px;${edge};overflow:hidden;border-radius:14px;background:Canvas;color:CanvasText;box-shadow:0 0 0 1px #8883,0 6px 20px #0004;color-scheme:${theme === 'auto' ? 'light dark' : theme}}`
		+ 'div{width:384px;height:min(620px,100vh - 108px)}'
		+ '.i{width:320px;max-width:calc(100vw - 40px);height:var(--h)}'
		+ 'iframe{width:100%;height:100%;border:0;color-scheme:normal}'
		+ '@media (max-width:480px){div:not(.i){inset:0;width:100%;height:100dvh;border-radius:0}}'
		+ '@media (forced-colors:active){button,div{border:2px solid}}'
		+ '@media print{:host{display:none!important}}';
}

const new_words: Record<string, string> = { en: 'new', es: 'sin leer', de: 'neu' };
const speech = 'M4.5 8A3.5 3.5 0 0 1 8 4.5h10A3.5 3.5 0 0 1 21.5 8v6.5A3.5 3.5 0 0 1 18 18h-5.5L8 21.5V18a3.5 3.5 0 0 1-3.5-3.5z';
const cross = 'M7 7l12 12M19 7L7 19';
const kept = 'softanswer.widget';

/* The page's storage, as far as it has one: without, a reload begins anew. */
function keep(key: string, value?: string): string | null {
	try {
		if (value !== undefined)
			localStorage[kept + key] = value;
		return localStorage[kept + key];
	} catch {
		return null;
	}
}

function mark(element: Element, name: string, value: string | boolean): void {
	element.setAttribute(name, `${value}`);
}

function make<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] {
	return document.createElement(name);
}

function start(script: HTMLScriptElement): void {
	const { origin: desk } = new URL(script.src);
	const { site, language } = script.dataset;
	const root_element = document.documentElement;
	const page_language = language || root_element.lang || navigator.language;
	const phone = matchMedia('(max-width:480px)');
	const listeners = new Set<[Sort, Run]>();

	const host = document.createElement('softanswer-chat');
	const root = host.attachShadow({ mode: 'closed' });
	const sheet = new CSSStyleSheet();
	const panel = make('div'), button = make('button'), badge = make('b'), label = make('span');
	const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
	const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	let look: Look, name = 'Chat';
	let frame: HTMLIFrameElement | null = null, identity: string | null = null;
	let is_open = false, is_ready = false, is_focused = true, is_inert = false, unread = 0, has_chat = false, was_here = false, is_inviting = false;
	let here = location.href, here_since = Date.now(), asked_at = '', page_title: string | null = null;

	root.adoptedStyleSheets = [sheet];
	mark(panel, 'role', 'dialog');
	mark(drawing, 'viewBox', '0 0 26 26');
	mark(drawing, 'aria-hidden', true);
	mark(badge, 'aria-hidden', true);
	button.type = 'button';
	drawing.append(path);
	button.append(drawing, label, badge);
	root.append(panel, button);
	const address = (tail: string): string => `${desk}/widget/panel${site ? `?site=${site}` : ''}#${tail}`;
	const word = (wanted: string): string | undefined => look.words.find((each) => each.name === wanted)?.text;

	function draw(): void {
		mark(path, 'd', is_open ? cross : speech);
		mark(button, 'aria-expanded', is_open);
		const fresh = is_open ? 0 : unread;
		mark(button, 'aria-label', fresh ? `${name}, ${fresh} ${new_words[page_language.slice(0, 2)] ?? 'new'}` : name);
		badge.textContent = `${fresh || ''}`;
		panel.hidden = !is_open && !is_inviting;
		panel.className = is_open ? '' : 'i';
		/* On a phone the panel is all there is; the page beneath rests. */
		const is_modal = is_open && phone.matches;
		mark(panel, 'aria-modal', is_modal);
		button.hidden = is_modal || look.launcher === 'none';
		if (is_inert !== is_modal)
			document.body.inert = is_inert = is_modal;
	}

	function paint(next: Look): void {
		look = next;
		sheet.replaceSync(style(look));
		name = word('title') || word('launcher') || 'Chat';
		mark(panel, 'aria-label', name);
		label.textContent = look.launcher === 'label' ? word('launcher') || name : '';
		draw();
	}

	const show = (): void => void (host.isConnected || root_element.append(host));

	function remember(): void {
		keep('', is_open ? 'open' : has_chat ? 'chat' : '');
	}

	function tell(sort: Sort, value: number | string = 0): void {
		listeners.forEach(([wanted, run]) => wanted === sort && run(value));
	}

	/* How things stand here; after every change. */
	function say(): void {
		const says: LoaderSays = { softanswer: 'host', page: here, title: page_title ?? document.title, is_open, is_focused,
			is_ruled: asked_at === here, identity };
		if (is_ready)
			frame?.contentWindow?.postMessage(says, desk);
	}

	function load(): void {
		show();
		if (frame)
			return;
		frame = make('iframe');
		frame.title = name;
		frame.allow = 'clipboard-write';
		frame.src = address(page_language);
		panel.append(frame);
	}

	function open(takes_focus = true): void {
		if (is_open)
			return;
		load();
		is_open = true;
		is_inviting = false;
		draw();
		remember();
		if (takes_focus)
			frame?.focus();
		say();
		tell('open');
	}

	function close(): void {
		if (!is_open)
			return;
		is_open = false;
		draw();
		remember();
		button.focus();
		say();
		tell('close');
	}

	function hear(event: MessageEvent): void {
		if (event.origin !== desk || !frame || event.source !== frame.contentWindow)
			return;
		const said = event.data as PanelSays;
		const hearing: { [K in PanelSays['softanswer']]: () => void } = {
			ready() {
				is_ready = true;
				say();
			},
			open: () => open(),
			close,
			/* Height 0: it was declined, for good. */
			invite() {
				is_inviting = said.value > 0 && !is_open;
				if (!said.value)
					keep('.invited', 'no');
				panel.style.setProperty('--h', `${said.value}px`);
				draw();
			},
			refused: () => tell('refused', said.why),
			state() {
				has_chat = !!said.why;
				if (unread !== said.value)
					tell('unread', (unread = said.value));
				draw();
				remember();
			},
		};
		hearing[said.softanswer]?.();
	}

	/* Once a second, where there is something to look after. */
	function tick(): void {
		if (here !== location.href) {
			here = location.href;
			here_since = Date.now();
			setTimeout(say, 99); /* by then the page has its new title */
		}
		if (is_focused !== document.hasFocus()) {
			is_focused = !is_focused;
			say();
		}
		flash(unread > 0 && !is_focused);
		/* A rule has come true: the panel asks whether somebody is free, once for each page. */
		if (!is_open && !has_chat && asked_at !== here && look.invites.some((rule) => location.pathname.startsWith(rule.path)
			&& Date.now() - here_since >= rule.seconds * 1000 && (!rule.is_returning || was_here)) && !keep('.invited')) {
			asked_at = here;
			load();
			say();
		}
	}

	/* The title says what is new, every other second, while nobody looks. */
	function flash(is_on: boolean): void {
		if (page_title !== null) {
			document.title = page_title;
			page_title = null;
		} else if (is_on) {
			page_title = document.title;
			document.title = `(${unread}) ${name}`;
		}
	}

	function shutdown(): void {
		unread = 0;
		is_open = has_chat = is_inviting = false;
		flash(false);
		draw();
		remember();
		clearInterval(ticking);
		frame = null;
		watcher.disconnect();
		host.remove();
		delete window.Softanswer;
		/* A last frame, unseen, in which the desk takes its cookie back. */
		const last = make('iframe');
		last.style.cssText = 'display:none!important';
		last.src = address('leave');
		root_element.append(last);
		setTimeout(() => last.remove(), 9000);
	}

	button.onclick = () => (is_open ? close() : open());
	root.addEventListener('keydown', (event) => (event as KeyboardEvent).key === 'Escape' && close());
	addEventListener('message', hear);
	phone.addEventListener('change', draw);
	const watcher = new MutationObserver(show);
	watcher.observe(root_element, { childList: true });
	const ticking = setInterval(tick, 1000);
	paint({ colour: '#0e5a61', side: 'end', theme: 'auto', words: [], invites: [] });

	const early = window.Softanswer?.q ?? [];
	const api = Object.assign((verb: string, ...values: unknown[]) => (api as unknown as Record<string, (...values: unknown[]) => void>)[verb]?.(...values), {
		open: () => open(),
		close,
		identify(signed: string) {
			identity = signed;
			say();
		},
		shutdown,
		on(sort: Sort, run: Run) {
			const listener: [Sort, Run] = [sort, run];
			listeners.add(listener);
			if (sort === 'unread' && unread)
				run(unread);
			return () => void listeners.delete(listener);
		},
	});
	window.Softanswer = api;
	for (const asked of early)
		api(...asked);

	const before = keep('');
	if (before)
		load();
	if (before === 'open' && !phone.matches)
		open(false);
	if (!site)
		return show();
	fetch(`${desk}/api/v1/sites/${site}/widget?language=${page_language}`, { credentials: 'omit' })
		.then((answer) => answer.json())
		.then((answer: Partial<Look>) => {
			/* A site that is there no more shows nothing. */
			if (!answer.words)
				return;
			paint(answer as Look);
			if (look.invites[0])
				was_here = Date.now() - +(keep('.been') || keep('.been', `${Date.now()}`) || NaN) > 1_800_000;
			show();
		}, show);
}

const script = document.currentScript as HTMLScriptElement | null;
const is_there = (): boolean => !!window.Softanswer?.open;
if (!is_there() && script) {
	if (document.body)
		start(script);
	else
		addEventListener('DOMContentLoaded', () => is_there() || start(script), { once: true });
}
