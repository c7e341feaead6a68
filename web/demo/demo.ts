/*
 * The shop of the demo desk. The chat comes from widget.js, as on any page; the buttons below "Try the chat" call it as a page's own
 * code may (docs/operate/widget.md). A real shop signs who its customer is on its server: here, to try it, the page does.
 */
import './demo.css';

interface Chat {
	(verb: string, ...values: unknown[]): void;
}

const chat: Chat = (verb, ...values) => (window as unknown as { Softanswer?: Chat }).Softanswer?.(verb, ...values);
const said = document.querySelector<HTMLElement>('[data-said]')!;

function base64url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

async function sign(secret: string): Promise<string> {
	const bytes = new TextEncoder();
	const who = { id: 'customer-20417', name: 'Vera Lindqvist', email: 'vera@mail.example', exp: Math.floor(Date.now() / 1000) + 3600 };
	const text = base64url(bytes.encode(JSON.stringify(who)));
	const key = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	return `${text}.${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(text))))}`;
}

const tries: Record<string, () => void> = {
	open: () => chat('open'),
	close: () => chat('close'),
	walk() {
		history.pushState(null, '', `/demo/?lamp=${Math.floor(Math.random() * 90) + 10}`);
		said.textContent = 'You went on to another lamp: while you chat, the advisor sees that.';
	},
	leave() {
		chat('shutdown');
		said.textContent = 'Signed out: the chat is gone and this browser knows nobody. Reload for a new one.';
	},
};

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-try]'))
	button.onclick = () => tries[button.dataset['try']!]?.();

document.querySelector<HTMLFormElement>('[data-sign-in]')!.onsubmit = async (event) => {
	event.preventDefault();
	const secret = (event.target as HTMLFormElement).querySelector('input')!.value.trim();
	chat('on', 'refused', (why: string) => { said.textContent = `Not accepted: ${why}.`; });
	chat('identify', await sign(secret));
	chat('open');
	said.textContent = 'Signed in as Vera Lindqvist: the advisor sees a verified customer, on every machine the same.';
};
