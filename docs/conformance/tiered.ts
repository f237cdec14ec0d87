import type { Guide } from './guide.ts';

export const tiered: Guide = {
  title: 'Monitoring & Alerting Strategy: Week 1',
  rows: [
    {
      lines: '267–272',
      requirement: 'Critical: accuracy fell by over 10 % within an hour, for 5 minutes',
      rules: ['tiered/accuracy-dropped', 'tiered-by-minute/accuracy-dropped'],
      note: 'Interpreted as percentage points, because the guide does not say 10 % of what. The guide measures accuracy every hour, so one value is sufficient; on a target that measures more often, the rule waits five minutes.',
    },
    { lines: '275–280', requirement: 'Critical: error rate over 5 % for 2 minutes', rules: ['tiered/error-rate-high'] },
    {
      lines: '283–288',
      requirement: 'Critical: 99th percentile of inference over 10 s for 3 minutes',
      rules: ['tiered/inference-latency-spike'],
    },
    {
      lines: '291–296',
      requirement: 'Critical: no successful request in 2 minutes, for 1 minute',
      rules: ['tiered/service-unavailable'],
      note: 'Three minutes without a successful request. Missing data is breaching.',
    },
    {
      lines: '301–306',
      requirement: 'High: accuracy fell by 5 to 10 % within an hour, for 15 minutes',
      rules: ['tiered/accuracy-degrading', 'tiered-by-minute/accuracy-degrading'],
      note: 'From 5 points; above 10 points, the critical rule fires and inhibits this one.',
    },
    {
      lines: '66, 309–314',
      requirement: 'High: 99th percentile of inference over 5 s for 10 minutes',
      rules: ['tiered/inference-latency-elevated'],
      note: 'Inhibited while the critical rule fires.',
    },
    {
      lines: '102, 317–322',
      requirement: 'High: error rate over 2 % for 5 minutes',
      rules: ['tiered/error-rate-rising'],
      note: 'The text of the metric has tier critical and the rule has tier high; the rule has priority. Inhibited while the critical rule fires.',
    },
    {
      lines: '89, 325–330',
      requirement: 'High: cache hits under 25 % for 30 minutes',
      rules: ['tiered/cache-hits-low'],
      note: 'Measured every fifteen minutes, so two values are needed.',
    },
    {
      lines: '335–339',
      requirement: 'Medium: fewer than 50 images a day for 2 days',
      rules: ['tiered-dataset/collection-slow'],
    },
    {
      lines: '132, 342–346',
      requirement: 'Medium: training does not improve for 10 epochs',
      rules: ['tiered-training/training-stalled', 'tiered-long-training/training-stalled'],
      note: 'The metric has 5 epochs and the rule has 10; the rule has priority. Counts epochs, not minutes. Resolves when the training is stopped.',
    },
    { lines: '349–353', requirement: 'Medium: CPU over 80 % for 30 minutes', rules: ['tiered/cpu-high'] },
    {
      lines: '114, 356–360',
      requirement: 'Medium: daily active users over 15 % below the week before',
      rules: ['tiered/users-dropped'],
    },
    {
      lines: '55',
      requirement: 'In the description of a metric: calibration error over 10 %',
      rules: ['tiered/calibration-off'],
    },
    {
      lines: '77',
      requirement: 'In the description of a metric: throughput over 20 % below its baseline',
      rules: ['tiered/throughput-dropped'],
    },
    {
      lines: '100',
      requirement: 'In the description of a metric: any server error, at once',
      rules: ['tiered/server-errors'],
      note: 'Stays open for ten minutes after recovery, so that intermittent errors are one incident.',
    },
    {
      lines: '123',
      requirement: 'In the description of a metric: a feature is used over 50 % less',
      rules: ['tiered/feature-usage-dropped'],
    },
    {
      lines: '143',
      requirement: 'In the description of a metric: collection over 50 % below its mean',
      rules: ['tiered-dataset/collection-dropped'],
    },
    {
      lines: '152',
      requirement: 'In the description of a metric: a deployment failed',
      rules: ['tiered/deployment-failed'],
    },
  ],
};
