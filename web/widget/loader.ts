/*
 * widget.js: the one script that a shop puts on its page.
 *     <script src="https://desk.example/widget.js" async></script>
 *
 * Draws the launcher in a closed shadow root, whatever the page's own styles and policy are; the panel is a frame from the desk,
 * loaded when it is first opened (or when a chat is under way). window.Softanswer: open, close, shutdown, on. Loading it
 * twice does nothing. The element hangs below <html>, beside <body>, so that pages which redraw their body keep it.
 */
import type { LoaderSays, PanelSays } from './frame';

type Sort = 'open' | 'close' | 'unread';

interface Api {
	open(): void;
	close(): void;
	shutdown(): void;
	on(sort: Sort, run: (value: number) => void): () => void;
}

declare global {
	interface Window { Softanswer?: Api }
}

const look = `
:host{all:initial!important;position:fixed!important;inset:auto!important;bottom:20px!important;inset-inline-end:20px!important;z-index:2147483000!important;display:block!important}
:host([hidden]){display:none!important}
button{all:unset;box-sizing:border-box;position:relative;display:grid;place-items:center;width:56px;height:56px;border-radius:28px;background:#0e5a61;color:#fff;cursor:pointer;box-shadow:0 1px 2px #23282b33,0 6px 20px #23282b40;transition:background-color .12s}
button:hover{background:#0a474d}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #0e5a61}
svg{width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;box-sizing:border-box;padding:0 6px;border-radius:11px;background:#fffdf9;color:#0a474d;border:2px solid #0e5a61;font:600 12px/18px system-ui,sans-serif;text-align:center}
b:empty{display:none}
div{position:fixed;bottom:88px;inset-inline-end:20px;width:384px;height:min(620px,100vh - 108px);border-radius:14px;overflow:hidden;background:#f7f4ee;box-shadow:0 0 0 1px #23282b1f,0 8px 40px #23282b40}
div[hidden]{display:none}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}
@media (prefers-color-scheme:dark){div{background:#17191a;box-shadow:0 0 0 1px #fff2,0 8px 40px #0009}}
@media (max-width:480px){div{inset:0;width:100%;height:100%;height:100dvh;border-radius:0}}
@media (forced-colors:active){button,div{border:2px solid ButtonText}}
@media print{:host{display:none!important}}`;

const words: Record<string, [string, (count: number) => string]> = {
	en: ['Chat', (count) => `Chat, ${count} new`],
	es: ['Chat', (count) => `Chat, ${count} sin leer`],
	de: ['Chat', (count) => `Chat, ${count} neu`],
};
const speech = 'M4.5 8A3.500 3.500 0 0 1 8 4.500h10A3.500 3.500 0 0 1 21.500 8v6.500A3.500 3.500 0 0 1 18 18h-5.500L8 21.500V18a3.500 3.500 0 0 1-3.500-3.500z';
const cross = 'M7 7l12 12M19 7L7 19';
const kept = 'softanswer.widget';

function start(script: HTMLScriptElement): void {
	const desk = new URL(script.src).origin;
	const page_language = document.documentElement.lang || navigator.language;
	const [title, title_unread] = words[page_language.slice(0, 2)] ?? words['en']!;
	const phone = matchMedia('(max-width:480px)');
	const listeners: [Sort, (value: number) => void][] = [];

	const host = document.createElement('softanswer-chat');
	const root = host.attachShadow({ mode: 'closed' });
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(look);
	root.adoptedStyleSheets = [sheet];
	const panel = document.createElement('div');
	const button = document.createElement('button');
	const badge = document.createElement('b');
	const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
	const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	let frame: HTMLIFrameElement | null = null;
	let is_open = false, is_ready = false, unread = 0, has_chat = false;

	panel.hidden = true;
	panel.setAttribute('role', 'dialog');
	panel.setAttribute('aria-label', title);
	drawing.setAttribute('viewBox', '0 0 26 26');
	drawing.setAttribute('aria-hidden', 'true');
	badge.setAttribute('aria-hidden', 'true');
	button.type = 'button';
	drawing.append(path);
	button.append(drawing, badge);
	root.append(panel, button);

	function draw(): void {
		path.setAttribute('d', is_open ? cross : speech);
		button.setAttribute('aria-expanded', String(is_open));
		button.setAttribute('aria-label', unread && !is_open ? title_unread(unread) : title);
		badge.textContent = unread && !is_open ? String(Math.min(unread, 99)) : '';
		panel.hidden = !is_open;
		/* On a phone the panel is all there is; the page beneath rests. */
		const is_modal = is_open && phone.matches;
		panel.setAttribute('aria-modal', String(is_modal));
		button.hidden = is_modal;
		button.style.display = is_modal ? 'none' : '';
		if (document.body.inert !== is_modal && (is_modal || inert_by_us))
			document.body.inert = inert_by_us = is_modal;
	}
	let inert_by_us = false;

	function keep(): void {
		try {
			if (is_open || has_chat)
				localStorage.setItem(kept, is_open ? 'open' : 'chat');
			else
				localStorage.removeItem(kept);
		} catch { /* no storage: a reload begins closed */ }
	}

	function tell(sort: Sort, value: number): void {
		for (const [wanted, run] of [...listeners])
			if (wanted === sort)
				run(value);
	}

	function say(message: LoaderSays): void {
		if (is_ready)
			frame?.contentWindow?.postMessage(message, desk);
	}

	function load(): void {
		if (frame)
			return;
		frame = document.createElement('iframe');
		frame.title = title;
		frame.allow = 'clipboard-write';
		frame.src = `${desk}/widget/panel#${page_language}`;
		panel.append(frame);
	}

	function open(takes_focus = true): void {
		if (is_open)
			return;
		load();
		is_open = true;
		draw();
		keep();
		if (takes_focus)
			frame?.focus();
		say({ softanswer: 'open' });
		tell('open', 0);
	}

	function close(): void {
		if (!is_open)
			return;
		is_open = false;
		draw();
		keep();
		button.focus();
		say({ softanswer: 'closed' });
		tell('close', 0);
	}

	function hear(event: MessageEvent): void {
		if (event.origin !== desk || !frame || event.source !== frame.contentWindow)
			return;
		const said = event.data as PanelSays;
		if (said?.softanswer === 'ready') {
			is_ready = true;
			say({ softanswer: 'hello', page: location.href.split('#')[0]!.slice(0, 2000), is_open });
		} else if (said?.softanswer === 'close') {
			close();
		} else if (said?.softanswer === 'state') {
			has_chat = !!said.has_chat;
			if (unread !== +said.unread)
				tell('unread', (unread = +said.unread));
			draw();
			keep();
		}
	}

	function shutdown(): void {
		is_open = has_chat = false;
		draw();
		keep();
		removeEventListener('message', hear);
		phone.removeEventListener('change', draw);
		watcher.disconnect();
		host.remove();
		delete window.Softanswer;
	}

	button.addEventListener('click', () => (is_open ? close() : open()));
	root.addEventListener('keydown', (event) => (event as KeyboardEvent).key === 'Escape' && close());
	addEventListener('message', hear);
	phone.addEventListener('change', draw);
	const watcher = new MutationObserver(() => host.isConnected || document.documentElement.append(host));
	watcher.observe(document.documentElement, { childList: true });
	document.documentElement.append(host);
	draw();

	window.Softanswer = {
		open: () => open(),
		close,
		shutdown,
		on(sort, run) {
			const listener: [Sort, (value: number) => void] = [sort, run];
			listeners.push(listener);
			if (sort === 'unread' && unread)
				run(unread);
			return () => void listeners.splice(listeners.indexOf(listener) >>> 0, 1);
		},
	};

	let before: string | null = null;
	try {
		before = localStorage.getItem(kept);
	} catch { /* as above */ }
	if (before === 'open' && !phone.matches)
		open(false);
	else if (before)
		load();
}

const script = document.currentScript as HTMLScriptElement | null;
if (!window.Softanswer && script) {
	if (document.body)
		start(script);
	else
		addEventListener('DOMContentLoaded', () => window.Softanswer || start(script), { once: true });
}
