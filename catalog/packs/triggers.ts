import { availabilityLow, errorRateHigh, successRateLow } from '../rules/api.ts';
import { batchMissing, batchSuccessLow } from '../rules/batch.ts';
import { diskShareLow } from '../rules/disk.ts';
import { modelNotLoaded, responsesOverTarget, serviceDown, slowResponses } from '../rules/health.ts';
import { volumeLow } from '../rules/model.ts';
import { packOf, preset } from './pack.ts';

/**
 * Six triggers and five indicators of an API with a nightly batch: the guide "Monitoring and Logging". The indicators are
 * evaluated once a day; the indicator on the success rate is the trigger itself.
 */
export const triggerPack = {
  service: packOf({
    serviceDown: preset(serviceDown, { for: '5 minutes', period: '5 minutes' }),
    successRateLow: preset(successRateLow, { belowPercent: 95 }),
    slowResponses: preset(slowResponses, { aboveSeconds: 5, for: '15 minutes', period: '5 minutes', tier: 'medium' }),
    modelNotLoaded,
    availabilityLow: preset(availabilityLow, { belowPercent: 99.9 }),
    responsesOverTarget: preset(responsesOverTarget, { aboveSeconds: 2 }),
    errorRateHigh: preset(errorRateHigh, {
      abovePercent: 5,
      for: '1 day',
      period: '1 day',
      tier: 'medium',
      remindEvery: 'never',
    }),
    volumeLow,
  }),
  batch: packOf({
    batchMissing: preset(batchMissing, { afterHours: 26 }),
    batchSuccessLow: preset(batchSuccessLow, { belowPercent: 90, tier: 'medium' }),
  }),
  volume: packOf({ diskShareLow: preset(diskShareLow, { belowPercent: 10 }) }),
};
