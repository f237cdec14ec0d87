import { invocationSeconds } from '../../core/checks/budget.ts';
import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Reads how much room each volume has left.',
  uses: ['history', 'metrics', 'agent-metrics', 'targets', 'secrets'],
  timeoutSeconds: invocationSeconds,
});
