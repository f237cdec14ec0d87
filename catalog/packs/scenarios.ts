import { errorRateHigh } from '../rules/api.ts';
import { batchFailed, batchMissing, batchSucceeded, batchSuccessLow } from '../rules/batch.ts';
import { diskSpaceLow } from '../rules/disk.ts';
import { modelNotLoaded, serviceDown } from '../rules/health.ts';
import { lowConfidencePredictions } from '../rules/model.ts';
import { packOf, preset } from './pack.ts';

/**
 * Seven scenarios of a classifier with a nightly batch, and the findings of its daily check: the guide "Monitoring
 * Examples and Alert Scenarios".
 */
export const scenarioPack = {
  service: packOf({
    // Checked every five minutes; alerts at the third consecutive failure.
    serviceDown: preset(serviceDown, { for: '15 minutes', period: '5 minutes' }),
    errorRateHigh: preset(errorRateHigh, { abovePercent: 10, for: '5 minutes', tier: 'medium' }),
    lowConfidencePredictions: preset(lowConfidencePredictions, { aboveCount: 50 }),
    modelNotLoaded,
  }),
  batch: packOf({
    batchFailed,
    batchMissing: preset(batchMissing, { afterHours: 24, tier: 'medium' }),
    batchSuccessLow: preset(batchSuccessLow, { belowPercent: 90, tier: 'medium' }),
    batchSucceeded,
  }),
  volume: packOf({ diskSpaceLow: preset(diskSpaceLow, { belowGigabytes: 5 }) }),
};
