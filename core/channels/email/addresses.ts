import type { MailAddresses } from '../channel-kind.ts';
import type { EmailSettings } from './settings.ts';

/** The sender and the recipients of a channel's mail. */
export const addressesOf = ({ from, to, smtp }: EmailSettings): MailAddresses => ({ from, to, bySes: !smtp });
