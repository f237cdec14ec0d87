import {
  cacheHitsLow,
  deploymentFailed,
  errorRateHigh,
  errorRateRising,
  serverErrors,
  serviceUnavailable,
  throughputDropped,
} from '../rules/api.ts';
import { featureUsageDropped, usersDropped } from '../rules/business.ts';
import { cpuHigh } from '../rules/host.ts';
import {
  accuracyDegrading,
  accuracyDropped,
  calibrationOff,
  collectionDropped,
  collectionSlow,
  inferenceLatencyElevated,
  inferenceLatencySpike,
  trainingStalled,
} from '../rules/model.ts';
import { packOf, preset } from './pack.ts';

/**
 * Twelve rules in three tiers, four each, and six alerts that the same guide lists with its metrics: "Monitoring &
 * Alerting Strategy". Where a more severe rule covers a less severe one, it inhibits it. `service`, `training` and
 * `dataset` hold the twelve; `more` and `moreDataset` the six.
 */
export const tieredPack = {
  service: packOf({
    accuracyDropped: preset(accuracyDropped, { abovePoints: 10, for: '5 minutes', inhibits: ['accuracy-degrading'] }),
    errorRateHigh: preset(errorRateHigh, { abovePercent: 5, for: '2 minutes', inhibits: ['error-rate-rising'] }),
    inferenceLatencySpike: preset(inferenceLatencySpike, {
      aboveSeconds: 10,
      for: '3 minutes',
      inhibits: ['inference-latency-elevated'],
    }),
    serviceUnavailable,
    accuracyDegrading: preset(accuracyDegrading, { atOrAbovePoints: 5, for: '15 minutes' }),
    inferenceLatencyElevated: preset(inferenceLatencyElevated, { aboveSeconds: 5, for: '10 minutes' }),
    errorRateRising: preset(errorRateRising, { abovePercent: 2, for: '5 minutes' }),
    cacheHitsLow: preset(cacheHitsLow, { belowPercent: 25, for: '30 minutes' }),
    cpuHigh: preset(cpuHigh, { abovePercent: 80, for: '30 minutes' }),
    usersDropped: preset(usersDropped, { abovePercent: 15 }),
  }),
  training: packOf({ trainingStalled: preset(trainingStalled, { atOrAboveEpochs: 10 }) }),
  dataset: packOf({ collectionSlow: preset(collectionSlow, { belowPerDay: 50, for: '2 days' }) }),
  more: packOf({
    calibrationOff: preset(calibrationOff, { abovePercent: 10 }),
    throughputDropped: preset(throughputDropped, { abovePercent: 20 }),
    featureUsageDropped: preset(featureUsageDropped, { abovePercent: 50 }),
    serverErrors,
    deploymentFailed,
  }),
  moreDataset: packOf({ collectionDropped: preset(collectionDropped, { abovePercent: 50 }) }),
};
