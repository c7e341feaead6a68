/* Who could take a chat, or help in one: those online first; the others are shown and say why not. */
import type { Person, Role } from '../../client/api';
import type { Pick } from '../parts/PickPerson.svelte';
import { status_word } from './duty_words';
import { workspace } from './workspace.svelte';
import { w } from '../texts';

const answering: readonly Role[] = ['administrator', 'lead', 'advisor', 'backup'];

export function able_colleagues(...without: (number | undefined)[]): Pick[] {
	return [...workspace.people.values()].filter((person) => !person.is_disabled && answering.includes(person.role) && !without.includes(person.id))
		.map((person) => ({ key: `person-${person.id}`, name: person.id === workspace.me?.id ? `${person.name} (${w.you})` : person.name, is_able: person.status === 'online',
			says: says(person) }))
		.sort((a, b) => Number(b.is_able) - Number(a.is_able));
}

/* "2 of 4 chats", or why not. */
function says(person: Person): string {
	const row = workspace.duty.row(person.id);
	return person.status === 'online' ? (row ? w.holds_of(row.load, row.cap) : w.statuses.online) : status_word(person.status);
}
