import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Reads how much room each volume has left.',
  uses: ['history', 'metrics', 'agent-metrics'],
  timeoutSeconds: 55,
});
