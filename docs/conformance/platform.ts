import type { Guide } from './guide.ts';

export const platform: Guide = {
  title: 'Monitoring & Alerting System: Solution Guide',
  rows: [
    { lines: '85–92', requirement: 'CPU over 80 % for 5 minutes', rules: ['platform/cpu-high'] },
    { lines: '94–101', requirement: 'Memory over 85 % for 5 minutes', rules: ['platform/memory-high'] },
    {
      lines: '103–110',
      requirement: 'Critical: less than 15 % of a disk is free for 5 minutes',
      rules: ['platform-disk/disk-share-low'],
    },
    { lines: '112–119', requirement: 'Critical: the service is down for 2 minutes', rules: ['platform/service-down'] },
    {
      lines: '127–134',
      requirement: 'Critical: over 5 % of requests fail for 5 minutes',
      rules: ['platform/error-rate-high'],
      note: 'The expression of the guide divides each status by itself and fires at the first error. Tocsin uses the error rate over all requests.',
    },
    {
      lines: '136–143',
      requirement: '95th percentile of requests over 0.5 s for 5 minutes',
      rules: ['platform/requests-slow'],
      note: 'The guide uses the quantile of each series. Tocsin uses that of all requests.',
    },
    {
      lines: '145–152',
      requirement: 'Less than one request a second for 10 minutes',
      rules: ['platform/throughput-low'],
      note: 'The expression of the guide fires for a rare status, and does not fire if all series disappear. Tocsin counts all requests, and treats missing data as no requests.',
    },
    {
      lines: '160–167',
      requirement: 'Critical: accuracy under 85 % for 15 minutes',
      rules: ['platform/accuracy-low'],
      note: 'Accuracy is measured once an hour, so one value is sufficient. The text of the guide uses a label that does not exist; Tocsin validates placeholders.',
    },
    {
      lines: '169–176',
      requirement: 'Drift score over 0.3 for 10 minutes',
      rules: ['platform/drift-detected'],
      note: 'Nothing in the guide publishes the metric of this rule. Tocsin refuses a rule on an unknown metric.',
    },
    {
      lines: '178–185',
      requirement: '95th percentile of inference over 1 s for 5 minutes',
      rules: ['platform/inference-slow'],
    },
    {
      lines: '187–194',
      requirement: 'Confidence under 0.7 on average for 15 minutes',
      rules: ['platform/confidence-low'],
      note: 'The guide uses a series that a histogram does not have, so it never fires. Tocsin uses the average of the values over five minutes.',
    },
  ],
};
