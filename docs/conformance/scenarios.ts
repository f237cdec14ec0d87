import type { Guide } from './guide.ts';

export const scenarios: Guide = {
  file: '000_e8fb4d14ea1c969f.txt',
  rows: [
    {
      lines: '163–182, 293–299, 353–378',
      asks: 'API down: the health check fails three times in a row, five minutes apart',
      rules: ['scenarios/service-down'],
      note: 'The guide forgets after each alert and so repeats it every fifteen minutes; ours reminds hourly and says when it is over.',
    },
    { lines: '185–198', asks: 'Error rate over 10 %', rules: ['scenarios/error-rate-high'] },
    {
      lines: '201–213',
      asks: 'The batch failed: told at once, with its error',
      rules: ['scenarios-nightly/batch-failed'],
    },
    {
      lines: '216–229',
      asks: 'More than 50 predictions with a confidence under 70 %',
      rules: ['scenarios/low-confidence-predictions'],
      note: "The guide's own example, 45 of 50, would not fire; nor does ours. It says no time: ours counts by the hour.",
    },
    { lines: '232–242, 320–325', asks: 'Less than 5 GB of disk are free', rules: ['scenarios-disk/disk-space-low'] },
    { lines: '245–255', asks: 'The API runs without its model', rules: ['scenarios/model-not-loaded'] },
    {
      lines: '258–273',
      asks: 'The batch succeeded: news, to Slack only',
      rules: ['scenarios-nightly/batch-succeeded'],
    },
    { lines: '301–308', asks: 'Daily check: no batch within 24 hours', rules: ['scenarios-nightly/batch-missing'] },
    {
      lines: '310–318',
      asks: 'Daily check: the batch succeeds for less than 90 %',
      rules: ['scenarios-nightly/batch-success-low'],
    },
  ],
};
