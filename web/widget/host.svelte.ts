/*
 * The page around the panel, as far as the loader tells of it. Alone in a tab the panel is open and nobody listens.
 */
import type { LoaderSays, PanelSays } from './frame';

export class Host {
	readonly is_framed = window.parent !== window;
	is_open = $state(!this.is_framed);
	is_focused = $state(!this.is_framed);
	/* A rule of the site says to invite. */
	is_ruled = $state(false);
	/* The address and title of the page; null: it is none of the web. */
	page = $state.raw<{ url: string; title: string } | null>(null);
	/* Signed by the page's site. */
	identity = $state<string | null>(null);
	private origin: string | null = null;
	private told = '';

	constructor() {
		window.addEventListener('message', (event) => this.hear(event));
		if (this.is_framed)
			window.parent.postMessage({ softanswer: 'ready', value: 0, why: '' } satisfies PanelSays, '*');
	}

	say(softanswer: PanelSays['softanswer'], value = 0, why = ''): void {
		const says: PanelSays = { softanswer, value, why };
		if (!this.origin || (softanswer === 'state' && this.told === JSON.stringify(says)))
			return;
		if (softanswer === 'state')
			this.told = JSON.stringify(says);
		window.parent.postMessage(says, this.origin);
	}

	private hear(event: MessageEvent): void {
		const said = event.data as LoaderSays;
		if (!this.is_framed || event.source !== window.parent || said?.softanswer !== 'host' || (this.origin !== null && event.origin !== this.origin))
			return;
		this.origin = event.origin;
		const url = String(said.page).split('#')[0]!.slice(0, 2000);
		if (/^https?:/.test(url) && (this.page?.url !== url || this.page.title !== said.title))
			this.page = { url, title: String(said.title).slice(0, 200) };
		this.is_open = said.is_open;
		this.is_focused = said.is_focused;
		this.is_ruled = said.is_ruled;
		if (said.identity)
			this.identity = said.identity;
	}
}
