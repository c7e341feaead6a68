/* The settings as they are before anybody has changed one (src/desk/setting/settings.def), until they are read. */
import type { Settings } from '../../client/api';
import { usual_desk } from '../../client/desk';

const { name, language, time_zone } = usual_desk;
export const usual_settings: Settings = { name, language, time_zone, chats_each: 4, wait_for_somebody: false, offers: true, strict: false, offer_seconds: 60, wishes_seconds: 120,
	backup_seconds: 120, quiet_minutes: 10, quiet_warn_minutes: 0, quiet_close_minutes: 0, wind_down_minutes: 10, handover_seats: 0 };
