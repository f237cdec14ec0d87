import {
  batchFailed,
  batchMissing,
  batchSucceeded,
  type Definition,
  defineMonitoring,
  diskSpace,
  diskSpaceLow,
  email,
  health,
  localDisk,
  modelNotLoaded,
  serviceDown,
  slack,
  slowResponses,
} from '../../index.ts';

/**
 * The definition of the demo: it monitors the demo service. Checks every 5 seconds and alarm periods of 10 seconds make an incident
 * open and resolve within 90 seconds. On AWS, the shortest interval is one minute.
 */
export const demoDefinition = (urls: { service: string; slackWebhook: string }): Definition =>
  defineMonitoring({
    name: 'tocsin-demo',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    operators: ['operators@example.com'],
    channels: {
      'ml-alerts': slack({ webhook: urls.slackWebhook }),
      'ml-team': email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
    },
    routes: {
      critical: ['ml-alerts', 'ml-team'],
      high: ['ml-alerts', 'ml-team'],
      medium: ['ml-team'],
      info: ['ml-alerts'],
    },
    services: {
      classifier: {
        url: urls.service,
        checks: [
          health({ every: '5 seconds', timeout: '4 seconds', expect: { status: 'healthy', model_loaded: true } }),
        ],
        rules: [
          serviceDown({ for: '20 seconds', period: '10 seconds' }),
          modelNotLoaded({ for: '20 seconds', period: '10 seconds' }),
          slowResponses({ aboveSeconds: 2, for: '20 seconds', period: '10 seconds' }),
        ],
      },
    },
    batchJobs: {
      nightly: { schedule: '0 2 * * *', rules: [batchFailed(), batchSucceeded(), batchMissing({ afterHours: 26 })] },
    },
    volumes: {
      disk: {
        source: localDisk({ path: '.' }),
        checks: [diskSpace({ every: '1 minute' })],
        rules: [diskSpaceLow({ belowGigabytes: 5 })],
      },
    },
  });
