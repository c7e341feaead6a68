/*
 * What loader and panel say to each other, across origins. Both check where a message comes from: the loader takes only those of
 * its own frame from the desk's origin, the panel only those of its parent. Nothing secret is said.
 */

/* The panel to the loader. */
export type PanelSays =
	| { softanswer: 'ready' }
	| { softanswer: 'close' }
	| { softanswer: 'state'; unread: number; has_chat: boolean };

/* The loader to the panel. `page`: the address of the page that the visitor reads. */
export type LoaderSays =
	| { softanswer: 'hello'; page: string; is_open: boolean }
	| { softanswer: 'open' }
	| { softanswer: 'closed' };
