/* What to tell people when the desk refused or did not answer. */
import { Refusal } from '../client/door';
import { t } from './texts';

export function problem_text(reason: unknown): string {
	if (!(reason instanceof Refusal))
		return t.problem_lost;
	if (reason.kind === 'busy' || reason.kind === 'uncertain')
		return t.problem_busy;
	if (reason.kind === 'flood')
		return t.problem_flood;
	if (reason.kind === 'permission')
		return t.problem_permission;
	if (reason.kind === 'unknown')
		return t.problem_unknown;
	if (reason.status >= 500)
		return t.problem_failed;
	const said = reason.detail || reason.message;
	return said.charAt(0).toUpperCase() + said.slice(1);
}
