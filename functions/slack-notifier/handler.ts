import { FetchHttpPoster } from '../../adapters/fetch-http-poster.ts';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { sender, slackSpacingMs } from '../../core/channels/slack/send.ts';
import { notifiersAtOnce } from '../../core/delivery/pace.ts';
import { lambdaNotifier } from '../notifier-handler.ts';
import { terms } from './contract.ts';

// Concurrent invocations share a webhook and do not coordinate, so that each one sends less often.
const spacingMs = slackSpacingMs * notifiersAtOnce;

export const handler = await lambdaNotifier(
  parseEnvironment(terms.environment),
  { ...terms, channelKind: 'slack' },
  ({ secrets, clock }) => sender({ secrets, clock, http: new FetchHttpPoster(), spacingMs }),
);
