/*
 * The chats that one is asked to take, and for a moment what became of those that went elsewhere. An offer is a waiting chat of which
 * the row says who is asked: so it comes and goes with the rows, in every tab alike.
 */
import type { Chat } from '../../client/api';

export const gone_ms = 6000;

/* accepted: by oneself, perhaps elsewhere. withdrawn: before its end, or declined by oneself elsewhere. */
export type Outcome = 'accepted' | 'taken' | 'left' | 'withdrawn' | 'expired';

export interface Gone {
	chat: Chat;
	outcome: Outcome;
}

export function is_offered_to(chat: Chat | undefined, me: number | undefined): boolean {
	return chat?.state === 'offered' && me !== undefined && chat.offer?.person === me;
}

/* What became of an offer, from the chat as it is after. Pure. */
export function outcome_of(was: Chat, is: Chat, me: number | undefined, now: number): Outcome {
	if (is.state === 'owned')
		return is.owner?.id === me ? 'accepted' : 'taken';
	if (is.state === 'closed')
		return 'left';
	/* The clocks need not agree to the second. */
	return was.offer && Date.parse(was.offer.expires_at) <= now + 2000 ? 'expired' : 'withdrawn';
}

export class Offers {
	private readonly me: () => number | undefined;
	private readonly list: () => Chat[];
	private readonly now: () => number;
	gone = $state.raw<Gone[]>([]);
	/* By oneself: nothing needs to be said of them. */
	private readonly declined = new Set<string>();
	open = $derived.by(() => this.list().filter((chat) => is_offered_to(chat, this.me()))
		.sort((a, b) => (a.offer!.expires_at < b.offer!.expires_at ? -1 : a.offer!.expires_at > b.offer!.expires_at ? 1 : a.chat - b.chat)));

	constructor(list: () => Chat[], me: () => number | undefined, now: () => number) {
		this.list = list;
		this.me = me;
		this.now = now;
	}

	decline(conversation: string): void {
		this.declined.add(conversation);
	}

	/* The desk has not taken it. */
	undecline(conversation: string): void {
		this.declined.delete(conversation);
	}

	/* One row became another. True: something is offered that was not. */
	hear(was: Chat | undefined, is: Chat): boolean {
		const me = this.me();
		if (is_offered_to(is, me)) {
			this.gone = this.gone.filter((each) => each.chat.conversation !== is.conversation);
			/* Another offer of the same chat, even where nothing was heard in between. */
			if (is.offer!.expires_at !== was?.offer?.expires_at)
				this.declined.delete(is.conversation);
			return !is_offered_to(was, me);
		}
		if (!was || !is_offered_to(was, me))
			return false;
		const outcome = outcome_of(was, is, me, this.now());
		if (!this.declined.delete(is.conversation) && outcome !== 'accepted')
			this.tell({ chat: is, outcome });
		return false;
	}

	private tell(gone: Gone): void {
		this.gone = [...this.gone.filter((each) => each.chat.conversation !== gone.chat.conversation), gone];
		setTimeout(() => { this.gone = this.gone.filter((each) => each !== gone); }, gone_ms);
	}
}
