import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Sends what is owed or due, and finds signals that were lost.',
  uses: ['incidents', 'past-runs', 'notifications', 'alarm-states', 'metrics'],
  timeoutSeconds: 55,
});
