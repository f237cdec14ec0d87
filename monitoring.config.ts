// What is monitored, in one file. `npx cdk deploy --all` deploys it to AWS (-c stage=prod for another stage than the
// first); `npx tocsin start` runs it on this machine. Delete what you do not have.
import {
  batchFailed,
  batchMissing,
  cloudwatchAgent,
  defineMonitoring,
  diskShareLow,
  diskSpaceLow,
  email,
  health,
  modelNotLoaded,
  secret,
  serviceDown,
  slack,
  slowResponses,
} from 'tocsin';

export default defineMonitoring({
  // Stacks, alarms and metrics start with this name.
  name: 'tocsin',
  timeZone: 'Europe/Berlin',
  // The first stage is the default. A stage can have its own retention, check intervals and channels.
  stages: {
    dev: { retentionDays: 15 },
    prod: { retentionDays: 90 },
  },
  // Notified when the pipeline itself fails. Each operator confirms an email from AWS once.
  operators: ['ml-platform@example.com'],

  // The destinations of alerts. A webhook is a secret: the config has its name, and SSM (on a laptop: .env) has its value.
  channels: {
    'ml-alerts': slack({ webhook: secret('tocsin/slack-webhook') }),
    'ml-team': email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
  },
  // The channels that are notified, by tier.
  routes: {
    critical: ['ml-alerts', 'ml-team'],
    high: ['ml-alerts', 'ml-team'],
    medium: ['ml-team'],
    info: ['ml-alerts'],
  },

  // ML APIs. Their health is checked on a schedule.
  services: {
    classifier: {
      url: 'https://classifier.example.com',
      checks: [health({ every: '1 minute', expect: { status: 'healthy', model_loaded: true } })],
      rules: [serviceDown({ for: '3 minutes' }), modelNotLoaded(), slowResponses({ aboveSeconds: 5 })],
    },
  },
  // Work that runs on its own schedule and reports each run: `npx tocsin batch run nightly -- ./score.sh`.
  batchJobs: {
    nightly: { schedule: '0 2 * * *', rules: [batchFailed(), batchMissing()] },
  },
  // Disks and storage areas.
  volumes: {
    results: {
      source: cloudwatchAgent({ instanceId: 'i-0123456789abcdef0', path: '/data' }),
      rules: [diskSpaceLow({ belowGigabytes: 5 }), diskShareLow({ belowPercent: 10 })],
    },
  },
});
