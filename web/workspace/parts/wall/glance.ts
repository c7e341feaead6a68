/* What of a change is worth a word to who listens and does not see. Pure. */
import type { RoutingWallAnswer } from '../../../client/api.gen';
import { b } from '../duty/texts';

type Pools = RoutingWallAnswer['pools'];

const sum = (pools: Pools, of: 'waiting' | 'able'): number => pools.reduce((all, pool) => all + pool[of], 0);
const is_stuck = (pools: Pools): boolean => sum(pools, 'waiting') > 0 && sum(pools, 'able') === 0;

/* Empty: nothing. `was` null: one has just come. */
export function glance_says(was: Pools | null, now: Pools): string {
	const called = now.filter((pool) => pool.calls_for_help && !was?.some((each) => each.pool === pool.pool && each.calls_for_help));
	if (called.length)
		return called.map((pool) => `${b.wall_help(pool.team_name ?? '')}.`).join(' ');
	if (is_stuck(now) && !(was && is_stuck(was)))
		return b.wall_said_full;
	return was && sum(was, 'waiting') > 0 && sum(now, 'waiting') === 0 ? b.wall_said_clear : '';
}
