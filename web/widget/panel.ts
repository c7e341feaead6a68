/*
 * The panel's first lines: its words and colours, then the panel. After the # of its address stands the page's language, or
 * "leave": then there is nothing to see, and nobody is known here afterwards.
 */
import './previewed';
import '../kit/base.css';
import { mount } from 'svelte';
import { language_pick, texts_load } from '../kit/texts';
import { colour_apply } from './colour';
import Panel from './Panel.svelte';
import { widget_texts_load } from './texts';
import { leave, Visit } from './visit.svelte';

const wanted = decodeURIComponent(location.hash.slice(1));
const dark = window.matchMedia('(prefers-color-scheme: dark)');

async function open(): Promise<void> {
	document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light';
	/* The words and the desk are asked at once: each costs a slow visitor a way there and back. */
	const tags = [wanted, ...navigator.languages].filter((tag) => tag !== '');
	const words = Promise.all([texts_load(tags), widget_texts_load(language_pick(tags))]);
	const visit = new Visit();
	await words;

	function paint(): void {
		const theme = visit.look?.theme ?? 'auto';
		const is_dark = theme === 'auto' ? dark.matches : theme === 'dark';
		document.documentElement.dataset['theme'] = is_dark ? 'dark' : 'light';
		if (visit.look)
			colour_apply(visit.look.colour, is_dark);
	}
	dark.addEventListener('change', paint);
	visit.when_looked(paint);
	mount(Panel, { target: document.getElementById('panel')!, props: { visit } });
}

if (wanted === 'leave')
	void leave();
else
	void open();
