import { FetchHttpPoster } from '../../adapters/fetch-http-poster.ts';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { sharedSpacingMs } from '../../core/delivery/pace.ts';
import { lambdaNotifier } from '../notifier-handler.ts';
import { terms } from './contract.ts';
import { sender } from './send.ts';

export const handler = await lambdaNotifier(
  parseEnvironment(terms.environment),
  { ...terms, channelKind: 'slack' },
  ({ secrets, clock }) => sender({ secrets, clock, http: new FetchHttpPoster(), spacingMs: sharedSpacingMs }),
);
