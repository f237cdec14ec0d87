import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Keeps reported batch runs in the history and tells the router.',
  uses: ['history', 'metrics', 'signals', 'queue'],
});
