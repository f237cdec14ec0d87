import type { Guide } from './guide.ts';

export const triggers: Guide = {
  file: '001_e4f89cdcb9fe20d6.txt',
  rows: [
    {
      lines: '179–182, 302',
      asks: 'API down: a health check fails',
      rules: ['triggers/service-down'],
      note: 'The guide looks for the word "healthy", which "unhealthy" holds as well; ours compares the field.',
    },
    { lines: '303, 314', asks: 'Success rate under 95 %', rules: ['triggers/success-rate-low'] },
    {
      lines: '304',
      asks: 'The last batch run is over 26 hours old',
      rules: ['triggers-nightly/batch-missing'],
      note: 'A job that never ran alarms too: its age counts from when it was first seen.',
    },
    { lines: '305', asks: 'Less than 10 % of the disk are free', rules: ['triggers-disk/disk-share-low'] },
    { lines: '306', asks: 'Responses over 5 s on average', rules: ['triggers/slow-responses'] },
    { lines: '307', asks: 'The model is not loaded', rules: ['triggers/model-not-loaded'] },
    { lines: '276', asks: 'The batch succeeds for less than 90 %', rules: ['triggers-nightly/batch-success-low'] },
    { lines: '313', asks: 'Indicator: up 99.9 % of the time', rules: ['triggers/availability-low'] },
    { lines: '315', asks: 'Indicator: responses under 2 s on average', rules: ['triggers/responses-over-target'] },
    {
      lines: '316',
      asks: 'Indicator: how much is processed in a day',
      rules: ['triggers/volume-low'],
      note: 'The guide only watches the trend; ours speaks when nothing at all was processed.',
    },
    { lines: '317', asks: 'Indicator: error rate under 5 %', rules: ['triggers/error-rate-high'] },
  ],
};
