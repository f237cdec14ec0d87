import { errorRateHigh, requestsSlow } from '../rules/api.ts';
import { modelNotLoaded } from '../rules/health.ts';
import { accuracyLow, driftDetected } from '../rules/model.ts';
import { packOf, preset } from './pack.ts';

/** Five rules of a model API with drift detection: the guide "Monitoring Guide" of an MLOps stack. */
export const mlopsPack = {
  service: packOf({
    requestsSlow: preset(requestsSlow, { aboveSeconds: 0.5, for: '5 minutes' }),
    errorRateHigh: preset(errorRateHigh, { abovePercent: 5, for: '5 minutes', tier: 'high' }),
    modelNotLoaded: preset(modelNotLoaded, { for: '1 minute' }),
    driftDetected: preset(driftDetected, { aboveScore: 0.2, for: '10 minutes' }),
    accuracyLow: preset(accuracyLow, { belowPercent: 70, for: '15 minutes' }),
  }),
};
