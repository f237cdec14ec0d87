import type { Guide } from './guide.ts';

export const tiered: Guide = {
  file: '002_3879635422375295.txt',
  rows: [
    {
      lines: '267–272',
      asks: 'Critical: accuracy fell by over 10 % within an hour, for 5 minutes',
      rules: ['tiered/accuracy-dropped', 'tiered-by-minute/accuracy-dropped'],
      note: 'Read as percentage points: "10 %" of what, the guide does not say. It refreshes accuracy every hour, so that one value decides; a target that measures more often waits the minutes.',
    },
    { lines: '275–280', asks: 'Critical: error rate over 5 % for 2 minutes', rules: ['tiered/error-rate-high'] },
    {
      lines: '283–288',
      asks: 'Critical: 99th percentile of inference over 10 s for 3 minutes',
      rules: ['tiered/inference-latency-spike'],
    },
    {
      lines: '291–296',
      asks: 'Critical: not one success in 2 minutes, seen for 1 minute',
      rules: ['tiered/service-unavailable'],
      note: 'Three minutes without a success. Silence counts as none.',
    },
    {
      lines: '301–306',
      asks: 'High: accuracy fell by 5 to 10 % within an hour, for 15 minutes',
      rules: ['tiered/accuracy-degrading', 'tiered-by-minute/accuracy-degrading'],
      note: 'From 5 points on; above 10 the critical rule speaks and silences this one.',
    },
    {
      lines: '66, 309–314',
      asks: 'High: 99th percentile of inference over 5 s for 10 minutes',
      rules: ['tiered/inference-latency-elevated'],
      note: 'Silent while the critical rule speaks.',
    },
    {
      lines: '102, 317–322',
      asks: 'High: error rate over 2 % for 5 minutes',
      rules: ['tiered/error-rate-rising'],
      note: 'The text beside the metric would page for it; the rule says high, and the rule holds. Silent while the critical rule speaks.',
    },
    {
      lines: '89, 325–330',
      asks: 'High: cache hits under 25 % for 30 minutes',
      rules: ['tiered/cache-hits-low'],
      note: 'Measured every fifteen minutes: two values.',
    },
    {
      lines: '335–339',
      asks: 'Medium: fewer than 50 images a day for 2 days',
      rules: ['tiered-dataset/collection-slow'],
    },
    {
      lines: '132, 342–346',
      asks: 'Medium: training does not improve for 10 epochs',
      rules: ['tiered-training/training-stalled', 'tiered-long-training/training-stalled'],
      note: 'The metric says 5 epochs and the rule 10; the rule holds. Counts epochs, not minutes. Ends when the training is stopped.',
    },
    { lines: '349–353', asks: 'Medium: CPU over 80 % for 30 minutes', rules: ['tiered/cpu-high'] },
    {
      lines: '114, 356–360',
      asks: 'Medium: daily active users over 15 % below the week before',
      rules: ['tiered/users-dropped'],
    },
    {
      lines: '55',
      asks: 'Beside a metric, without a rule: calibration error over 10 %',
      rules: ['tiered/calibration-off'],
    },
    {
      lines: '77',
      asks: 'Beside a metric, without a rule: throughput over 20 % below its baseline',
      rules: ['tiered/throughput-dropped'],
    },
    {
      lines: '100',
      asks: 'Beside a metric, without a rule: any server error, at once',
      rules: ['tiered/server-errors'],
      note: 'Held open for ten minutes, so that errors that come and go are one incident.',
    },
    {
      lines: '123',
      asks: 'Beside a metric, without a rule: a feature is used over 50 % less',
      rules: ['tiered/feature-usage-dropped'],
    },
    {
      lines: '143',
      asks: 'Beside a metric, without a rule: collection over 50 % below its mean',
      rules: ['tiered-dataset/collection-dropped'],
    },
    { lines: '152', asks: 'Beside a metric, without a rule: a deployment failed', rules: ['tiered/deployment-failed'] },
  ],
};
