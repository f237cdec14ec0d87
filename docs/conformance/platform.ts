import type { Guide } from './guide.ts';

export const platform: Guide = {
  file: '004_451f176c45e12243.txt',
  rows: [
    { lines: '85–92', asks: 'CPU over 80 % for 5 minutes', rules: ['platform/cpu-high'] },
    { lines: '94–101', asks: 'Memory over 85 % for 5 minutes', rules: ['platform/memory-high'] },
    {
      lines: '103–110',
      asks: 'Critical: less than 15 % of a disk are free for 5 minutes',
      rules: ['platform-disk/disk-share-low'],
    },
    { lines: '112–119', asks: 'Critical: the service is down for 2 minutes', rules: ['platform/service-down'] },
    {
      lines: '127–134',
      asks: 'Critical: over 5 % of requests fail for 5 minutes',
      rules: ['platform/error-rate-high'],
      note: "The guide's expression divides each status by itself and fires at the first error; ours is one share over all requests.",
    },
    {
      lines: '136–143',
      asks: '95th percentile of requests over 0.5 s for 5 minutes',
      rules: ['platform/requests-slow'],
      note: "The guide's quantile is of each series by itself; ours is of all requests.",
    },
    {
      lines: '145–152',
      asks: 'Less than one request a second for 10 minutes',
      rules: ['platform/throughput-low'],
      note: "The guide's expression fires for a rare status and is silent when all series disappear; ours counts all requests, and silence as none.",
    },
    {
      lines: '160–167',
      asks: 'Critical: accuracy under 85 % for 15 minutes',
      rules: ['platform/accuracy-low'],
      note: "Accuracy is measured once an hour: one value decides. The guide's text names a label that does not exist; our placeholders are checked.",
    },
    {
      lines: '169–176',
      asks: 'Drift score over 0.3 for 10 minutes',
      rules: ['platform/drift-detected'],
      note: 'Nothing in the guide emits the metric that it asks for; a rule on such a metric does not pass our door.',
    },
    {
      lines: '178–185',
      asks: '95th percentile of inference over 1 s for 5 minutes',
      rules: ['platform/inference-slow'],
    },
    {
      lines: '187–194',
      asks: 'Confidence under 0.7 on average for 15 minutes',
      rules: ['platform/confidence-low'],
      note: 'The guide reads a series that a histogram does not have and never fires; ours averages the values, five minutes at a time.',
    },
  ],
};
