import type { Provider } from '../provider.ts';
import { slackProblem } from './limits.ts';

/** A simulation of Slack's incoming webhooks. */
export const slackProvider: Provider = {
  name: 'Slack',
  inScenarios: ['slack'],
  posts: {
    path: '/services/T000/B000/stand-in',
    take(body) {
      const problem = slackProblem(body);
      return problem === undefined ? { status: 200, body: 'ok' } : { status: 400, body: problem };
    },
    refusal: (status) => (status === 429 ? 'rate_limited' : status >= 500 ? 'server_error' : 'no_service'),
  },
};
