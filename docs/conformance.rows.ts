/** A rule or an alert of a guide, and what became of it. */
export interface ConformanceRow {
  /** The guide's file. */
  guide: string;
  /** Its lines, first and last. */
  lines: string;
  /** What it asks for, in our own words. */
  asks: string;
  /** The rules that answer it, `<target>/<rule id>` of rule-tests/packs/packs.config.ts. */
  rules: readonly string[];
  /** Where we read the guide differently from its letter, and why. */
  note?: string;
}

const scenarios = '000_e8fb4d14ea1c969f.txt';
const triggers = '001_e4f89cdcb9fe20d6.txt';
const tiered = '002_3879635422375295.txt';
const mlops = '003_5fd31f0f5aecae20.txt';
const platform = '004_451f176c45e12243.txt';

/** Every rule and alert of the five guides. docs/conformance.md is made of it; a test finds a row without a tested rule. */
export const conformance: readonly ConformanceRow[] = [
  {
    guide: scenarios,
    lines: '163–182, 293–299, 353–378',
    asks: 'API down: the health check fails three times in a row, five minutes apart',
    rules: ['scenarios/service-down'],
    note: 'The guide forgets after each alert and so repeats it every fifteen minutes; ours reminds hourly and says when it is over.',
  },
  { guide: scenarios, lines: '185–198', asks: 'Error rate over 10 %', rules: ['scenarios/error-rate-high'] },
  {
    guide: scenarios,
    lines: '201–213',
    asks: 'The batch failed: told at once, with its error',
    rules: ['scenarios-nightly/batch-failed'],
  },
  {
    guide: scenarios,
    lines: '216–229',
    asks: 'More than 50 predictions with a confidence under 70 %',
    rules: ['scenarios/low-confidence-predictions'],
    note: "The guide's own example, 45 of 50, would not fire; nor does ours. It says no time: ours counts by the hour.",
  },
  {
    guide: scenarios,
    lines: '232–242, 320–325',
    asks: 'Less than 5 GB of disk are free',
    rules: ['scenarios-disk/disk-space-low'],
  },
  {
    guide: scenarios,
    lines: '245–255',
    asks: 'The API runs without its model',
    rules: ['scenarios/model-not-loaded'],
  },
  {
    guide: scenarios,
    lines: '258–273',
    asks: 'The batch succeeded: news, to Slack only',
    rules: ['scenarios-nightly/batch-succeeded'],
  },
  {
    guide: scenarios,
    lines: '301–308',
    asks: 'Daily check: no batch within 24 hours',
    rules: ['scenarios-nightly/batch-missing'],
  },
  {
    guide: scenarios,
    lines: '310–318',
    asks: 'Daily check: the batch succeeds for less than 90 %',
    rules: ['scenarios-nightly/batch-success-low'],
  },
  {
    guide: triggers,
    lines: '179–182, 302',
    asks: 'API down: a health check fails',
    rules: ['triggers/service-down'],
    note: 'The guide looks for the word "healthy", which "unhealthy" holds as well; ours compares the field.',
  },
  { guide: triggers, lines: '303, 314', asks: 'Success rate under 95 %', rules: ['triggers/success-rate-low'] },
  {
    guide: triggers,
    lines: '304',
    asks: 'The last batch run is over 26 hours old',
    rules: ['triggers-nightly/batch-missing'],
    note: 'A job that never ran alarms too: its age counts from when it was first seen.',
  },
  {
    guide: triggers,
    lines: '305',
    asks: 'Less than 10 % of the disk are free',
    rules: ['triggers-disk/disk-share-low'],
  },
  { guide: triggers, lines: '306', asks: 'Responses over 5 s on average', rules: ['triggers/slow-responses'] },
  { guide: triggers, lines: '307', asks: 'The model is not loaded', rules: ['triggers/model-not-loaded'] },
  {
    guide: triggers,
    lines: '276',
    asks: 'The batch succeeds for less than 90 %',
    rules: ['triggers-nightly/batch-success-low'],
  },
  { guide: triggers, lines: '313', asks: 'Indicator: up 99.9 % of the time', rules: ['triggers/availability-low'] },
  {
    guide: triggers,
    lines: '315',
    asks: 'Indicator: responses under 2 s on average',
    rules: ['triggers/responses-over-target'],
  },
  {
    guide: triggers,
    lines: '316',
    asks: 'Indicator: how much is processed in a day',
    rules: ['triggers/volume-low'],
    note: 'The guide only watches the trend; ours speaks when nothing at all was processed.',
  },
  { guide: triggers, lines: '317', asks: 'Indicator: error rate under 5 %', rules: ['triggers/error-rate-high'] },
  {
    guide: tiered,
    lines: '267–272',
    asks: 'Critical: accuracy fell by over 10 % within an hour, for 5 minutes',
    rules: ['tiered/accuracy-dropped'],
    note: 'Read as percentage points: "10 %" of what, the guide does not say.',
  },
  {
    guide: tiered,
    lines: '275–280',
    asks: 'Critical: error rate over 5 % for 2 minutes',
    rules: ['tiered/error-rate-high'],
  },
  {
    guide: tiered,
    lines: '283–288',
    asks: 'Critical: 99th percentile of inference over 10 s for 3 minutes',
    rules: ['tiered/inference-latency-spike'],
  },
  {
    guide: tiered,
    lines: '291–296',
    asks: 'Critical: not one success in 2 minutes, seen for 1 minute',
    rules: ['tiered/service-unavailable'],
    note: 'Three minutes without a success. Silence counts as none.',
  },
  {
    guide: tiered,
    lines: '301–306',
    asks: 'High: accuracy fell by 5 to 10 % within an hour, for 15 minutes',
    rules: ['tiered/accuracy-degrading'],
    note: 'From 5 points on; above 10 the critical rule speaks and silences this one.',
  },
  {
    guide: tiered,
    lines: '66, 309–314',
    asks: 'High: 99th percentile of inference over 5 s for 10 minutes',
    rules: ['tiered/inference-latency-elevated'],
    note: 'Silent while the critical rule speaks.',
  },
  {
    guide: tiered,
    lines: '102, 317–322',
    asks: 'High: error rate over 2 % for 5 minutes',
    rules: ['tiered/error-rate-rising'],
    note: 'The text beside the metric would page for it; the rule says high, and the rule holds. Silent while the critical rule speaks.',
  },
  {
    guide: tiered,
    lines: '89, 325–330',
    asks: 'High: cache hits under 25 % for 30 minutes',
    rules: ['tiered/cache-hits-low'],
    note: 'Measured every fifteen minutes: two values.',
  },
  {
    guide: tiered,
    lines: '335–339',
    asks: 'Medium: fewer than 50 images a day for 2 days',
    rules: ['tiered-dataset/collection-slow'],
  },
  {
    guide: tiered,
    lines: '132, 342–346',
    asks: 'Medium: training does not improve for 10 epochs',
    rules: ['tiered-training/training-stalled'],
    note: 'The metric says 5 epochs and the rule 10; the rule holds. Counts epochs, not minutes.',
  },
  { guide: tiered, lines: '349–353', asks: 'Medium: CPU over 80 % for 30 minutes', rules: ['tiered/cpu-high'] },
  {
    guide: tiered,
    lines: '114, 356–360',
    asks: 'Medium: daily active users over 15 % below the week before',
    rules: ['tiered/users-dropped'],
  },
  {
    guide: tiered,
    lines: '55',
    asks: 'Beside a metric, without a rule: calibration error over 10 %',
    rules: ['tiered/calibration-off'],
  },
  {
    guide: tiered,
    lines: '77',
    asks: 'Beside a metric, without a rule: throughput over 20 % below its baseline',
    rules: ['tiered/throughput-dropped'],
  },
  {
    guide: tiered,
    lines: '100',
    asks: 'Beside a metric, without a rule: any server error, at once',
    rules: ['tiered/server-errors'],
    note: 'Held open for ten minutes, so that errors that come and go are one incident.',
  },
  {
    guide: tiered,
    lines: '123',
    asks: 'Beside a metric, without a rule: a feature is used over 50 % less',
    rules: ['tiered/feature-usage-dropped'],
  },
  {
    guide: tiered,
    lines: '143',
    asks: 'Beside a metric, without a rule: collection over 50 % below its mean',
    rules: ['tiered-dataset/collection-dropped'],
  },
  {
    guide: tiered,
    lines: '152',
    asks: 'Beside a metric, without a rule: a deployment failed',
    rules: ['tiered/deployment-failed'],
  },
  {
    guide: mlops,
    lines: '129',
    asks: '95th percentile of requests over 500 ms for 5 minutes',
    rules: ['mlops/requests-slow'],
  },
  { guide: mlops, lines: '130', asks: 'Error rate over 5 % for 5 minutes', rules: ['mlops/error-rate-high'] },
  { guide: mlops, lines: '131', asks: 'The model is not loaded for 1 minute', rules: ['mlops/model-not-loaded'] },
  {
    guide: mlops,
    lines: '132',
    asks: 'Drift score over 0.2 for 10 minutes',
    rules: ['mlops/drift-detected'],
    note: 'Drift is measured once a day: one value decides.',
  },
  {
    guide: mlops,
    lines: '133',
    asks: 'Accuracy under 0.7 for 15 minutes',
    rules: ['mlops/accuracy-low'],
    note: 'Accuracy is measured once an hour: one value decides.',
  },
  { guide: platform, lines: '85–92', asks: 'CPU over 80 % for 5 minutes', rules: ['platform/cpu-high'] },
  { guide: platform, lines: '94–101', asks: 'Memory over 85 % for 5 minutes', rules: ['platform/memory-high'] },
  {
    guide: platform,
    lines: '103–110',
    asks: 'Critical: less than 15 % of a disk are free for 5 minutes',
    rules: ['platform-disk/disk-share-low'],
  },
  {
    guide: platform,
    lines: '112–119',
    asks: 'Critical: the service is down for 2 minutes',
    rules: ['platform/service-down'],
  },
  {
    guide: platform,
    lines: '127–134',
    asks: 'Critical: over 5 % of requests fail for 5 minutes',
    rules: ['platform/error-rate-high'],
    note: "The guide's expression divides each status by itself and fires at the first error; ours is one share over all requests.",
  },
  {
    guide: platform,
    lines: '136–143',
    asks: '95th percentile of requests over 0.5 s for 5 minutes',
    rules: ['platform/requests-slow'],
    note: "The guide's quantile is of each series by itself; ours is of all requests.",
  },
  {
    guide: platform,
    lines: '145–152',
    asks: 'Less than one request a second for 10 minutes',
    rules: ['platform/throughput-low'],
    note: "The guide's expression fires for a rare status and is silent when all series disappear; ours counts all requests, and silence as none.",
  },
  {
    guide: platform,
    lines: '160–167',
    asks: 'Critical: accuracy under 85 % for 15 minutes',
    rules: ['platform/accuracy-low'],
    note: "Accuracy is measured once an hour: one value decides. The guide's text names a label that does not exist; our placeholders are checked.",
  },
  {
    guide: platform,
    lines: '169–176',
    asks: 'Drift score over 0.3 for 10 minutes',
    rules: ['platform/drift-detected'],
    note: 'Nothing in the guide emits the metric that it asks for; a rule on such a metric does not pass our door.',
  },
  {
    guide: platform,
    lines: '178–185',
    asks: '95th percentile of inference over 1 s for 5 minutes',
    rules: ['platform/inference-slow'],
  },
  {
    guide: platform,
    lines: '187–194',
    asks: 'Confidence under 0.7 on average for 15 minutes',
    rules: ['platform/confidence-low'],
    note: 'The guide reads a series that a histogram does not have and never fires; ours averages the values, five minutes at a time.',
  },
];
