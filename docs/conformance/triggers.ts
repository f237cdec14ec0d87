import type { Guide } from './guide.ts';

export const triggers: Guide = {
  title: 'Monitoring and Logging Guide',
  rows: [
    {
      lines: '179–182, 302',
      requirement: 'API down: a health check fails',
      rules: ['triggers/service-down'],
      note: 'The guide searches for the word "healthy", which "unhealthy" also contains. Tocsin compares the field.',
    },
    { lines: '303, 314', requirement: 'Success rate under 95 %', rules: ['triggers/success-rate-low'] },
    {
      lines: '304',
      requirement: 'The last batch run is over 26 hours old',
      rules: ['triggers-nightly/batch-missing'],
      note: 'Also fires for a job that never ran: its age counts from the time when Tocsin first knew it.',
    },
    { lines: '305', requirement: 'Less than 10 % of the disk is free', rules: ['triggers-disk/disk-share-low'] },
    { lines: '306', requirement: 'Responses over 5 s on average', rules: ['triggers/slow-responses'] },
    { lines: '307', requirement: 'The model is not loaded', rules: ['triggers/model-not-loaded'] },
    {
      lines: '276',
      requirement: 'Less than 90 % of the batch succeeded',
      rules: ['triggers-nightly/batch-success-low'],
    },
    { lines: '313', requirement: 'Indicator: up 99.9 % of the time', rules: ['triggers/availability-low'] },
    {
      lines: '315',
      requirement: 'Indicator: responses under 2 s on average',
      rules: ['triggers/responses-over-target'],
    },
    {
      lines: '316',
      requirement: 'Indicator: the volume processed per day',
      rules: ['triggers/volume-low'],
      note: 'The guide only shows the trend. The rule fires if nothing was processed.',
    },
    { lines: '317', requirement: 'Indicator: error rate under 5 %', rules: ['triggers/error-rate-high'] },
  ],
};
