import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Sends what is owed or due, and finds signals that were lost and operators who are not subscribed.',
  uses: ['incidents', 'past-runs', 'notifications', 'alarm-states', 'operator-subscriptions', 'metrics'],
  timeoutSeconds: 55,
});
