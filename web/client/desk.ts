/* A desk as it is before anything was changed: what a page shows until it knows better. */
import type { Desk } from './api';

export const usual_desk: Desk = { name: '', language: 'en', time_zone: 'UTC', is_set_up: true, is_online: false, chats_each: 4, wait_for_somebody: false, offers: true, strict: false,
	offer_seconds: 60, wishes_seconds: 120, backup_seconds: 120, quiet_minutes: 10, quiet_warn_minutes: 0, quiet_close_minutes: 0, wind_down_minutes: 10, handover_seats: 0 };
