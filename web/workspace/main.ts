/* The workspace's first lines: which desk, which words, who is signed in; then the page. */
import '../kit/base.css';
import { mount } from 'svelte';
import type { Desk, Me } from '../client/api';
import { Refusal } from '../client/door';
import { texts_load } from '../kit/texts';
import { theme_start } from '../kit/theme';
import App from './App.svelte';
import { offices, router } from './state/route.svelte';
import { workspace } from './state/workspace.svelte';
import { workspace_texts_load } from './texts';

/* Asks until there is an answer: a desk that is being started again is back in a moment. */
async function ask<T>(path: string): Promise<T | null> {
	for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
		try {
			return await workspace.door.get<T>(path);
		} catch (reason) {
			if (reason instanceof Refusal && !reason.is_retryable)
				return null;
			await new Promise((resolve) => setTimeout(resolve, wait));
		}
	}
}

theme_start();
const desk = await ask<Desk>('/desk');
if (desk)
	workspace.desk = desk;
const chosen = workspace.keep.get('softanswer.language');
await workspace_texts_load(await texts_load([chosen ?? '', desk?.is_set_up ? desk.language : '', ...navigator.languages].filter((tag) => tag !== '')));

const needs_person = ['chats', ...offices].includes(router.now.page);
if (desk && !desk.is_set_up)
	router.go('/setup', true);
else if (router.now.page === 'setup')
	router.go('/sign-in', true);
else if (needs_person) {
	const me = await ask<Me>('/me');
	if (me)
		workspace.start(me);
	else
		/* Only places of the workspace: an address of two slashes would be somebody else's. */
		workspace.return_to = location.pathname.startsWith('/w/') ? location.pathname : null;
	if (!me)
		router.go('/sign-in', true);
	else if (router.now.page === 'chats' && !workspace.can_answer)
		router.go('/w/account', true);
	else if (location.pathname === '/')
		router.go('/w/inbox', true);
}
mount(App, { target: document.getElementById('page')! });
