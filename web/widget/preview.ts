/*
 * The settings' preview: the real loader and the real panel, as a site that is not saved yet would make them.
 *
 * The page of the settings around it says how (softanswer_previewed); here every question to the desk is answered from that, in
 * this window and in the panel's. Nothing reaches the desk and nothing is kept.
 */
import './preview.css';
import type { LineStateAnswer, SettingGetAnswer } from '../client/api.gen';
import { usual_desk } from '../client/desk';
import type { Previewed } from '../workspace/parts/admin/preview';

const previewed = (window.parent as Window & { softanswer_previewed?: Previewed }).softanswer_previewed;

function answer(body: object, status = 200): Response {
	return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

function answer_of({ widget, is_open }: Previewed, path: string): Response {
	const desk: SettingGetAnswer = { ...usual_desk, name: widget.desk, language: widget.language, time_zone: widget.time_zone, is_online: is_open };
	const line: LineStateAnswer = { open: is_open, wait_ms: 0, is_free: is_open, ...(is_open ? {} : { reason: 'nobody' }) };
	if (path.endsWith('/widget'))
		return answer(widget);
	if (path.endsWith('/desk'))
		return answer(desk);
	if (path.endsWith('/line'))
		return answer(line);
	return answer({ type: 'urn:softanswer:sign-in', title: 'preview', status: 401 }, 401);
}

/* A storage that ends with the frame. The loader opens by itself where it was open before. */
function storage(is_open: boolean): Storage {
	const kept = new Map<string, string>(is_open ? [['softanswer.widget', 'open']] : []);
	const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, String(value)),
		removeItem: (key: string) => void kept.delete(key), key: () => null, clear: () => kept.clear(), length: 0 };
	return new Proxy(store, {
		get: (target, key) => Reflect.get(target, key) ?? kept.get(String(key)),
		set: (_target, key, value) => { kept.set(String(key), String(value)); return true; },
	}) as unknown as Storage;
}

function take_over(frame: Window & typeof globalThis, shown: Previewed): void {
	/* What nobody can reach takes the keyboard from nobody: not every browser keeps it from a frame that is inert. */
	frame.HTMLElement.prototype.focus = () => undefined;
	frame.fetch = (input) => Promise.resolve(answer_of(shown, new URL(String(input instanceof Request ? input.url : input), location.href).pathname));
	const kept = storage(shown.shows === 'panel');
	for (const name of ['localStorage', 'sessionStorage'])
		Object.defineProperty(frame, name, { value: kept });
}

if (previewed) {
	document.documentElement.lang = previewed.widget.language;
	document.documentElement.dir = /^(ar|he|fa|ur)\b/.test(previewed.widget.language) ? 'rtl' : 'ltr';
	document.documentElement.classList.toggle('dark', previewed.widget.theme === 'dark');
	take_over(window, previewed);
	(window as Window & { softanswer_preview?: (frame: Window & typeof globalThis) => void }).softanswer_preview = (frame) => take_over(frame, previewed);
}
