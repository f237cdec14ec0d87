import { cpuHigh, defineMonitoring, email, errorRateHigh, health, memoryHigh, rule, serviceDown } from 'tocsin';

export default defineMonitoring({
  name: 'shop',
  stages: { prod: {} },
  operators: ['ml-platform@example.com'],
  channels: { team: email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }) },
  routes: { critical: ['team'], high: ['team'], medium: ['team'] },
  // Rules, the lint and the glossary of `npx tocsin docs` can use these metrics.
  metrics: {
    QueueWait: {
      unit: 'Seconds',
      definition: 'How long a request waits for a free worker.',
      calculation: 'One value a request, from its arrival to the start of its processing.',
      every: '1 minute',
      range: { min: 0 },
    },
  },
  services: {
    classifier: {
      url: 'https://classifier.example.com',
      checks: [health({ every: '1 minute' })],
      // The dimensions of the machine in the CloudWatch agent.
      dimensions: { CWAgent: { InstanceId: 'i-0123456789abcdef0' } },
      rules: [
        serviceDown(),
        errorRateHigh({ abovePercent: 3 }),
        cpuHigh(),
        memoryHigh(),
        rule({
          id: 'queue-wait-long',
          tier: 'high',
          metric: 'QueueWait',
          statistic: 'p95',
          comparison: 'above',
          threshold: 2,
          for: '5 minutes',
          missingData: 'missing',
          summary: 'Requests wait too long',
          description:
            'One request in twenty to {{target}} waited over {{value}} for a worker (threshold {{threshold}}).',
          actions: ['Compare the number of requests with the hour before. Scale out if it increased.'],
          runbook: 'queue-wait-long',
          owner: 'team search',
        }),
      ],
    },
  },
});
