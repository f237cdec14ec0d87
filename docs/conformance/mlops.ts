import type { Guide } from './guide.ts';

export const mlops: Guide = {
  title: 'Monitoring Guide (MLOps)',
  rows: [
    {
      lines: '129',
      requirement: '95th percentile of requests over 500 ms for 5 minutes',
      rules: ['mlops/requests-slow'],
    },
    { lines: '130', requirement: 'Error rate over 5 % for 5 minutes', rules: ['mlops/error-rate-high'] },
    { lines: '131', requirement: 'The model is not loaded for 1 minute', rules: ['mlops/model-not-loaded'] },
    {
      lines: '132',
      requirement: 'Drift score over 0.2 for 10 minutes',
      rules: ['mlops/drift-detected'],
      note: 'Drift is measured once a day, so one value is sufficient.',
    },
    {
      lines: '133',
      requirement: 'Accuracy under 0.7 for 15 minutes',
      rules: ['mlops/accuracy-low'],
      note: 'Accuracy is measured once an hour, so one value is sufficient.',
    },
  ],
};
