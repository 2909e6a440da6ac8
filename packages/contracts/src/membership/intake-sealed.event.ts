import { seal } from '../commerce/intake-sealed.event';
import { defineEvent } from '../event/event';

/** Membership has passed on every order of that channel and date: its own counts match the seal. */
export const attributionSealed = defineEvent('membership.intake-sealed.v1', seal);
