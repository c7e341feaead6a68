/* Who could take a chat, or help in one: those online first; the others are shown and say why not. */
import type { Role } from '../../client/api';
import type { Pick } from '../parts/PickPerson.svelte';
import { workspace } from './workspace.svelte';
import { w } from '../texts';

const answering: readonly Role[] = ['administrator', 'lead', 'advisor', 'backup'];

export function able_colleagues(...without: (number | undefined)[]): Pick[] {
	const load = new Map<number, number>();
	for (const chat of workspace.open)
		if (chat.owner)
			load.set(chat.owner.id, (load.get(chat.owner.id) ?? 0) + 1);
	return [...workspace.people.values()].filter((person) => !person.is_disabled && answering.includes(person.role) && !without.includes(person.id))
		.map((person) => ({ key: `person-${person.id}`, name: person.id === workspace.me?.id ? `${person.name} (${w.you})` : person.name, is_able: person.status === 'online',
			says: person.status === 'online' ? w.holds(load.get(person.id) ?? 0) : w.away }))
		.sort((a, b) => Number(b.is_able) - Number(a.is_able));
}
