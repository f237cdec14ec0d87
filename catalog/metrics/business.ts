import type { Metric } from '../../core/metrics/metric.ts';

// Business metrics: users, features, datasets. Your own jobs publish these values, a few times a day.

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
    definition: 'Users who used the service within a day.',
    calculation: 'Distinct users of the last 24 hours.',
    breakdown: 'new and returning users; see also weekly and monthly active users, sign-ups and retention',
    target: '10,000',
  },
  {
    ...published,
    name: 'DailyActiveUsersDropPercent',
    prometheus: 'users_daily_active_drop_percent',
    unit: 'Percent',
    range: { max: 100 },
    derivedFrom: 'DailyActiveUsers',
    definition: 'Drop of the daily active users against the same weekday of the previous week; negative if they rose.',
    calculation:
      '(a week ago − now) / a week ago × 100. Weeks with a drop are skipped, so that the drop lasts until the number of users has recovered (`nextDrop`).',
  },
  {
    ...published,
    name: 'WeeklyActiveUsers',
    prometheus: 'users_weekly_active',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Users who used the service within a week.',
    calculation: 'Distinct users of the last seven days.',
  },
  {
    ...published,
    name: 'MonthlyActiveUsers',
    prometheus: 'users_monthly_active',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Users who used the service within a month.',
    calculation: 'Distinct users of the last 30 days.',
  },
  {
    ...published,
    name: 'SignUps',
    prometheus: 'users_signed_up_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Users who signed up.',
    calculation: 'One value every 6 hours: sign-ups since the previous value. Use the statistic Sum.',
  },
  {
    ...published,
    name: 'RetentionPercent',
    prometheus: 'users_retention_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of the users of the previous month who returned.',
    calculation: 'Users of both months / users of the previous month × 100.',
  },
  {
    ...published,
    name: 'FeatureUses',
    prometheus: 'feature_uses_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Requests to the features of a service.',
    calculation: 'One value per hour: the requests of that hour. Use the statistic Sum.',
    breakdown: 'feature, as a share of all requests',
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
    definition: 'The largest drop in usage among the features; negative if the usage of all features rose.',
    calculation:
      'For each feature: (mean of the same hour in the previous week − last hour) / that mean × 100; the largest of these values. Features with fewer than 20 uses are excluded. Days with a drop are not part of the mean.',
    breakdown: 'feature',
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
    definition: 'Items in the dataset.',
    calculation: 'Number of items.',
    breakdown: 'class, grade',
    target: '5,000, then 30,000',
  },
  {
    ...collection,
    name: 'ImagesCollected',
    prometheus: 'dataset_images_collected_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Items added to the dataset.',
    calculation: 'One value every 6 hours: items added since the previous value. Use the statistic Sum over one day.',
    target: 'at least 50 per day',
  },
  {
    ...collection,
    name: 'CollectionDropPercent',
    prometheus: 'dataset_collection_drop_percent',
    unit: 'Percent',
    range: { max: 100 },
    derivedFrom: 'ImagesCollected',
    definition: 'Drop of the collection rate against its mean; negative if the rate is above it.',
    calculation:
      '(daily mean of the previous two weeks − last 24 hours) / that mean × 100. Days with a drop are not part of the mean: the two weeks end before the drop.',
  },
  {
    ...collection,
    name: 'QaPassPercent',
    prometheus: 'dataset_qa_pass_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of collected items that pass the quality check.',
    calculation: 'Accepted / checked × 100 over the last 24 hours.',
  },
];
