/* Light or dark: as the system says, unless somebody chose. Kept in the browser; set on the root before anything is drawn. */
import { keep_in_browser } from '../client/storage';

export type Theme = 'system' | 'light' | 'dark';

const keep = keep_in_browser();
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function theme_chosen(): Theme {
	const kept = keep.get('softanswer.theme');
	return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function theme_choose(theme: Theme): void {
	if (theme === 'system')
		keep.remove('softanswer.theme');
	else
		keep.set('softanswer.theme', theme);
	theme_apply();
}

export function theme_apply(): void {
	const theme = theme_chosen();
	document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
}

export function theme_start(): void {
	theme_apply();
	dark.addEventListener('change', theme_apply);
}
