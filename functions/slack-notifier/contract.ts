import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Delivers notifications to Slack.',
  uses: ['incidents', 'secrets', 'queue'],
  timeoutSeconds: 60,
});
