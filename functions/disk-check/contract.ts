import { invocationSeconds } from '../../core/checks/budget.ts';
import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Reads the free space of each volume.',
  uses: ['history', 'metrics', 'agent-metrics', 'targets', 'secrets'],
  timeoutSeconds: invocationSeconds,
});
