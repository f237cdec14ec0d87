import type { Metric } from '../../core/metrics/metric.ts';

// What a business tells of itself: users, features, data. Slow values, published by jobs of the team's own.

const published = {
  of: 'service',
  source: { application: true },
  refresh: 'every 6 hours',
  refreshSeconds: 21_600,
} as const;

export const businessMetrics: readonly Metric[] = [
  {
    ...published,
    name: 'DailyActiveUsers',
    prometheus: 'users_daily_active',
    unit: 'Count',
    range: { min: 0 },
    definition: 'People who used the service within a day.',
    calculation: 'Distinct users of the last 24 hours.',
    breakdown: 'new, returning; weekly and monthly active users, sign-ups and retention beside it',
    target: '10,000',
  },
  {
    ...published,
    name: 'DailyActiveUsersDropPercent',
    prometheus: 'users_daily_active_drop_percent',
    unit: 'Percent',
    range: { max: 100 },
    derivedFrom: 'DailyActiveUsers',
    definition: 'How far daily active users lie under those of the same weekday a week before; negative when above.',
    calculation:
      '(a week before − now) / a week before × 100. Weeks with a drop are passed over, so that a drop lasts until the users are back (`nextDrop`).',
  },
  {
    ...published,
    name: 'WeeklyActiveUsers',
    prometheus: 'users_weekly_active',
    unit: 'Count',
    range: { min: 0 },
    definition: 'People who used the service within a week.',
    calculation: 'Distinct users of the last seven days.',
  },
  {
    ...published,
    name: 'MonthlyActiveUsers',
    prometheus: 'users_monthly_active',
    unit: 'Count',
    range: { min: 0 },
    definition: 'People who used the service within a month.',
    calculation: 'Distinct users of the last 30 days.',
  },
  {
    ...published,
    name: 'SignUps',
    prometheus: 'users_signed_up_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'People who signed up.',
    calculation: 'One value every 6 hours: sign-ups since the value before. Read it with Sum.',
  },
  {
    ...published,
    name: 'RetentionPercent',
    prometheus: 'users_retention_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of the users of a month before who came back.',
    calculation: 'Users of both months / users of the month before × 100.',
  },
  {
    ...published,
    name: 'FeatureUses',
    prometheus: 'feature_uses_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Requests to the features of a service.',
    calculation: 'One value an hour: the requests of that hour. Read it with Sum.',
    breakdown: 'primary classification, quality grading, attributes, batch requests, as shares of all',
    refresh: 'every hour',
    refreshSeconds: 3600,
  },
  {
    ...published,
    name: 'FeatureUsageDropPercent',
    prometheus: 'feature_usage_drop_percent',
    unit: 'Percent',
    range: { max: 100 },
    derivedFrom: 'FeatureUses',
    definition: 'The largest drop of use among the features; negative when all rose.',
    calculation:
      'Over the features: (mean of the same hour in the week before − last hour) / that mean × 100, the largest; features with under 20 uses are left out. Days on which a feature was dropped are not part of its mean.',
    breakdown: 'primary classification, quality grading, attributes, batch requests',
    refresh: 'every hour',
    refreshSeconds: 3600,
  },
];

const collection = { ...published, of: 'batch' } as const;

export const datasetMetrics: readonly Metric[] = [
  {
    ...collection,
    name: 'ImagesInDataset',
    prometheus: 'dataset_images',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Images that the dataset holds.',
    calculation: 'Counted.',
    breakdown: 'class, grade',
    target: '5,000, then 30,000',
  },
  {
    ...collection,
    name: 'ImagesCollected',
    prometheus: 'dataset_images_collected_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Images that were added to the dataset.',
    calculation: 'One value every 6 hours: the images since the value before. Read it with Sum over a day.',
    target: '50 a day at least',
  },
  {
    ...collection,
    name: 'CollectionDropPercent',
    prometheus: 'dataset_collection_drop_percent',
    unit: 'Percent',
    range: { max: 100 },
    derivedFrom: 'ImagesCollected',
    definition: 'How far the rate of collection lies under its mean; negative when above.',
    calculation:
      '(mean a day of the two weeks before − last 24 hours) / that mean × 100. Days with a drop are not part of the mean: the two weeks lie before it.',
  },
  {
    ...collection,
    name: 'QaPassPercent',
    prometheus: 'dataset_qa_pass_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of collected images that pass the quality check.',
    calculation: 'Accepted / checked × 100 of the last 24 hours.',
  },
];
