import { invocationSeconds } from '../../core/checks/budget.ts';
import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Asks each service for its health and records what it answers.',
  uses: ['history', 'metrics', 'targets', 'secrets'],
  timeoutSeconds: invocationSeconds,
});
