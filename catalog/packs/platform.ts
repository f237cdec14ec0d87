import { errorRateHigh, requestsSlow, throughputLow } from '../rules/api.ts';
import { diskShareLow } from '../rules/disk.ts';
import { serviceDown } from '../rules/health.ts';
import { cpuHigh, memoryHigh } from '../rules/host.ts';
import { accuracyLow, confidenceLow, driftDetected, inferenceSlow } from '../rules/model.ts';
import { packOf, preset } from './pack.ts';

/** Eleven rules on infrastructure, application and model: the guide on an observability stack for ML platforms. */
export const platformPack = {
  service: packOf({
    cpuHigh: preset(cpuHigh, { abovePercent: 80, for: '5 minutes', period: '1 minute' }),
    memoryHigh: preset(memoryHigh, { abovePercent: 85, for: '5 minutes' }),
    serviceDown: preset(serviceDown, { for: '2 minutes' }),
    errorRateHigh: preset(errorRateHigh, { abovePercent: 5, for: '5 minutes' }),
    requestsSlow: preset(requestsSlow, { aboveSeconds: 0.5, for: '5 minutes' }),
    throughputLow: preset(throughputLow, { belowPerSecond: 1, for: '10 minutes' }),
    accuracyLow: preset(accuracyLow, {
      belowPercent: 85,
      for: '15 minutes',
      tier: 'critical',
      accepts: { 'slow-to-fire': 'accuracy is measured once an hour' },
    }),
    driftDetected: preset(driftDetected, { aboveScore: 0.3, for: '10 minutes' }),
    inferenceSlow: preset(inferenceSlow, { aboveSeconds: 1, for: '5 minutes' }),
    confidenceLow: preset(confidenceLow, { belowPercent: 70, for: '15 minutes' }),
  }),
  volume: packOf({
    diskShareLow: preset(diskShareLow, { belowPercent: 15, for: '5 minutes', tier: 'critical' }),
  }),
};
