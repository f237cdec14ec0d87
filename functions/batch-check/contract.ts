import { invocationSeconds } from '../../core/checks/budget.ts';
import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Reads the last run of each batch job and publishes its age and success.',
  uses: ['history', 'metrics'],
  timeoutSeconds: invocationSeconds,
});
