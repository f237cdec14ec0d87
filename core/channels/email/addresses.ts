import type { MailAddresses } from '../channel-kind.ts';
import type { EmailSettings } from './settings.ts';

/** Where a channel's mail comes from and goes to. */
export const addressesOf = ({ from, to, smtp }: EmailSettings): MailAddresses => ({ from, to, bySes: !smtp });
