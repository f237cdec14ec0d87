// What the acceptance deploys. The addresses are those of the stand-ins that the test starts on loopback.
import {
  batchFailed,
  batchMissing,
  batchRuns,
  cloudwatchAgent,
  defineMonitoring,
  diskSpace,
  diskSpaceLow,
  email,
  health,
  modelNotLoaded,
  secret,
  serviceDown,
  slack,
} from 'tocsin';

const { TOCSIN_SERVICE_URL: service = 'http://127.0.0.1:1', TOCSIN_BYSTANDER_URL: bystander } = process.env;

const model = (url: string) => ({
  url,
  checks: [health({ every: '1 minute', expect: { status: 'healthy', model_loaded: true } })],
  rules: [serviceDown({ for: '1 minute' }), modelNotLoaded()],
});

export default defineMonitoring({
  name: 'acceptance',
  stages: { dev: { retentionDays: 15 } },
  operators: ['operators@example.com'],
  channels: {
    'ml-alerts': slack({ webhook: secret('acceptance/slack-webhook') }),
    'ml-team': email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
  },
  routes: {
    critical: ['ml-alerts', 'ml-team'],
    high: ['ml-alerts', 'ml-team'],
    medium: ['ml-team'],
    info: ['ml-alerts'],
  },
  services: {
    classifier: model(service),
    // Stays healthy: proves that an alarm looks at its own target only. Left out where an emulator cannot tell targets apart.
    ...(bystander && { bystander: model(bystander) }),
  },
  batchJobs: {
    nightly: {
      schedule: '0 2 * * *',
      checks: [batchRuns({ every: '1 minute' })],
      rules: [batchFailed(), batchMissing({ afterHours: 26 })],
    },
  },
  volumes: {
    results: {
      source: cloudwatchAgent({ instanceId: 'i-0123456789abcdef0', path: '/data' }),
      checks: [diskSpace({ every: '1 minute' })],
      rules: [diskSpaceLow({ belowGigabytes: 5, for: '1 minute' })],
    },
  },
});
