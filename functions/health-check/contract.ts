import { invocationSeconds } from '../../core/checks/budget.ts';
import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Requests the health check URL of each service and records the response.',
  uses: ['history', 'metrics', 'targets', 'secrets'],
  timeoutSeconds: invocationSeconds,
});
