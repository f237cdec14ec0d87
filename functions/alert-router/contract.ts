import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Turns signals into incidents and notifications.',
  uses: ['incidents', 'past-runs', 'notifications', 'queue'],
});
