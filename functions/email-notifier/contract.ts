import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Delivers notifications by email.',
  uses: ['incidents', 'secrets', 'mail', 'queue'],
  timeoutSeconds: 60,
});
