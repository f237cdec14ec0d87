import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose: 'Records reported batch runs in the history and sends them to the router.',
  uses: ['history', 'metrics', 'signals', 'queue'],
});
