/* Everything that is known of the visitor of the open conversation, read when it opens and when its row changes. */
import type { ChatAbout, DeskEvent, PageView } from '../../client/api';
import type { Door } from '../../client/door';

const pages_max = 50;

export class Dossier {
	readonly conversation: string;
	private readonly door: Door;
	about = $state.raw<ChatAbout | null>(null);
	/* Newest first. */
	pages = $state.raw<PageView[]>([]);
	private is_reading = false;
	private is_old = true;

	constructor(door: Door, conversation: string) {
		this.door = door;
		this.conversation = conversation;
		void this.read();
		void this.read_pages();
	}

	set_old(): void {
		this.is_old = true;
		void this.read();
	}

	hear(event: DeskEvent): void {
		if (event.event === 'trail.added' && event['conversation' as keyof DeskEvent] === this.conversation)
			this.pages = [event['page' as keyof DeskEvent] as unknown as PageView, ...this.pages].slice(0, pages_max);
	}

	private async read(): Promise<void> {
		if (this.is_reading || !this.is_old)
			return;
		this.is_reading = true;
		try {
			while (this.is_old) {
				this.is_old = false;
				this.about = await this.door.get<ChatAbout>(`/conversations/${this.conversation}`);
			}
		} catch {
			this.is_old = true; /* gone, or the link is: the log says which */
		}
		this.is_reading = false;
	}

	async read_pages(): Promise<void> {
		try {
			this.pages = (await this.door.get<{ pages: PageView[] }>(`/conversations/${this.conversation}/trail`)).pages;
		} catch { /* without it the page that it started from is shown */ }
	}
}
