/*
 * What loader and panel say to each other, across origins. Both check where a message comes from: the loader takes only those of
 * its own frame from the desk's origin, the panel only those of its parent. Of secrets only the host page's own signature of who
 * its visitor is goes by here. One shape each way keeps the loader small.
 */

/*
 * The panel to the loader. ready; open and close it; state: `value` unread messages, `why` not empty: there is a chat; invite: an
 * invitation of `value` pixels' height is to be seen instead of the panel, 0: it was declined; refused: the desk did not take
 * what the host page signed, because of `why`.
 */
export interface PanelSays {
	softanswer: 'ready' | 'open' | 'close' | 'state' | 'invite' | 'refused';
	value: number;
	why: string;
}

/* The loader to the panel: how things stand around it. */
export interface LoaderSays {
	softanswer: 'host';
	/* The page that the visitor reads, and its title. */
	page: string;
	title: string;
	is_open: boolean;
	/* Somebody looks at the page. */
	is_focused: boolean;
	/* A rule of the site says to invite on this page, if somebody is free. */
	is_ruled: boolean;
	/* Who the visitor is, signed by the page's site. */
	identity: string | null;
}
