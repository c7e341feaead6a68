/* The parts of the settings: one table for the list, the search, the palette and what is drawn. */
import type { Component } from 'svelte';
import type { AuditLine } from '../../../client/api';
import { workspace } from '../../state/workspace.svelte';
import type { AdminMessages } from './texts';

export type SectionId = keyof AdminMessages['hub'];

export interface Section {
	id: SectionId;
	path: string;
	may: () => boolean;
	/* Commands whose audit lines say who changed it. */
	changes: string;
	load?: () => Promise<{ default: Component }>;
}

const manages = (): boolean => workspace.can_manage;
const leads = (): boolean => workspace.can_lead;
const answers = (): boolean => workspace.can_answer;

export const sections: Section[] = [
	{ id: 'start', path: '/w/settings/start', may: manages, changes: '', load: () => import('../../pages/Start.svelte') },
	{ id: 'status', path: '/w/settings/status', may: manages, changes: '', load: () => import('../../pages/Status.svelte') },
	{ id: 'desk', path: '/w/settings/desk', may: manages, changes: 'setting.', load: () => import('../../pages/DeskSettings.svelte') },
	{ id: 'sites', path: '/w/settings/sites', may: leads, changes: 'site.', load: () => import('../../pages/Sites.svelte') },
	{ id: 'people', path: '/w/people', may: answers, changes: 'person.' },
	{ id: 'teams', path: '/w/settings/teams', may: answers, changes: 'team.', load: () => import('../../pages/Teams.svelte') },
	{ id: 'seats', path: '/w/settings/seats', may: leads, changes: 'pool.', load: () => import('../../pages/Seats.svelte') },
	{ id: 'abilities', path: '/w/settings/abilities', may: leads, changes: 'person.abilities', load: () => import('../../pages/Abilities.svelte') },
	{ id: 'routing', path: '/w/settings/routing', may: leads, changes: '', load: () => import('../../pages/Routing.svelte') },
	{ id: 'answers', path: '/w/settings/answers', may: answers, changes: 'answer.', load: () => import('../../pages/Answers.svelte') },
	{ id: 'blocks', path: '/w/settings/blocks', may: answers, changes: 'block.', load: () => import('../../pages/Blocks.svelte') },
	{ id: 'audit', path: '/w/audit', may: leads, changes: '' },
	{ id: 'account', path: '/w/account', may: () => true, changes: '' },
];

/* Who changed it last, as far as the newest lines of the audit log say. */
export function last_change(section: Section, lines: AuditLine[]): AuditLine | undefined {
	return section.changes ? lines.find((line) => line.actor_kind === 'person' && line.command.startsWith(section.changes)) : undefined;
}

/* Every word that was typed begins some word of title, lead or keywords. */
export function section_matches(words: AdminMessages['hub'][SectionId], wanted: string): boolean {
	const known = `${words.title} ${words.lead} ${words.words}`.toLocaleLowerCase().split(/[\s,.:;?-]+/);
	return wanted.toLocaleLowerCase().trim().split(/\s+/).every((part) => known.some((word) => word.startsWith(part)));
}
