import {
  batchFailed,
  confidenceLow,
  type Definition,
  driftDetected,
  email,
  errorRateHigh,
  health,
  inferenceSlow,
  modelNotLoaded,
  type RuleInput,
  requestsSlow,
  serviceDown,
  slowResponses,
  successRateLow,
  throughputDropped,
} from '../index.ts';

const accepted = { expensive: 'a bench of many services', 'runbook-missing': 'a bench' };

/** The ten rules of each service, without lint findings. */
const rules = (): RuleInput[] =>
  [
    serviceDown({ for: '3 minutes' }),
    modelNotLoaded(),
    slowResponses({ aboveSeconds: 3 }),
    errorRateHigh(),
    successRateLow(),
    requestsSlow(),
    throughputDropped(),
    inferenceSlow(),
    confidenceLow(),
    driftDetected({ inhibits: ['confidence-low'] }),
  ].map((rule) => ({ ...rule, accepts: accepted }));

/** A deployment with this number of services with ten rules each, and a batch job with runs in the history. */
export const definitionOf = (count: number, url: string): Definition => ({
  name: 'bench',
  operators: ['ops@example.com'],
  stages: { prod: { alarmStacks: Math.max(1, Math.ceil(count / 30)) } },
  channels: { team: email({ from: 'a@example.com', to: ['b@example.com'] }) },
  routes: { critical: ['team'], high: ['team'], medium: ['team'], info: ['team'] },
  services: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `service-${i}`,
      { url: `${url}/${i}`, checks: [health({ every: '1 minute' })], rules: rules() },
    ]),
  ),
  batchJobs: { nightly: { rules: [{ ...batchFailed(), accepts: accepted }] } },
});
