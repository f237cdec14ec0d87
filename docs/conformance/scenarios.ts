import type { Guide } from './guide.ts';

export const scenarios: Guide = {
  title: 'Monitoring Examples and Alert Scenarios',
  rows: [
    {
      lines: '163–182, 293–299, 353–378',
      requirement: 'API down: the health check fails three times in a row, five minutes apart',
      rules: ['scenarios/service-down'],
      note: 'The guide keeps no state after an alert, so it repeats it every fifteen minutes. Tocsin sends a reminder every hour, and a notification at recovery.',
    },
    { lines: '185–198', requirement: 'Error rate over 10 %', rules: ['scenarios/error-rate-high'] },
    {
      lines: '201–213',
      requirement: 'The batch failed: notify immediately, with the error',
      rules: ['scenarios-nightly/batch-failed'],
    },
    {
      lines: '216–229',
      requirement: 'More than 50 predictions with a confidence under 70 %',
      rules: ['scenarios/low-confidence-predictions'],
      note: 'The example of the guide, 45 of 50, does not fire, and neither does the rule. The guide gives no duration; Tocsin counts per hour.',
    },
    {
      lines: '232–242, 320–325',
      requirement: 'Less than 5 GB of disk space is free',
      rules: ['scenarios-disk/disk-space-low'],
    },
    { lines: '245–255', requirement: 'The API runs without its model', rules: ['scenarios/model-not-loaded'] },
    {
      lines: '258–273',
      requirement: 'The batch succeeded: information, to Slack only',
      rules: ['scenarios-nightly/batch-succeeded'],
    },
    {
      lines: '301–308',
      requirement: 'Daily check: no batch within 24 hours',
      rules: ['scenarios-nightly/batch-missing'],
    },
    {
      lines: '310–318',
      requirement: 'Daily check: less than 90 % of the batch succeeded',
      rules: ['scenarios-nightly/batch-success-low'],
    },
  ],
};
